import { parseLane, type LaneCommit, type Position } from '@squados/contracts';
import type { BoardState } from '../state/board-state.js';
import { asciiBytes, holds } from '../state/ascii.js';
import type { ProjectState } from '../state/project-state.js';

/** Whose lane a commit is of. */
export interface Place {
  readonly kind: 'project' | 'decided' | 'attempt';
  readonly project: ProjectState;
  /** -1 on a project's lane. */
  readonly card: number;
  readonly at: Position;
}

const PROJECT_REST = asciiBytes('_._.decided');
const ATTEMPT = asciiBytes('.attempt');
const DECIDED = asciiBytes('.decided');

/** Finds the lane's project and card without cutting ids out of it, and notes the lane's revision. */
export const locate = (state: BoardState, commit: LaneCommit): Place | undefined => {
  const { lane } = commit;
  const project = state.projectOfLane(lane);
  if (project === undefined) return unknownProject(state, commit);
  const from = project.prefix.length;
  const agent = state.agentOfLane(lane, from);
  if (agent !== undefined)
    return cardPlace(state, project, { commit, agent: agent.index, from: from + agent.bytes.length });
  if (endsWith(lane, from, PROJECT_REST)) return projectPlace(project, commit);
  return unknownCard(project, commit);
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

const unknownCard = (project: ProjectState, commit: LaneCommit): undefined => {
  if (hasUnknown(commit)) project.undecidable = true;
};

interface CardLane {
  readonly commit: LaneCommit;
  readonly agent: number;
  /** Where the card's token begins. */
  readonly from: number;
}

const cardPlace = (state: BoardState, project: ProjectState, { commit, agent, from }: CardLane): Place | undefined => {
  const card = state.tokens.find(project.index, commit.lane, from);
  if (card < 0 || state.cards.agent(card) !== agent) return unknownCard(project, commit);
  const kind = kindAt(commit.lane, state.tokens.end);
  if (kind === undefined) return undefined;
  if (kind === 'attempt') state.cards.setAttemptRevision(card, commit.revision);
  else state.cards.setDecidedRevision(card, commit.revision);
  return { kind, project, card, at: commit.position };
};

const kindAt = (lane: string, at: number): 'decided' | 'attempt' | undefined => {
  if (endsWith(lane, at, ATTEMPT)) return 'attempt';
  return endsWith(lane, at, DECIDED) ? 'decided' : undefined;
};

const endsWith = (lane: string, at: number, bytes: Uint8Array): boolean =>
  lane.length === at + bytes.length && holds(lane, at, bytes);
