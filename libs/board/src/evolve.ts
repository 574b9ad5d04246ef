import {
  isOfNewerBuild,
  type EventOn,
  type LaneCommit,
  type Position,
  type SquadEvent,
  type UnknownEvent,
} from '@squados/contracts';
import type { Board } from './board.types.js';
import * as approval from './fold/approval-events.js';
import * as budget from './fold/budget-events.js';
import * as attempt from './fold/attempt-events.js';
import * as decided from './fold/decided-events.js';
import { cardAt, isAttemptLane, locate, placePage } from './fold/locate.js';
import * as project from './fold/project-events.js';
import { asBoard, BoardState, stateOf } from './state/board-state.js';
import type { ProjectState } from './state/project-state.js';
import { PAGE } from './state/token-queries.js';

/** The board before the first commit. */
export const emptyBoard = (): Board => asBoard(new BoardState());

/** Position of the last commit folded, START before the first. */
export const position = (board: Board): Position => stateOf(board).position;

/**
 * Folds one commit. Total and never throws: facts have happened. A commit at or before the board's position (a duplicate), an
 * event of an old attempt, of an unknown card or on a lane it doesn't belong to changes nothing; a type or version this build
 * doesn't know makes its project undecidable, and so does anything unreadable on the project's own lane. Reuses the board's memory: the board passed in is the one returned.
 */
export const evolve = (board: Board, commit: LaneCommit): Board => evolveAll(board, [commit]);

/** Folds commits in their order, to the same board as `evolve` does one by one, but faster: for pages of a log. */
export const evolveAll = (board: Board, commits: readonly LaneCommit[]): Board => {
  const state = stateOf(board);
  if (commits.length <= PAGE) foldPage(state, commits);
  else for (let from = 0; from < commits.length; from += PAGE) foldPage(state, commits.slice(from, from + PAGE));
  return board;
};

const foldPage = (state: BoardState, page: readonly LaneCommit[]): void => {
  const places = placePage(state, page);
  let i = 0;
  for (const commit of page) {
    const place = places[i++] as number;
    if (commit.position <= state.position) continue;
    state.position = commit.position;
    if (place >= 0) foldCard(state, place, commit);
    else foldElsewhere(state, commit);
  }
};

const foldElsewhere = (state: BoardState, commit: LaneCommit): void => {
  const found = locate(state, commit);
  if (typeof found === 'number') foldCard(state, found, commit);
  else if (found !== undefined)
    for (const event of commit.events)
      if (event.type === 'Unknown') found.undecidable = true;
      else if (!found.archived) applyProject(state, found, event as EventOn<'project'>);
};

const foldCard = (state: BoardState, place: number, { revision, events }: LaneCommit): void => {
  const card = cardAt(place);
  if (isAttemptLane(place)) state.cards.setAttemptRevision(card, revision);
  else state.cards.setDecidedRevision(card, revision);
  for (const event of events)
    if (event.type === 'Unknown') unreadable(state, place, event);
    else apply(state, place, event);
};

/**
 * What no build can read is parked where it lies: it stands on the lane and tells nothing. On the lane of an attempt it locks the
 * worker out, which nobody else can end.
 */
const unreadable = (state: BoardState, place: number, event: UnknownEvent): void => {
  const card = cardAt(place);
  if (isOfNewerBuild(event)) state.projectOf(card).undecidable = true;
  else if (isAttemptLane(place)) attempt.lockedOut(state, card);
};

const apply = (state: BoardState, place: number, event: SquadEvent): void => {
  if (isAttemptLane(place)) applyAttempt(state, cardAt(place), event as EventOn<'attempt'>);
  else applyDecided(state, cardAt(place), event as EventOn<'decided'>);
};

// One line per event type, the frequent ones first, and no default: a new event must not compile until it is handled. An event on
// a lane that it doesn't belong to matches no case there.

// eslint-disable-next-line complexity -- one line per event type
const applyAttempt = (state: BoardState, card: number, event: EventOn<'attempt'>): void => {
  switch (event.type) {
    case 'CardCompleted':
      return attempt.cardCompleted(state, card, event.data);
    case 'VerdictRecorded':
      return attempt.verdictRecorded(state, card, event.data);
    case 'CardStarted':
      return attempt.cardStarted(state, card, event.data);
    case 'ModelCallBegun':
      return budget.modelCallBegun(state, card, event.data);
    case 'ModelCalled':
      return budget.modelCalled(state, card, event.data);
    case 'CardStepped':
      return attempt.cardStepped(state, card, event.data);
    case 'CardFailed':
      return attempt.cardFailed(state, card, event.data);
    case 'CardReleased':
      return attempt.cardReleased(state, card, event.data);
  }
};

// eslint-disable-next-line complexity -- one line per event type
const applyDecided = (state: BoardState, card: number, event: EventOn<'decided'>): void => {
  switch (event.type) {
    case 'CardEnqueued':
      return decided.cardEnqueued(state, card, event.data);
    case 'RetryScheduled':
      return decided.retryScheduled(state, card, event.data);
    case 'CardDeadLettered':
      return decided.cardDeadLettered(state, card, event.data);
    case 'CardEscalated':
      return decided.cardEscalated(state, card, event.data);
    case 'CardSkipped':
      return decided.cardSkipped(state, card);
    case 'CardRetried':
      return decided.cardRetried(state, card);
    case 'GateWaived':
      return decided.gateWaived(state, card, event.data);
    case 'ApprovalRequested':
      return approval.approvalRequested(state, card, event.data);
    case 'ApprovalDecided':
      return approval.approvalDecided(state, card, event.data);
  }
};

// eslint-disable-next-line complexity -- one line per event type
const applyProject = (state: BoardState, of: ProjectState, event: EventOn<'project'>): void => {
  switch (event.type) {
    case 'ProjectStarted':
      return project.projectStarted(state, of, event.data);
    case 'ProjectPaused':
      return project.projectPaused(of, event.data.now);
    case 'ProjectResumed':
      return project.projectResumed(of);
    case 'ProjectStopped':
      return project.projectStopped(of);
    case 'ProjectCompleted':
      return project.projectCompleted(of);
    case 'CardsAdded':
      return project.cardsAdded(state, of, event.data);
    case 'CardsRejected':
      return project.cardsRejected(of, event.data);
    case 'CardChanged':
      return project.cardChanged(state, of, event.data.spec);
    case 'CardsRolledBack':
      return project.cardsRolledBack(state, of, event.data.reach);
    case 'BudgetSet':
      return budget.budgetSet(of, event.data);
    case 'BudgetReserved':
      return budget.budgetReserved(state, of, event.data);
    case 'BudgetExceeded':
      return budget.budgetExceeded(of, event.data);
    case 'CardsReopened':
      return project.cardsReopened(state, of, event.data);
    case 'ProjectArchived':
      return project.projectArchived(state, of);
  }
};
