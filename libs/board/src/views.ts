import {
  CARD_STATES,
  PRIORITIES,
  sha256,
  type AgentName,
  type CardId,
  type CardState,
  type Position,
  type ProjectId,
} from '@squados/contracts';
import type { Board, CardView, ProjectView } from './board.types.js';
import { buildsOnAssumed } from './fold/decided-events.js';
import { stateOf, type Approval, type BoardState } from './state/board-state.js';
import { FLAG, PHASE } from './state/card-table.js';
import type { ProjectState } from './state/project-state.js';
import { position } from './evolve.js';

/** Every project of the log, in the order in which they started; those that were archived are none of it any more. */
export const projects = (board: Board): readonly ProjectId[] =>
  stateOf(board).projects.flatMap((project) => (project.archived ? [] : [project.id]));

/** One project as a whole; undefined when the log doesn't know it. */
export const project = (board: Board, id: ProjectId): ProjectView | undefined => {
  const state = stateOf(board);
  const found = state.project(id);
  if (!found) return undefined;
  const status = statusOf(found);
  return {
    id: found.id,
    status,
    policy: found.policy,
    agents: found.agents,
    total: found.total,
    ready: status === 'running' ? found.ready : 0,
    byState: countsOf(found),
    settled: isSettled(state, found),
    ...(found.closing.length === 0 ? {} : { closing: closingCards(found) }),
  };
};

const closingCards = (found: ProjectState): CardId[] =>
  found.closing.flatMap(({ proposals }) => proposals.map((proposal) => proposal.card.id));

export const statusOf = (found: ProjectState): ProjectView['status'] => {
  if (found.undecidable) return 'undecidable';
  if (found.stopped) return 'stopped';
  if (found.completed) return 'completed';
  return found.paused ? 'paused' : 'running';
};

const countsOf = (found: ProjectState): Record<CardState, number> =>
  Object.fromEntries(CARD_STATES.map((name, i) => [name, found.byState[i]])) as Record<CardState, number>;

/** Nothing is open, and neither the plan nor a timer will do anything about it: only people can. */
const isSettled = (state: BoardState, found: ProjectState): boolean => {
  if (found.open > 0) return false;
  if (found.undecidable) return true;
  if (awaitsPlan(state, found)) return false;
  return found.paused || found.stopped || hasNothingToRun(state, found);
};

/** Something that the plan decides whether the project is paused or not. */
const awaitsPlan = (state: BoardState, found: ProjectState): boolean =>
  found.undecided.length > 0 ||
  isClosable(found) ||
  hasFailure(state, found) ||
  (!found.stopped && hasUnasked(state, found));

const hasNothingToRun = (state: BoardState, found: ProjectState): boolean =>
  found.ready === 0 && found.timers.size === 0 && !isCompletable(found) && !awaitsPolicy(state, found);

const ofProject = (state: BoardState, found: ProjectState, cards: Iterable<number>): boolean => {
  for (const card of cards) if (state.cards.project(card) === found.index) return true;
  return false;
};

const hasFailure = (state: BoardState, found: ProjectState): boolean => ofProject(state, found, state.failed);

const hasUnasked = (state: BoardState, found: ProjectState): boolean =>
  [...state.approvals].some(
    ([card, approval]) => state.cards.project(card) === found.index && unasked(approval).length > 0,
  );

/** Roles that have to be asked for their approval yet. */
export const unasked = ({ missing, asked }: Approval): string[] => missing.filter((role) => !asked.includes(role));

const awaitsPolicy = (state: BoardState, found: ProjectState): boolean =>
  found.policy.waiveRefer !== undefined &&
  [...state.held].some((card) => state.cards.project(card) === found.index && refers(state, card).length > 0);

/** Required gates of a held card that answered `refer`. */
export const refers = (state: BoardState, card: number): string[] =>
  [...(state.gates.get(card) ?? [])].filter(([, outcome]) => outcome === 'refer').map(([gate]) => gate);

