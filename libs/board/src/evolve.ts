import {
  EVENT_LANES,
  parseLane,
  type LaneCommit,
  type Position,
  type SquadEvent,
  type UnknownEvent,
} from '@squados/contracts';
import type { Board } from './board.types.js';
import * as attempt from './fold/attempt-events.js';
import * as decided from './fold/decided-events.js';
import * as project from './fold/project-events.js';
import { asBoard, BoardState, stateOf } from './state/board-state.js';
import type { ProjectState } from './state/project-state.js';

/** The board before the first commit. */
export const emptyBoard = (): Board => asBoard(new BoardState());

/** Position of the last commit folded, START before the first. */
export const position = (board: Board): Position => stateOf(board).position;

/**
 * Folds one commit. Total and never throws: facts have happened. A commit at or before the board's position (a duplicate), an
 * event of an old attempt, of an unknown card or on a lane it doesn't belong to changes nothing; a type or version this build
 * doesn't know makes its project undecidable. Reuses the board's memory: the board passed in is the one returned.
 */
export const evolve = (board: Board, commit: LaneCommit): Board => {
  const state = stateOf(board);
  if (commit.position <= state.position) return board;
  state.position = commit.position;
  const place = locate(state, commit);
  if (place !== undefined) for (const event of commit.events) apply(state, place, event);
  return board;
};

interface Place {
  readonly kind: 'project' | 'decided' | 'attempt';
  readonly project: ProjectState;
  /** -1 on a project's lane. */
  readonly card: number;
  readonly at: Position;
}

const PROJECT_REST = '_._.decided';

/** Finds the lane's project and card without cutting ids out of it, and notes the lane's revision. */
const locate = (state: BoardState, commit: LaneCommit): Place | undefined => {
  const { lane } = commit;
  const known = state.projectOfLane(lane);
  if (known === undefined) return unknownProject(state, commit);
  if (lane.startsWith(PROJECT_REST, known.prefix.length)) return projectPlace(known, commit);
  return cardPlace(state, known, commit);
};

const projectPlace = (project: ProjectState, commit: LaneCommit): Place => {
  project.revision = commit.revision;
  return { kind: 'project', project, card: -1, at: commit.position };
};

const hasUnknown = (commit: LaneCommit): boolean => commit.events.some((event) => event.type === 'Unknown');

/**
 * A project begins with ProjectStarted, or with an event that can't be read: then it must not be decided upon later. Other
 * events of a project that never started tell nothing.
 */
const unknownProject = (state: BoardState, commit: LaneCommit): Place | undefined => {
  const at = parseLane(commit.lane);
  const isUnreadable = hasUnknown(commit);
  if (at === undefined || !(isUnreadable || (at.kind === 'project' && commit.events[0]?.type === 'ProjectStarted')))
    return undefined;
  const project = state.addProject(at.project);
  project.undecidable = isUnreadable;
  return at.kind === 'project' ? projectPlace(project, commit) : undefined;
};

const cardPlace = (state: BoardState, known: ProjectState, commit: LaneCommit): Place | undefined => {
  const { lane } = commit;
  const from = known.prefix.length;
  const agentEnd = lane.indexOf('.', from);
  const card = agentEnd < 0 ? -1 : state.tokens.find(known.index, lane, agentEnd + 1);
  if (card < 0 || !isAgent(state, card, { lane, from, to: agentEnd })) {
    if (hasUnknown(commit)) known.undecidable = true;
    return undefined;
  }
  const kind = kindAt(lane, state.tokens.end);
  if (kind === undefined) return undefined;
  if (kind === 'attempt') state.cards.setAttemptRevision(card, commit.revision);
  else state.cards.setDecidedRevision(card, commit.revision);
  return { kind, project: known, card, at: commit.position };
};

const kindAt = (lane: string, at: number): 'decided' | 'attempt' | undefined => {
  if (lane.length !== at + '.attempt'.length) return undefined;
  if (lane.endsWith('.attempt')) return 'attempt';
  return lane.endsWith('.decided') ? 'decided' : undefined;
};

const isAgent = (
  state: BoardState,
  card: number,
  { lane, from, to }: { readonly lane: string; readonly from: number; readonly to: number },
): boolean => {
  const token = state.agentTokens[state.cards.agent(card)] as string;
  return token.length === to - from && lane.startsWith(token, from);
};

const apply = (state: BoardState, place: Place, event: SquadEvent | UnknownEvent): void => {
  if (event.type === 'Unknown') place.project.undecidable = true;
  else if (EVENT_LANES[event.type] === place.kind) applyKnown(state, place, event);
};

// eslint-disable-next-line complexity -- one line per event type, and no default: a new event must not compile until it is handled
const applyKnown = (state: BoardState, place: Place, event: SquadEvent): void => {
  const { card } = place;
  switch (event.type) {
    case 'ProjectStarted':
      return project.projectStarted(state, place.project, event.data);
    case 'ProjectPaused':
      return project.projectPaused(place.project, event.data.now);
    case 'ProjectResumed':
      return project.projectResumed(place.project);
    case 'ProjectStopped':
      return project.projectStopped(place.project);
    case 'ProjectCompleted':
      return project.projectCompleted(place.project);
    case 'CardsAdded':
      return project.cardsAdded(state, place.project, event.data);
    case 'CardsRejected':
      return project.cardsRejected(place.project, event.data);
    case 'CardChanged':
      return project.cardChanged(state, place.project, event.data.spec);
    case 'CardsRolledBack':
      return project.cardsRolledBack(state, place.project, event.data.reach);
    case 'CardEnqueued':
      return decided.cardEnqueued(state, card, { data: event.data, at: place.at });
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
    case 'CardStarted':
      return attempt.cardStarted(state, card, event.data);
    case 'CardStepped':
      return attempt.cardStepped(state, card, event.data);
    case 'VerdictRecorded':
      return attempt.verdictRecorded(state, card, event.data);
    case 'CardCompleted':
      return attempt.cardCompleted(state, card, event.data);
    case 'CardFailed':
      return attempt.cardFailed(state, card, event.data);
    case 'CardReleased':
      return attempt.cardReleased(state, card, event.data);
  }
};
