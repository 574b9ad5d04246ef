import { isOfNewerBuild, parseLane, type LaneAddress, type LaneCommit } from '@squados/contracts';
import { Pattern } from '../state/ascii.js';
import type { BoardState } from '../state/board-state.js';
import type { ProjectState } from '../state/project-state.js';

/**
 * Where a commit belongs, as a number: twice the card, +1 for its attempt lane. ELSEWHERE: look with `locate` when the commit's
 * turn has come.
 */
const ELSEWHERE = -1;
export const cardAt = (place: number): number => place >>> 1;
export const isAttemptLane = (place: number): boolean => (place & 1) === 1;

const ATTEMPT = new Pattern('.attempt');
const DECIDED = new Pattern('.decided');
const KIND_LENGTH = 8;
const PROJECT_REST = '_._.decided';

/**
 * Finds the cards of a page's lanes at once, without cutting strings: their bytes are laid side by side, and the index is asked
 * for all of them in a row, so that waits for memory overlap. What is found stays true while the page is folded, for cards are
 * never removed; a card that the page itself adds is ELSEWHERE.
 */
export const placePage = (state: BoardState, page: readonly LaneCommit[]): Int32Array => {
  const { found } = state.queries;
  let text = '';
  for (const { lane } of page) text += lane;
  if (!state.text.write(text)) return found.fill(ELSEWHERE);
  let from = 0;
  let i = 0;
  for (const { lane } of page) {
    state.queries.length[i] = 0;
    readLane(state, i++, { from, lane });
    from += lane.length;
  }
  state.tokens.findAll(state.queries, page.length);
  for (i = 0; i < page.length; i++) found[i] = placeOf(state, i);
  return found;
};

/** Asks for the card of a lane, unless it can't be one's. The lane stands at `from` in the text. */
const readLane = (
  state: BoardState,
  i: number,
  { from, lane }: { readonly from: number; readonly lane: string },
): void => {
  const project = state.projectAt(from, lane);
  if (project === undefined) return;
  const end = from + lane.length - KIND_LENGTH;
  const agentAt = from + project.prefix.length;
  const agent = agentAt < end ? state.agentAt(agentAt) : undefined;
  if (agent === undefined) return;
  const tokenAt = agentAt + agent.pattern.length;
  const kind = attemptBit(state, end);
  if (tokenAt < end && kind !== ELSEWHERE)
    state.queries.ask(i, { project: project.index, from: tokenAt, length: end - tokenAt, tag: 2 * agent.index + kind });
};

const attemptBit = ({ text }: BoardState, at: number): number => {
  if (ATTEMPT.isAt(text.view, at)) return 1;
  return DECIDED.isAt(text.view, at) ? 0 : ELSEWHERE;
};

const placeOf = ({ cards, queries }: BoardState, i: number): number => {
  const card = queries.found[i] as number;
  const tag = queries.tag[i] as number;
  return card >= 0 && cards.agent(card) === tag >>> 1 ? 2 * card + (tag & 1) : ELSEWHERE;
};

/** The place of a card's lane, the project of a project's lane, undefined when the commit tells nothing. */
export const locate = (state: BoardState, commit: LaneCommit): number | ProjectState | undefined => {
  const project = state.projectOfLane(commit.lane);
  if (project === undefined) return unknownProject(state, commit);
  const rest = commit.lane.slice(project.prefix.length);
  if (rest === PROJECT_REST) return projectLane(project, commit);
  const place = placeIn(state, project, rest);
  if (place === undefined && isFromNewerBuild(commit)) project.undecidable = true;
  return place === ELSEWHERE ? undefined : place;
};

const projectLane = (project: ProjectState, commit: LaneCommit): ProjectState => {
  project.revision = commit.revision;
  return project;
};

const hasUnknown = (commit: LaneCommit): boolean => commit.events.some((event) => event.type === 'Unknown');

/** Beside a card's lane, what no build can read tells nothing. */
const isFromNewerBuild = (commit: LaneCommit): boolean =>
  commit.events.some((event) => event.type === 'Unknown' && isOfNewerBuild(event));

/**
 * A project begins with ProjectStarted, with the word that it was archived, or with an event that can't be read: then it must not be
 * decided upon later. Other events of a project that never started tell nothing.
 */
const unknownProject = (state: BoardState, commit: LaneCommit): ProjectState | undefined => {
  const at = parseLane(commit.lane);
  const isUnreadable = at?.kind === 'project' ? hasUnknown(commit) : isFromNewerBuild(commit);
  if (at === undefined || !(isUnreadable || begins(commit, at))) return undefined;
  const project = state.addProject(at.project);
  project.undecidable = isUnreadable;
  return at.kind === 'project' ? projectLane(project, commit) : undefined;
};

const begins = ({ events }: LaneCommit, { kind }: LaneAddress): boolean =>
  kind === 'project' && (events[0]?.type === 'ProjectStarted' || events[0]?.type === 'ProjectArchived');

/** By `<agent>.<card>.<kind>`; undefined for an unknown card, ELSEWHERE for a lane that a card doesn't have. */
const placeIn = (state: BoardState, project: ProjectState, rest: string): number | undefined => {
  const agent = state.agentOf(rest);
  const [token = '', kind] = agent === undefined ? [] : partsOf(rest.slice(agent.pattern.length));
  const card = state.tokens.findToken(project.index, token);
  if (card < 0 || state.cards.agent(card) !== agent?.index) return undefined;
  if (kind === ATTEMPT.text) return 2 * card + 1;
  return kind === DECIDED.text ? 2 * card : ELSEWHERE;
};

const partsOf = (text: string): readonly [token: string, kind: string] => {
  const dot = text.indexOf('.');
  return dot < 0 ? [text, ''] : [text.slice(0, dot), text.slice(dot)];
};