/** Every card is DONE or SKIPPED, nothing is open, undecided or still to be added, and it hasn't been said yet. */
export const isCompletable = (found: ProjectState): boolean =>
  !found.completed && found.closing.length === 0 && isAllDone(found);

/** Nothing but the closing proposals is left to decide. */
export const isClosable = (found: ProjectState): boolean => found.closing.length > 0 && isAllDone(found);

const isAllDone = (found: ProjectState): boolean => {
  if (found.stopped || found.open > 0 || found.undecided.length > 0) return false;
  const settled = (found.byState[DONE] as number) + (found.byState[SKIPPED] as number);
  return found.total > 0 && settled === found.total;
};
const DONE = CARD_STATES.indexOf('DONE');
const SKIPPED = CARD_STATES.indexOf('SKIPPED');

/** One card; undefined when the project or the card is unknown. Ids are compared exactly. */
export const card = (board: Board, projectId: ProjectId, id: CardId): CardView | undefined => {
  const state = stateOf(board);
  const found = state.project(projectId);
  const index = found ? state.find(found, id) : -1;
  return found && index >= 0 ? viewOf(state, found, index) : undefined;
};

/** The state of one card and nothing else, for who asks after each commit; undefined when the project or the card is unknown. */
export const cardState = (board: Board, projectId: ProjectId, id: CardId): CardState | undefined => {
  const state = stateOf(board);
  const found = state.project(projectId);
  const index = found ? state.find(found, id) : -1;
  return index < 0 ? undefined : CARD_STATES[state.cards.view(index)];
};

const viewOf = (state: BoardState, found: ProjectState, index: number): CardView => {
  const { cards } = state;
  const dependencies = [...state.edges.dependencies(cards, index)];
  const view: CardView = {
    id: state.id(index),
    project: found.id,
    agent: state.agents[cards.agent(index)] as AgentName,
    priority: PRIORITIES[cards.priority(index)] ?? 'LOW',
    state: CARD_STATES[cards.view(index)] ?? 'TODO',
    ready: statusOf(found) === 'running' && state.has(index, FLAG.READY),
    attempt: cards.attempt(index),
    retries: cards.retries(index),
    cardRevision: cards.cardRevision(index),
    assumed: isAssumed(state, index),
    dependencies: dependencies.map((dep) => state.id(dep)),
    waitingFor: dependencies.filter((dep) => !state.has(dep, FLAG.MET)).map((dep) => state.id(dep)),
  };
  return { ...view, ...optionalOf(state, found, index) };
};

