import { position, type Outcome, type Position, type Proposal } from '@squados/contracts';
import type { Approval, ApprovalNeed, BoardState, Correction, DeadLetter, Failure } from '../state/board-state.js';
import { recordOf, restoreProject, type ProjectRecord } from './project-record.js';

type Entries<V> = readonly (readonly [number, V])[];
type Gates = readonly (readonly [string, Exclude<Outcome, 'pass'>])[];

/** Everything that isn't a flat column, in the order in which the log brought it. */
interface Details {
  readonly position: number;
  readonly agents: readonly string[];
  readonly projects: readonly ProjectRecord[];
  readonly open: readonly Entries<Position>[];
  readonly sets: readonly (readonly number[])[];
  readonly deadLetters: Entries<DeadLetter>;
  readonly failures: Entries<Failure>;
  readonly corrections: Entries<Correction>;
  readonly prints: Entries<string>;
  readonly odd: Entries<string>;
  readonly gates: Entries<Gates>;
  readonly heldProposals: Entries<readonly Proposal[]>;
  readonly approvalNeeds: Entries<ApprovalNeed>;
  readonly approvals: Entries<Approval>;
}

const SETS = ['failed', 'voided', 'lost', 'held'] as const;

export const packDetails = (state: BoardState): Uint8Array => {
  const details: Details = {
    position: state.position,
    agents: state.agents,
    projects: state.projects.map(recordOf),
    open: state.open.map((open) => [...open]),
    sets: SETS.map((name) => [...state[name]]),
    deadLetters: [...state.deadLetters],
    failures: [...state.failures],
    corrections: [...state.corrections],
    prints: [...state.prints],
    odd: [...state.hashes.odd],
    gates: [...state.gates].map(([card, gates]) => [card, [...gates]] as const),
    heldProposals: [...state.heldProposals],
    approvalNeeds: [...state.approvalNeeds],
    approvals: [...state.approvals],
  };
  return new TextEncoder().encode(JSON.stringify(details));
};

/** Fills an empty state. */
export const unpackDetails = (state: BoardState, bytes: Uint8Array): void => {
  const details = JSON.parse(new TextDecoder().decode(bytes)) as Details;
  state.position = position(details.position);
  for (const agent of details.agents) state.agent(agent);
  for (const record of details.projects) restoreProject(state, record);
  for (const [agent, entries] of details.open.entries()) fill(state.open[agent] as Map<number, Position>, entries);
  for (const [i, name] of SETS.entries()) for (const card of details.sets[i] ?? []) state[name].add(card);
  fill(state.deadLetters, details.deadLetters);
  fill(state.failures, details.failures);
  fill(state.corrections, details.corrections);
  fill(state.prints, details.prints);
  fill(state.hashes.odd, details.odd);
  for (const [card, gates] of details.gates) state.gates.set(card, new Map(gates));
  fill(state.heldProposals, details.heldProposals);
  fill(state.approvalNeeds, details.approvalNeeds);
  fill(state.approvals, details.approvals);
};

const fill = <V>(map: Map<number, V>, entries: Entries<V>): void => {
  for (const [card, value] of entries) map.set(card, value);
};
