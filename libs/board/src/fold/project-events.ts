import { encodeToken, PRIORITIES, type CardSpec, type EventData, type ProposalOrigin } from '@squados/contracts';
import type { BoardState } from '../state/board-state.js';
import { FLAG, PHASE } from '../state/card-table.js';
import type { ProjectState } from '../state/project-state.js';
import { noteApprovalNeed } from './approval-events.js';
import { dropProposals, startOver } from './card-steps.js';
import { judgeStale, queueOf, refresh, VIEW } from './refresh.js';

/** A second ProjectStarted (impossible behind the lane's fence) changes nothing. */
export const projectStarted = (state: BoardState, project: ProjectState, data: EventData['ProjectStarted']): void => {
  if (project.agents.length > 0 || project.total > 0) return;
  project.agents = data.agents.slice();
  project.policy = data.policy;
  for (const agent of data.agents) state.agent(agent);
};

export const projectPaused = (project: ProjectState, now: boolean): void => {
  project.paused = true;
  project.pausedNow ||= now;
};

export const projectResumed = (project: ProjectState): void => {
  project.paused = false;
  project.pausedNow = false;
};

export const projectStopped = (project: ProjectState): void => {
  project.stopped = true;
};

export const projectCompleted = (project: ProjectState): void => {
  const [done, skipped] = settledCounts(project);
  const isAllDone = project.total > 0 && done + skipped === project.total;
  project.completed = isAllDone && project.closing.length === 0;
};

/** Its cards stay where they lie, out of everybody's sight: a fold that begins later never sees them. */
export const projectArchived = (state: BoardState, project: ProjectState): void => {
  project.archived = true;
  project.undecidable = true; // nothing is decided about it any more
  for (const open of state.open)
    for (const card of [...open.keys()]) if (state.cards.project(card) === project.index) open.delete(card);
};

export const cardsAdded = (state: BoardState, project: ProjectState, data: EventData['CardsAdded']): void => {
  if (data.origin.kind === 'proposal') decideProposals(project, data.origin);
  reserve(state, data.cards);
  const from = state.cards.count;
  const added = data.cards.filter((spec) => addCard(state, project, spec));
  project.extend(from, state.cards.count);
  if (added.length > 0) project.completed = false;
  added.forEach((spec, i) => connect(state, from + i, spec));
  for (let card = from; card < state.cards.count; card++) refresh(state, card);
};

export const cardsRejected = (project: ProjectState, data: EventData['CardsRejected']): void =>
  decideProposals(project, data);

/** New text, priority and dependencies; the agent stays, because the card's lanes carry it. */
export const cardChanged = (state: BoardState, project: ProjectState, spec: CardSpec): void => {
  const card = state.find(project, spec.id);
  if (card < 0) return;
  const { cards } = state;
  cards.setCardRevision(card, cards.cardRevision(card) + 1);
  changePriority(state, card, priorityIndex(spec));
  connect(state, card, spec);
  noteApprovalNeed(state, card, { project, spec });
  state.raise(card, FLAG.SUSPECT);
  if (cards.phase(card) === PHASE.DONE && cards.unmet(card) === 0) judgeStale(state, card);
  refresh(state, card);
};

export const cardsRolledBack = (state: BoardState, project: ProjectState, reach: readonly string[]): void => {
  for (const id of reach) {
    const card = state.find(project, id);
    if (card < 0) continue;
    state.corrections.delete(card);
    beginAgain(state, project, card);
  }
};

/** As a rollback, but the corrections are counted on; what people skipped or was given up stays as it is. */
export const cardsReopened = (
  state: BoardState,
  project: ProjectState,
  { cause, cards, reach }: EventData['CardsReopened'],
): void => {
  for (const id of reach) {
    const card = state.find(project, id);
    if (card >= 0 && isReopenable(state, card)) beginAgain(state, project, card);
  }
  for (const { card: id, feedback } of cards) {
    const card = state.find(project, id);
    const count = (state.corrections.get(card)?.count ?? 0) + 1;
    if (card >= 0) state.corrections.set(card, { count, feedback: `${cause.card}: ${feedback}` });
  }
};

