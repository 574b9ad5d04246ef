import { LIMITS, revision, type DraftEvent, type LaneAppend, type Spend } from '@squados/contracts';
import type { PlanOptions } from '../board.types.js';
import { onDecided } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import { FLAG } from '../state/card-table.js';
import { currentDigest } from '../state/inputs-digest.js';
import type { ProjectState } from '../state/project-state.js';
import { statusOf } from '../views.js';
import { Funds } from './funds.js';

/** New attempts, just in time: per agent as many as its window leaves, by turns over the projects, then priority, then arrival. */
export function* enqueues(state: BoardState, options: PlanOptions): Generator<LaneAppend> {
  const running = state.projects.filter((project) => isDispatching(project));
  if (running.length === 0) return;
  const funds = new Funds(state, running);
  const due = new Map(running.map((project) => [project, dueCards(state, project, options.now)]));
  for (const [agent, open] of state.open.entries()) {
    const places = options.window(state.agents[agent] as never) - open.size;
    if (places <= 0) continue;
    const lines = byTurn(running, agent).map((project) =>
      candidates(state, { project, agent }, due.get(project) ?? []),
    );
    for (const card of take(lines, places)) {
      const allowance = funds.of(card);
      if (allowance !== 'none') yield onDecided(state, card, [enqueued(state, card, allowance)]);
    }
  }
  yield* funds.decisions();
}

const isDispatching = (project: ProjectState): boolean =>
  (project.ready > 0 || project.timers.size > 0) && statusOf(project) === 'running';

/** The project whose turn with this agent came longest ago first; ties by age. */
const byTurn = (running: readonly ProjectState[], agent: number): ProjectState[] => {
  const last = (project: ProjectState): number => project.queues[agent]?.lastServed ?? 0;
  return [...running].sort((a, b) => last(a) - last(b) || a.index - b.index);
};

/** One card of each line in turn until the places or the lines are used up. */
function* take(lines: Generator<number>[], places: number): Generator<number> {
  let left = places;
  let waiting = lines;
  while (left > 0 && waiting.length > 0) {
    const still: Generator<number>[] = [];
    for (const line of waiting) {
      if (left === 0) return;
      const next = line.next();
      if (next.done === true) continue;
      still.push(line);
      left--;
      yield next.value;
    }
    waiting = still;
  }
}

/** Cards whose time has come and whose dependencies are met. */
const dueCards = (state: BoardState, project: ProjectState, now: number): number[] => {
  if (project.timers.size === 0) return [];
  const due: number[] = [];
  for (const { key, card } of project.timerHeap.inOrder(now))
    if (project.timers.get(card) === key && state.cards.unmet(card) === 0 && !state.has(card, FLAG.OPEN))
      due.push(card);
  return [...new Set(due)];
};

interface Line {
  readonly project: ProjectState;
  readonly agent: number;
}

/**
 * Dispatch order of one project and agent. A card waits while proposals of something that it builds on are undecided, so that
 * whoever works on it finds in the project whatever its dependencies led to, in every run alike.
 */
function* candidates(state: BoardState, line: Line, due: readonly number[]): Generator<number> {
  const proposers = new Set(line.project.undecided.map(({ card }) => state.find(line.project, card)));
  const awaitsAnswer = (card: number): boolean =>
    state.edges.dependencies(state.cards, card).some((dependency) => proposers.has(dependency));
  for (const card of inDispatchOrder(state, line, due)) if (proposers.size === 0 || !awaitsAnswer(card)) yield card;
}

/** Ready and due cards merged by priority and arrival; reads only as far as it is asked. */
function* inDispatchOrder(state: BoardState, { project, agent }: Line, due: readonly number[]): Generator<number> {
  const rank = (card: number): number => state.cards.priority(card);
  const mine = due.filter((card) => state.cards.agent(card) === agent).sort((a, b) => rank(a) - rank(b) || a - b);
  let next = 0;
  for (const card of readyCards({ project, agent })) {
    for (let other = mine[next]; other !== undefined; other = mine[next]) {
      if (rank(other) > rank(card) || (rank(other) === rank(card) && other > card)) break;
      next++;
      yield other;
    }
    yield card;
  }
  yield* mine.slice(next);
}

function* readyCards({ project, agent }: Line): Generator<number> {
  for (const cards of project.queues[agent]?.byPriority ?? []) yield* cards;
}

const enqueued = (state: BoardState, card: number, allowance: Spend | undefined): DraftEvent => {
  const { cards } = state;
  const feedback = feedbackOf(state, card);
  return {
    type: 'CardEnqueued',
    data: {
      attempt: cards.attempt(card) + 1,
      after: revision(cards.attemptRevision(card)),
      inputs: { cardRevision: cards.cardRevision(card), digest: currentDigest(state, card) },
      ...(feedback === undefined ? {} : { feedback }),
      ...(allowance && { allowance }),
    },
  };
};

/** What its last attempt failed on, and what others rejected of its work. */
const feedbackOf = (state: BoardState, card: number): string | undefined => {
  const failure = state.failures.get(card);
  const correction = state.corrections.get(card);
  const said = [
    ...(failure ? [`${failure.code}: ${failure.message}`] : []),
    ...(failure?.excerpt === undefined ? [] : [failure.excerpt]),
    ...(correction ? [`rejected by ${correction.feedback}`] : []),
  ];
  return said.length === 0 ? undefined : said.join('\n').slice(0, LIMITS.feedback);
};
