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
  const agents = new Map<string, { total: number; ended: number; running: string[] }>();
  const byState: Partial<Record<CardState, number>> = {};
  let ended = 0;
  let held = 0;
  for (const row of rows) {
    const state = row.held ? 'AWAITING_APPROVAL' : row.state; // for people: it is their turn
    byState[state] = (byState[state] ?? 0) + 1;
    const agent = agents.get(row.agent) ?? { total: 0, ended: 0, running: [] };
    agents.set(row.agent, agent);
    agent.total++;
    if (ENDED.has(row.state)) agent.ended++;
    if (ENDED.has(row.state)) ended++;
    if (row.held) held++;
    else if (OPEN.has(row.state)) agent.running.push(row.id);
  }
  return { agents: [...agents].map(([agent, seen]) => ({ agent, ...seen })), ended, held, byState };
};

const LEAST_ENDED = 3;

/** None before three cards have ended in this process: a pace from fewer says nothing. */
const etaOf = (total: number, ended: number, { endedBefore, startedAt, now }: Pace): number | undefined => {
  const since = ended - endedBefore;
  if (since < LEAST_ENDED || ended >= total) return undefined;
  return Math.round(((now - startedAt) / since) * (total - ended));
};