/** What is left aside, or was finished before SquadOS saw it, isn't made again by itself. */
export const isReopenable = (state: BoardState, card: number): boolean => {
  const phase = state.cards.phase(card);
  if (phase === PHASE.SKIPPED || phase === PHASE.DEAD_LETTERED) return false;
  return phase !== PHASE.DONE || state.cards.attempt(card) > 0;
};

const beginAgain = (state: BoardState, project: ProjectState, card: number): void => {
  dropProposals(project, state.id(card));
  state.failures.delete(card);
  startOver(state, card);
};

/** Cards that are DONE and SKIPPED. */
export const settledCounts = (project: ProjectState): readonly [done: number, skipped: number] => [
  project.byState[VIEW.DONE] as number,
  project.byState[VIEW.SKIPPED] as number,
];

/** Closing proposals are answered apart from the others of their attempt, and marked so. */
const decideProposals = (project: ProjectState, of: Omit<ProposalOrigin, 'kind'>): void => {
  const list = of.closing === true ? 'closing' : 'undecided';
  if (project[list].length === 0) return;
  project[list] = project[list].filter((u) => u.card !== of.card || u.attempt !== of.attempt);
};

const reserve = (state: BoardState, specs: readonly CardSpec[]): void => {
  state.cards.reserve(specs.length);
  state.tokens.reserve(
    specs.length,
    specs.reduce((sum, spec) => sum + spec.id.length, 0),
  );
  state.edges.reserve(specs.reduce((sum, spec) => sum + spec.dependencies.length, 0));
};

/** False when the id is taken: the first card of an id stays. */
const addCard = (state: BoardState, project: ProjectState, spec: CardSpec): boolean => {
  const token = encodeToken(spec.id);
  if (state.tokens.findToken(project.index, token) >= 0) return false;
  const { cards } = state;
  cards.reserve(1);
  const card = cards.count++;
  cards.setProject(card, project.index);
  cards.setAgent(card, state.agent(spec.agent));
  cards.setPriority(card, priorityIndex(spec));
  cards.setCardRevision(card, 1);
  cards.setPhase(card, importedPhase(spec));
  noteApprovalNeed(state, card, { project, spec });
  state.tokens.add(project.index, token);
  project.byState[0] = (project.byState[0] as number) + 1;
  return true;
};

const importedPhase = (spec: CardSpec): number => {
  if (spec.importedAs === undefined) return PHASE.TODO;
  return spec.importedAs === 'done' ? PHASE.DONE : PHASE.SKIPPED;
};

/** An unknown priority ranks last. */
const priorityIndex = (spec: CardSpec): number => {
  const index = PRIORITIES.indexOf(spec.priority);
  return index < 0 ? PRIORITIES.length - 1 : index;
};

/** Sets its edges and counters. A dependency that doesn't exist can never be met, so it counts as unmet for good. */
const connect = (state: BoardState, card: number, spec: CardSpec): void => {
  const { cards, edges } = state;
  const project = state.projectOf(card);
  const targets = spec.dependencies
    .map((id) => state.find(project, id))
    .filter((target) => target >= 0 && target !== card);
  edges.assign(cards, card, targets);
  state.parents.set(card, spec.parent === undefined ? -1 : state.find(project, spec.parent));
  const met = targets.filter((target) => state.has(target, FLAG.MET)).length;
  if (met > 0) state.raise(card, FLAG.ODD_INPUTS); // they were met before, who knows how
  cards.setUnmet(card, spec.dependencies.length - met);
  cards.setDead(card, targets.filter((target) => state.has(target, FLAG.DEAD)).length);
};

const changePriority = (state: BoardState, card: number, priority: number): void => {
  const project = state.projectOf(card);
  const isReady = state.has(card, FLAG.READY);
  if (isReady) queueOf(state, project, card).delete(card);
  state.cards.setPriority(card, priority);
  if (isReady) queueOf(state, project, card).add(card);
};
