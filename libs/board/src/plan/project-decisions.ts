import type { DraftEvent, LaneAppend, ProposalOrigin } from '@squados/contracts';
import { existingGraph } from '../decide/card-set.js';
import { settledCounts } from '../fold/project-events.js';
import { soundSubset, type SoundSubset } from '../graph/sound-subset.js';
import { onProject } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import type { ProjectState, Undecided } from '../state/project-state.js';
import { reopened, rejectionOf, type Rejection } from './rejections.js';
import { indices, isClosable, isCompletable } from '../views.js';

/**
 * One append per project: reopening what a failed attempt rejected; else the oldest undecided proposals (judged against the graph
 * as it is now; those of the next card see what these leave); when nothing else is left to do, the oldest closing proposals;
 * when there are none, ProjectCompleted.
 */
export function* projectDecisions(state: BoardState): Generator<LaneAppend> {
  const rejections = rejectionsByProject(state);
  for (const project of state.projects) {
    if (project.undecidable) continue;
    const rejection = rejections.get(project.index);
    const events = rejection ? [reopened(state, rejection)] : decided(state, project);
    if (events.length > 0) yield onProject(project, events);
  }
}

/** The oldest rejection of each project that has nobody left to give up first. */
const rejectionsByProject = (state: BoardState): ReadonlyMap<number, Rejection> => {
  const found = new Map<number, Rejection>();
  for (const card of state.failed) {
    const project = state.cards.project(card);
    const rejection = found.has(project) ? undefined : rejectionOf(state, card);
    if (rejection?.giveUp.length === 0) found.set(project, rejection);
  }
  return found;
};

const decided = (state: BoardState, project: ProjectState): readonly DraftEvent[] => {
  const [oldest] = project.undecided;
  const [closing] = project.closing;
  if (oldest) return judged(state, project, oldest);
  if (closing && isClosable(project)) return closed(state, project, closing);
  return isCompletable(project) ? [completed(project)] : [];
};

const completed = (project: ProjectState): DraftEvent => {
  const [done, skipped] = settledCounts(project);
  return { type: 'ProjectCompleted', data: { done, skipped } };
};

const judged = (state: BoardState, project: ProjectState, { card, attempt, proposals }: Undecided): DraftEvent[] => {
  const specs = proposals.map((proposal) => proposal.card);
  const subset = project.stopped
    ? { sound: [], rejected: specs.map((spec) => ({ card: spec, reasons: ['the project was stopped'] })) }
    : soundSubset(specs, existingGraph(state, project));
  return answers({ kind: 'proposal', card, attempt }, subset);
};

/** What closes a project builds on all of it: its own dependencies, and every card that nothing depended on so far. */
const closed = (state: BoardState, project: ProjectState, { card, attempt, proposals }: Undecided): DraftEvent[] => {
  const ends = [...indices(project)].filter((index) => state.edges.first(state.cards, index) === 0);
  const leaves = ends.map((index) => state.id(index));
  const specs = proposals.map(({ card: spec }) => ({
    ...spec,
    dependencies: [...new Set([...spec.dependencies, ...leaves])],
  }));
  const subset = soundSubset(specs, existingGraph(state, project));
  return answers({ kind: 'proposal', card, attempt, closing: true }, subset);
};

const answers = (origin: ProposalOrigin, { sound, rejected }: SoundSubset): DraftEvent[] => {
  const { kind: _kind, ...of } = origin;
  const list = rejected.map(({ card: spec, reasons }) => ({ id: spec.id, reasons }));
  const events: DraftEvent[] = [];
  if (sound.length > 0) events.push({ type: 'CardsAdded', data: { origin, cards: sound } });
  if (list.length > 0) events.push({ type: 'CardsRejected', data: { ...of, rejected: list } });
  return events;
};
