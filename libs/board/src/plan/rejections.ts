import { LIMITS, type Blame, type DraftEvent, type LaneAppend } from '@squados/contracts';
import { isReopenable } from '../fold/project-events.js';
import { onDecided } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import { PHASE } from '../state/card-table.js';
import { currentDigest } from '../state/inputs-digest.js';
import { transitiveDependents } from '../views.js';
import { ORCHESTRATOR } from './releases.js';

/** A card whose work was rejected so often goes to people: the last rejection corrects nothing any more. */
export const MOST_REJECTIONS = 3;

/** A failed attempt that blamed others, and what is to be done about each of them. */
export interface Rejection {
  /** The card that failed. */
  readonly card: number;
  /** Done, and to be corrected. */
  readonly fix: readonly Blamed[];
  /** Done, and rejected too often. */
  readonly giveUp: readonly Blamed[];
  /** Being made again already, or given up: the failed card waits for them. */
  readonly awaited: readonly Blamed[];
}

interface Blamed {
  readonly card: number;
  readonly feedback: string;
}

/**
 * What a failure rejects of others; undefined when it is a failure of its own: nobody is blamed that it builds on and that could
 * do better (skipped cards and those that were finished before SquadOS saw them can't), or the project was stopped.
 *
 * Ends: each correction counts on a card, and a card has at most MOST_REJECTIONS − 1 of them; a card that was rejected once
 * more dies, and everything between it and the one that rejected it waits for people.
 */
export const rejectionOf = (state: BoardState, card: number): Rejection | undefined => {
  const failure = state.failures.get(card);
  if (failure?.kind !== 'terminal' || !failure.blames || state.projectOf(card).stopped) return undefined;
  const blamed = blamedBy(state, card, failure.blames);
  if (blamed.length === 0) return undefined;
  const isDone = (of: Blamed): boolean => state.cards.phase(of.card) === PHASE.DONE;
  if (isOutdated(state, card)) return { card, fix: [], giveUp: [], awaited: blamed.filter((of) => !isDone(of)) };
  const count = (of: Blamed): number => (state.corrections.get(of.card)?.count ?? 0) + 1;
  return {
    card,
    fix: blamed.filter((of) => isDone(of) && count(of) < MOST_REJECTIONS),
    giveUp: blamed.filter((of) => isDone(of) && count(of) >= MOST_REJECTIONS),
    awaited: blamed.filter((of) => !isDone(of)),
  };
};

/** Its inputs were made anew since: what it said of them no longer counts. */
const isOutdated = (state: BoardState, card: number): boolean => {
  const recorded = state.hashes.digest(card);
  return recorded !== undefined && state.cards.unmet(card) === 0 && !currentDigest(state, card).startsWith(recorded);
};

const blamedBy = (state: BoardState, card: number, blames: readonly Blame[]): readonly Blamed[] => {
  const project = state.projectOf(card);
  const builtOn = ancestors(state, card);
  const found = new Map<number, string>();
  for (const { card: id, feedback } of blames) {
    const blamed = state.find(project, id);
    if (builtOn.has(blamed) && canDoBetter(state, blamed) && !found.has(blamed)) found.set(blamed, feedback);
  }
  return [...found].map(([of, feedback]) => ({ card: of, feedback }));
};

const canDoBetter = (state: BoardState, card: number): boolean =>
  isReopenable(state, card) || state.cards.phase(card) === PHASE.DEAD_LETTERED;

const ancestors = (state: BoardState, card: number): ReadonlySet<number> => {
  const seen = new Set<number>();
  const stack = [...state.edges.dependencies(state.cards, card)];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    stack.push(...state.edges.dependencies(state.cards, at));
  }
  return seen;
};

/** The dead letters of cards that were rejected too often; they come before the reopening, which then leaves them aside. */
export function* givenUp(state: BoardState, { card, giveUp }: Rejection): Generator<LaneAppend> {
  for (const { card: blamed, feedback } of giveUp) {
    const message = `rejected ${MOST_REJECTIONS} times, last by ${state.id(card)}: ${feedback}`.slice(
      0,
      LIMITS.feedback,
    );
    const attempt = state.cards.attempt(blamed);
    yield onDecided(state, blamed, [{ type: 'CardDeadLettered', data: { attempt, reason: 'rejected', message } }]);
  }
}

/** The failed card and what lies between it and the blamed ones go back to TODO, those to correct with the feedback. */
export const reopened = (state: BoardState, { card, fix, awaited }: Rejection): DraftEvent => {
  const built = [...fix, ...awaited].flatMap((of) => transitiveDependents(state, of.card));
  const others = [...new Set([...built, card])]
    .filter((of) => of === card || (state.cards.phase(of) !== PHASE.TODO && isReopenable(state, of)))
    .sort((a, b) => a - b);
  const reach = [...new Set([...fix.map((of) => of.card), ...others])];
  return {
    type: 'CardsReopened',
    data: {
      by: ORCHESTRATOR,
      cause: { card: state.id(card), attempt: state.cards.attempt(card) },
      cards: fix.map((of) => ({ card: state.id(of.card), feedback: of.feedback.slice(0, LIMITS.feedback) })),
      reach: reach.map((of) => state.id(of)),
    },
  };
};
