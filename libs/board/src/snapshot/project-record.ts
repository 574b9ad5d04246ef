import { projectId, revision, type AgentName, type RunPolicy } from '@squados/contracts';
import { BudgetLedger, type StoredLedger } from '../state/budget-ledger.js';
import type { BoardState } from '../state/board-state.js';
import type { ProjectState, Undecided } from '../state/project-state.js';

const SWITCHES = ['paused', 'pausedNow', 'stopped', 'completed', 'undecidable', 'archived'] as const;
const COUNTS = ['total', 'ready', 'open'] as const;

/** A project as plain data: what can't be rebuilt from the card columns. */
export interface ProjectRecord {
  readonly id: string;
  readonly agents: readonly AgentName[];
  readonly policy: RunPolicy;
  readonly revision: number;
  readonly switches: readonly boolean[];
  readonly counts: readonly number[];
  readonly byState: readonly number[];
  readonly runs: number[];
  readonly undecided: Undecided[];
  readonly closing: Undecided[];
  /** Agent, position of its last CardEnqueued here. */
  readonly served: readonly (readonly [number, number])[];
  readonly budget?: StoredLedger;
  readonly timers: readonly (readonly [number, number])[];
}

export const recordOf = (project: ProjectState): ProjectRecord => ({
  id: project.id,
  agents: project.agents,
  policy: project.policy,
  revision: project.revision,
  switches: SWITCHES.map((name) => project[name]),
  counts: COUNTS.map((name) => project[name]),
  byState: [...project.byState],
  runs: project.runs,
  undecided: project.undecided,
  closing: project.closing,
  served: project.queues.flatMap((queue, agent) =>
    queue && queue.lastServed > 0 ? [[agent, queue.lastServed] as const] : [],
  ),
  ...(project.budget && { budget: project.budget.stored() }),
  timers: [...project.timers],
});

export const restoreProject = (state: BoardState, record: ProjectRecord): void => {
  const project = state.addProject(projectId(record.id));
  project.agents = record.agents;
  project.policy = record.policy;
  project.revision = revision(record.revision);
  for (const [i, name] of SWITCHES.entries()) project[name] = record.switches[i] === true;
  for (const [i, name] of COUNTS.entries()) project[name] = record.counts[i] ?? 0;
  project.byState.set(record.byState);
  project.runs = record.runs;
  project.undecided = record.undecided;
  project.closing = record.closing;
  if (record.budget) project.budget = BudgetLedger.of(record.budget);
  for (const [agent, at] of record.served) project.queue(agent).lastServed = at;
  for (const [card, notBefore] of record.timers) {
    project.timers.set(card, notBefore);
    project.timerHeap.push(notBefore, card);
  }
};
