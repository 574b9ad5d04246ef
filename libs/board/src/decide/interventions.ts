import type { CardId, Command } from '@squados/contracts';
import type { Decision } from '../board.types.js';
import { asBoard, type BoardState } from '../state/board-state.js';
import { FLAG, PHASE } from '../state/card-table.js';
import type { ProjectState } from '../state/project-state.js';
import { reach } from '../views.js';
import { acceptedOnDecided, acceptedOnProject, rejected, stateName } from './answers.js';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

const unknownCard = (project: ProjectState, id: CardId): Decision =>
  rejected('unknown-card', `there is no card ${id} in project ${project.id}`);

/** Anything that isn't done can be skipped; what is at work is ended by the orchestrator. */
export const skipCard = (state: BoardState, project: ProjectState, command: Of<'SkipCard'>): Decision => {
  const { card: id, by, reason } = command;
  const card = state.find(project, id);
  if (card < 0) return unknownCard(project, id);
  if (state.cards.phase(card) === PHASE.SKIPPED) return rejected('nothing-to-do', `card ${id} is skipped already`);
  if (state.has(card, FLAG.MET))
    return rejected('wrong-state', `card ${id} is ${stateName(state, card)}: what is done can't be skipped`);
  return acceptedOnDecided(state, card, { type: 'CardSkipped', data: { by, reason } });
};

/** For what has stopped moving by itself: dead letters, waiting retries, refused gates, skipped and stale cards. */
export const retryCard = (state: BoardState, project: ProjectState, command: Of<'RetryCard'>): Decision => {
  const { card: id, by, reason } = command;
  const card = state.find(project, id);
  if (card < 0) return unknownCard(project, id);
  const refusal = retryRefusal(state, card);
  if (refusal !== undefined) return rejected('wrong-state', `card ${id} ${refusal}`);
  return acceptedOnDecided(state, card, { type: 'CardRetried', data: { by, reason } });
};

const retryRefusal = (state: BoardState, card: number): string | undefined => {
  const name = stateName(state, card);
  if (name === 'BLOCKED') return 'is BLOCKED: retry or skip the dead letter that blocks it';
  if (name === 'DONE') return 'is DONE: roll it back to make it again';
  if (state.has(card, FLAG.OPEN) && !state.has(card, FLAG.VOID)) return `is ${name}: it is at work`;
  if (name === 'TODO' && !state.has(card, FLAG.TIMED)) return 'is TODO: it will run by itself';
  return undefined;
};

/** Sends a card and everything built on it back to TODO; refused when the reach isn't the one that was shown. */
export const rollBack = (state: BoardState, project: ProjectState, command: Of<'RollBack'>): Decision => {
  const { card: id, by, reason, shown } = command;
  const card = state.find(project, id);
  if (card < 0) return unknownCard(project, id);
  const now = reach(asBoard(state), project.id, id);
  if (now.length === 1 && state.cards.phase(card) === PHASE.TODO)
    return rejected('nothing-to-do', `card ${id} and everything that builds on it are TODO already`);
  if (shown && !isSame(shown, now))
    return rejected(
      'stale-preview',
      `the reach of ${id} has changed since it was shown: ${now.length} cards now, ${shown.length} then; look again`,
      now,
    );
  return acceptedOnProject(project, { type: 'CardsRolledBack', data: { by, card: id, reason, reach: now } });
};

const isSame = (a: readonly CardId[], b: readonly CardId[]): boolean => {
  const known = new Set(a);
  return known.size === b.length && a.length === b.length && b.every((id) => known.has(id));
};

/** Only a required gate of the last attempt that did not pass can be waived. */
export const waiveGate = (state: BoardState, project: ProjectState, command: Of<'WaiveGate'>): Decision => {
  const { card: id, attempt, gate, by, reason } = command;
  const card = state.find(project, id);
  if (card < 0) return unknownCard(project, id);
  if (state.cards.attempt(card) !== attempt)
    return rejected('wrong-state', `card ${id} is at attempt ${String(state.cards.attempt(card))}, not ${attempt}`);
  const open = [...(state.gates.get(card)?.keys() ?? [])];
  if (!open.includes(gate))
    return rejected(
      'nothing-to-do',
      `gate ${gate} of card ${id} needs no waiver (open: ${open.join(', ') || 'none'})`,
      open,
    );
  return acceptedOnDecided(state, card, { type: 'GateWaived', data: { attempt, gate, by, reason } });
};

/** One role's word about what a complete card made; only while the card waits for that role, and about what was shown. */
export const approveCard = (state: BoardState, project: ProjectState, command: Of<'ApproveCard'>): Decision => {
  const { card: id, attempt, role, decision, by, reason, manifestHash } = command;
  const card = state.find(project, id);
  if (card < 0) return unknownCard(project, id);
  const refusal = approvalRefusal(state, card, command);
  if (refusal) return refusal;
  const data = { attempt, role, decision, by, reason, manifestHash };
  return acceptedOnDecided(state, card, { type: 'ApprovalDecided', data });
};

const approvalRefusal = (state: BoardState, card: number, command: Of<'ApproveCard'>): Decision | undefined => {
  const { card: id, attempt, role, manifestHash } = command;
  const approval = state.approvals.get(card);
  if (!approval) return rejected('wrong-state', `card ${id} is ${stateName(state, card)}: it waits for no approval`);
  if (state.cards.attempt(card) !== attempt || state.hashes.manifest(card) !== manifestHash)
    return rejected('stale-preview', `what card ${id} made has changed since it was shown: look again, then decide`);
  if (approval.missing.includes(role)) return undefined;
  const missing = approval.missing.join(', ');
  return rejected('nothing-to-do', `card ${id} does not wait for ${role} (it waits for: ${missing})`, approval.missing);
};