const optionalOf = (
  state: BoardState,
  found: ProjectState,
  index: number,
): Pick<CardView, 'manifestHash' | 'notBefore' | 'blockedBy' | 'rejections' | 'approval'> => {
  const manifest = state.cards.phase(index) === PHASE.DONE ? state.hashes.manifest(index) : undefined;
  const notBefore = found.timers.get(index);
  const root = CARD_STATES[state.cards.view(index)] === 'BLOCKED' ? rootOf(state, index) : undefined;
  const rejections = state.corrections.get(index)?.count;
  return {
    ...(rejections === undefined ? {} : { rejections }),
    ...approvalOf(state, index),
    ...(manifest === undefined ? {} : { manifestHash: sha256(manifest) }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(root === undefined ? {} : { blockedBy: state.id(root) }),
  };
};

const approvalOf = (state: BoardState, index: number): Pick<CardView, 'approval'> => {
  const approval = state.approvals.get(index);
  if (approval === undefined) return {};
  const { gate, missing } = approval;
  return { approval: { gate, missing, manifestHash: sha256(state.hashes.manifest(index) ?? '') } };
};

/** Before an attempt it follows from the dependencies as they stand; afterwards from what the attempt was given. */
const isAssumed = (state: BoardState, index: number): boolean => {
  const phase = state.cards.phase(index);
  if (phase === PHASE.SKIPPED) return true;
  if (phase === PHASE.TODO || phase === PHASE.RETRYING || phase === PHASE.DEAD_LETTERED)
    return buildsOnAssumed(state, index);
  return state.has(index, FLAG.ASSUMED | FLAG.WAIVED);
};

/** Follows dead dependencies up to the dead-lettered one; bounded, because no chain is longer than the board. */
const rootOf = (state: BoardState, index: number): number | undefined => {
  let at = index;
  for (let step = 0; step <= state.cards.count; step++) {
    const dead = state.edges.dependencies(state.cards, at).find((dep) => state.has(dep, FLAG.DEAD));
    if (dead === undefined) return undefined;
    if (state.cards.phase(dead) === PHASE.DEAD_LETTERED) return dead;
    at = dead;
  }
  return undefined;
};

/** Ids of a project's cards in the order they were added; empty for an unknown project. */
export function* cards(board: Board, id: ProjectId): Generator<CardId> {
  const state = stateOf(board);
  for (const index of indices(state.project(id))) yield state.id(index);
}

/** A project's cards as indices, in order of arrival. */
export function* indices(found: ProjectState | undefined): Generator<number> {
  const runs = found?.runs ?? [];
  for (let i = 0; i < runs.length; i += 2)
    for (let index = runs[i] as number; index < (runs[i + 1] as number); index++) yield index;
}

/** Ready cards in dispatch order (priority, then arrival), of all agents; empty unless the project is running. */
export const ready = (board: Board, id: ProjectId): readonly CardId[] => {
  const state = stateOf(board);
  const found = state.project(id);
  if (!found || statusOf(found) !== 'running') return [];
  const all = found.queues.flatMap((queue) => (queue?.byPriority ?? []).flatMap((cards) => [...cards]));
  const rank = (index: number): number => state.cards.priority(index);
  return all.sort((a, b) => rank(a) - rank(b) || a - b).map((index) => state.id(index));
};

/**
 * What a rollback of this card would reach: itself first, then, by arrival, every transitive dependent that has left TODO
 * (dependents beyond one that is still TODO included). Empty for an unknown card.
 */
export const reach = (board: Board, projectId: ProjectId, id: CardId): readonly CardId[] => {
  const state = stateOf(board);
  const found = state.project(projectId);
  const start = found ? state.find(found, id) : -1;
  if (start < 0) return [];
  const others = transitiveDependents(state, start).filter((index) => state.cards.phase(index) !== PHASE.TODO);
  return [start, ...others.sort((a, b) => a - b)].map((index) => state.id(index));
};

export const transitiveDependents = (state: BoardState, start: number): number[] => {
  const seen = new Set([start]);
  const stack = [start];
  while (stack.length > 0)
    for (const dependent of state.edges.dependents(state.cards, stack.pop() as number)) {
      if (seen.has(dependent)) continue;
      seen.add(dependent);
      stack.push(dependent);
    }
  seen.delete(start);
  return [...seen];
};

/** Where a new durable consumer of this agent must start: just before its oldest open CardEnqueued, else the board's position. */
export const claimStart = (board: Board, agent: AgentName): Position => {
  const state = stateOf(board);
  const index = state.knownAgent(agent);
  const oldest = index === undefined ? undefined : state.open[index]?.values().next().value;
  return oldest === undefined ? position(board) : ((oldest - 1) as Position);
};

/**
 * Epoch milliseconds of the next timer that `plan` waits for; undefined: none. With `after` (the time of the last plan) only
 * later ones count: an earlier one is due already and waits for a place in the window, which an event will announce.
 */
export const nextTimer = (board: Board, after = -Infinity): number | undefined => {
  let next: number | undefined;
  const state = stateOf(board);
  for (const found of state.projects) {
    if (found.timers.size === 0 || statusOf(found) !== 'running') continue;
    const at = firstAfter(state, found, after);
    if (at !== undefined && (next === undefined || at < next)) next = at;
  }
  return next;
};

/** Cards whose dependencies aren't met wait for those, whatever the time. */
const firstAfter = (state: BoardState, found: ProjectState, after: number): number | undefined => {
  for (const { key, card: index } of found.timerHeap.inOrder())
    if (key > after && found.timers.get(index) === key && state.cards.unmet(index) === 0) return key;
  return undefined;
};
