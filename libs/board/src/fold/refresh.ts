import { CARD_STATES, type CardState } from '@squados/contracts';
import type { BoardState } from '../state/board-state.js';
import type { CardSet } from '../state/card-set.js';
import { FLAG, PHASE } from '../state/card-table.js';
import { currentDigest } from '../state/inputs-digest.js';
import type { ProjectState } from '../state/project-state.js';

const viewOf = (state: CardState): number => CARD_STATES.indexOf(state);
export const VIEW = {
  TODO: viewOf('TODO'),
  BLOCKED: viewOf('BLOCKED'),
  STALE: viewOf('STALE'),
  DONE: viewOf('DONE'),
  SKIPPED: viewOf('SKIPPED'),
};

/** State as seen from outside, by phase. */
const PHASE_VIEW = [
  viewOf('TODO'),
  viewOf('ENQUEUED'),
  viewOf('EXECUTING'),
  viewOf('VERIFYING'),
  viewOf('EVALUATING'),
  viewOf('EVALUATING'),
  viewOf('EVALUATING'),
  viewOf('DONE'),
  viewOf('RETRYING'),
  viewOf('DEAD_LETTERED'),
  viewOf('SKIPPED'),
  viewOf('AWAITING_APPROVAL'),
];

const waits = (phase: number): boolean => phase === PHASE.TODO || phase === PHASE.RETRYING;

const derivedView = (state: BoardState, card: number): number => {
  const phase = state.cards.phase(card);
  if (waits(phase) && state.cards.dead(card) > 0) return VIEW.BLOCKED;
  if (phase === PHASE.DONE && state.has(card, FLAG.STALE)) return VIEW.STALE;
  return PHASE_VIEW[phase] as number;
};

const isReady = (state: BoardState, card: number): boolean =>
  state.cards.phase(card) === PHASE.TODO && state.cards.unmet(card) === 0 && !state.has(card, FLAG.OPEN | FLAG.TIMED);

const derivedFlags = (state: BoardState, card: number): number => {
  const { cards } = state;
  const phase = cards.phase(card);
  const flags = cards.flags(card);
  const derived = flags & ~(FLAG.READY | FLAG.MET | FLAG.DEAD);
  if (phase === PHASE.DONE || phase === PHASE.SKIPPED) return derived | FLAG.MET;
  if (phase === PHASE.DEAD_LETTERED) return derived | FLAG.DEAD;
  if (isReady(state, card)) return derived | FLAG.READY;
  return waits(phase) && cards.dead(card) > 0 ? derived | FLAG.DEAD : derived;
};

const setView = (state: BoardState, project: ProjectState, card: number): void => {
  const before = state.cards.view(card);
  const after = derivedView(state, card);
  if (before === after) return;
  project.byState[before] = (project.byState[before] as number) - 1;
  project.byState[after] = (project.byState[after] as number) + 1;
  state.cards.setView(card, after);
  if (after !== VIEW.DONE && after !== VIEW.SKIPPED) project.completed = false;
};

/** The ready cards of its agent and priority. */
export const queueOf = ({ cards }: BoardState, project: ProjectState, card: number): CardSet =>
  project.queue(cards.agent(card)).byPriority[cards.priority(card)] as CardSet;

const setReady = (state: BoardState, card: number, on: boolean): void => {
  const project = state.projectOf(card);
  const queue = queueOf(state, project, card);
  project.ready += on ? 1 : -1;
  if (on) queue.add(card);
  else queue.delete(card);
};

/** Re-derives one card. Answers whether its dependents must hear of it. */
const refreshOne = (state: BoardState, card: number): number => {
  const { cards } = state;
  setView(state, state.projectOf(card), card);
  const before = cards.flags(card);
  const after = derivedFlags(state, card);
  if (before === after) return 0;
  cards.setFlags(card, after);
  const changed = before ^ after;
  if ((changed & FLAG.READY) !== 0) setReady(state, card, (after & FLAG.READY) !== 0);
  return changed & (FLAG.MET | FLAG.DEAD);
};

/** A DONE card is stale while the digest that its attempt recorded is not the current one. Imported cards have none. */
export const judgeStale = (state: BoardState, card: number): void => {
  const recorded = state.hashes.digest(card);
  if (recorded === undefined || state.cards.attempt(card) === 0) return;
  const isStale = !currentDigest(state, card).startsWith(recorded);
  if (isStale) state.raise(card, FLAG.STALE);
  else state.lower(card, FLAG.STALE);
};

interface Change {
  readonly met: number;
  readonly dead: number;
  /** Met otherwise than by its first attempt on inputs that nobody assumed. */
  readonly isOdd: boolean;
}

const tell = (state: BoardState, dependent: number, change: Change): void => {
  const { cards } = state;
  cards.setUnmet(dependent, cards.unmet(dependent) - change.met);
  cards.setDead(dependent, cards.dead(dependent) + change.dead);
  if (change.met === 0) return;
  if (change.isOdd) state.raise(dependent, FLAG.ODD_INPUTS);
  if (state.has(dependent, FLAG.OPEN)) state.raise(dependent, FLAG.SUSPECT);
  else if (cards.phase(dependent) === PHASE.DONE && cards.unmet(dependent) === 0) judgeStale(state, dependent);
};

const isOdd = (state: BoardState, card: number): boolean =>
  state.cards.attempt(card) !== 1 ||
  state.cards.phase(card) !== PHASE.DONE ||
  state.has(card, FLAG.ASSUMED | FLAG.WAIVED);

const changeOf = (state: BoardState, card: number, changed: number): Change => ({
  met: stepOf(state, card, changed & FLAG.MET),
  dead: stepOf(state, card, changed & FLAG.DEAD),
  isOdd: isOdd(state, card),
});

/** +1 when the flag has just been raised, -1 when lowered, 0 for no flag. */
const stepOf = (state: BoardState, card: number, flag: number): number => {
  if (flag === 0) return 0;
  return state.has(card, flag) ? 1 : -1;
};

/**
 * Brings a card's derived columns up to date after its phase, flags or counters changed, and carries what follows to its
 * dependents: in-degree counters, readiness, BLOCKED, staleness. Costs the edges that change hands, never the board.
 */
export const refresh = (state: BoardState, card: number): void => {
  const first = refreshOne(state, card);
  if (first === 0) return;
  const stack: number[] = [card, first];
  while (stack.length > 0) {
    const changed = stack.pop() as number;
    const at = stack.pop() as number;
    const change = changeOf(state, at, changed);
    for (let link = state.edges.first(state.cards, at); link !== 0; link = state.edges.after(link)) {
      const dependent = state.edges.dependent(link);
      tell(state, dependent, change);
      const further = refreshOne(state, dependent);
      if (further !== 0) stack.push(dependent, further);
    }
  }
};
