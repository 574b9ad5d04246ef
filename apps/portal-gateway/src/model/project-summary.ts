import type { CardState } from '@squados/contracts';
import type { AgentRow, CardRow, ProductLinks, ProjectSummary } from '../wire/index.js';
import type { ProjectAt } from './first-project.js';

/** How fast it goes: what had ended when this process began, and when that was. Epoch milliseconds. */
export interface Pace {
  readonly endedBefore: number;
  readonly startedAt: number;
  readonly now: number;
}

const ENDED: ReadonlySet<CardState> = new Set<CardState>(['DONE', 'SKIPPED', 'DEAD_LETTERED', 'BLOCKED']);
const OPEN: ReadonlySet<CardState> = new Set<CardState>(['EXECUTING', 'VERIFYING', 'EVALUATING']);

interface Figures {
  readonly agents: readonly AgentRow[];
  readonly ended: number;
  readonly held: number;
  readonly byState: ProjectSummary['byState'];
}

export interface SummaryParts {
  readonly at: ProjectAt;
  readonly rows: Iterable<CardRow>;
  readonly pace: Pace | undefined;
  readonly product: ProductLinks | undefined;
}

/** The head of the page: figures of all cards, and what each agent does now. */
export const summaryOf = ({ at, rows, pace, product }: SummaryParts): ProjectSummary => {
  const { view, record } = at;
  const figures = figuresOf(rows);
  const etaMs = pace === undefined ? undefined : etaOf(view.total, figures.ended, pace);
  return {
    id: view.id,
    title: record.started.title,
    status: view.status,
    settled: view.settled,
    profile: view.policy.gateProfile,
    total: view.total,
    ...figures,
    ...(etaMs === undefined ? {} : { etaMs }),
    ...(product === undefined ? {} : { product }),
  };
};

/** How many of these cards have come to an end. */
export const endedCount = (byState: Readonly<Partial<Record<CardState, number>>>): number =>
  [...ENDED].reduce((sum, state) => sum + (byState[state] ?? 0), 0);

const figuresOf = (rows: Iterable<CardRow>): Figures => {
  const agents = new Map<string, AgentRow>();
  const byState: Partial<Record<CardState, number>> = {};
  let held = 0;
  for (const row of rows) {
    const state = row.held ? 'AWAITING_APPROVAL' : row.state; // for people: it is their turn
    byState[state] = (byState[state] ?? 0) + 1;
    if (row.held) held++;
    agents.set(row.agent, withRow(agents.get(row.agent), row));
  }
  return { agents: [...agents.values()], ended: endedCount(byState), held, byState };
};

const withRow = (agent: AgentRow | undefined, row: CardRow): AgentRow => {
  const { total, ended, running } = agent ?? { total: 0, ended: 0, running: [] };
  const isRunning = !row.held && OPEN.has(row.state);
  return {
    agent: row.agent,
    total: total + 1,
    ended: ended + (ENDED.has(row.state) ? 1 : 0),
    running: isRunning ? [...running, row.id] : running,
  };
};

const LEAST_ENDED = 3;

/** None before three cards have ended in this process: a pace from fewer says nothing. */
const etaOf = (total: number, ended: number, { endedBefore, startedAt, now }: Pace): number | undefined => {
  const since = ended - endedBefore;
  if (since < LEAST_ENDED || ended >= total) return undefined;
  return Math.round(((now - startedAt) / since) * (total - ended));
};
