import { card, cards } from '@squados/board';
import type { AgentName, CardId, CardState } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import { isHeld } from './is-held.js';
import type { ProjectAt } from './project-of.js';

export interface RunningCard {
  readonly id: CardId;
  readonly title: string;
  readonly agent: AgentName;
  readonly state: CardState;
  readonly attempt: number;
  /** Epoch milliseconds; absent while it waits for a worker. */
  readonly since?: number;
}

export interface AgentProgress {
  readonly agent: AgentName;
  readonly total: number;
  readonly byState: Readonly<Partial<Record<CardState, number>>>;
}

/** What the live view and `status` show: counts per agent and state, and what runs now. */
export interface Progress {
  readonly title: string;
  readonly status: string;
  readonly settled: boolean;
  readonly total: number;
  readonly ended: number;
  readonly byState: Readonly<Partial<Record<CardState, number>>>;
  readonly agents: readonly AgentProgress[];
  readonly running: readonly RunningCard[];
}

const OPEN: readonly CardState[] = ['EXECUTING', 'VERIFYING', 'EVALUATING'];
const ENDED: readonly CardState[] = ['DONE', 'SKIPPED', 'DEAD_LETTERED', 'BLOCKED'];

/** Cards of an agent on which nothing more happens by itself. */
export const endedOf = ({ byState }: Pick<AgentProgress, 'byState'>): number =>
  ENDED.reduce((n, state) => n + (byState[state] ?? 0), 0);

type Counts = Partial<Record<CardState, number>>;

export const progressOf = (fold: FoldView, { view, record }: ProjectAt): Progress => {
  const perAgent = new Map<AgentName, Counts>();
  const running: RunningCard[] = [];
  for (const id of cards(fold.board, view.id)) {
    const seen = card(fold.board, view.id, id);
    if (!seen) continue;
    count(perAgent, seen.agent, seen.state);
    const known = record.cards.get(id);
    if (OPEN.includes(seen.state) && !isHeld(seen.state, known)) running.push(runningCard(seen, known));
  }
  const byState = nonZero(view.byState);
  const agents = [...perAgent].map(([agent, states]) => ({ agent, total: sum(states), byState: states }));
  return {
    title: record.started.title,
    status: view.status,
    settled: view.settled,
    total: view.total,
    ended: endedOf({ byState }),
    byState,
    agents,
    running,
  };
};

const count = (perAgent: Map<AgentName, Counts>, agent: AgentName, state: CardState): void => {
  const counts = perAgent.get(agent) ?? {};
  counts[state] = (counts[state] ?? 0) + 1;
  perAgent.set(agent, counts);
};

const runningCard = (
  seen: NonNullable<ReturnType<typeof card>>,
  known: ProjectAt['record']['cards'] extends ReadonlyMap<CardId, infer R> ? R | undefined : never,
): RunningCard => {
  const startedAt = known?.attempts.at(-1)?.startedAt;
  const base = {
    id: seen.id,
    title: known?.spec.title ?? '',
    agent: seen.agent,
    state: seen.state,
    attempt: seen.attempt,
  };
  return startedAt === undefined ? base : { ...base, since: Date.parse(startedAt) };
};

const nonZero = (counts: Counts): Counts =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0)) as Counts;

const sum = (counts: Counts): number => Object.values(counts).reduce((total, n) => total + n, 0);
