import type { DraftEvent, LaneAppend } from '@squados/contracts';
import { existingGraph } from '../decide/card-set.js';
import { settledCounts } from '../fold/project-events.js';
import { soundSubset } from '../graph/sound-subset.js';
import { onProject } from '../state/addresses.js';
import type { BoardState } from '../state/board-state.js';
import type { ProjectState, Undecided } from '../state/project-state.js';
import { isCompletable } from '../views.js';

/**
 * One append per project: the oldest undecided proposals (judged against the graph as it is now; those of the next card see
 * what these leave), or, when nothing is left to do, ProjectCompleted.
 */
export function* projectDecisions(state: BoardState): Generator<LaneAppend> {
  for (const project of state.projects) {
    if (project.undecidable) continue;
    const [oldest] = project.undecided;
    if (oldest) yield onProject(project, judged(state, project, oldest));
    else if (isCompletable(project)) yield onProject(project, [completed(project)]);
  }
}

const completed = (project: ProjectState): DraftEvent => {
  const [done, skipped] = settledCounts(project);
  return { type: 'ProjectCompleted', data: { done, skipped } };
};

const judged = (state: BoardState, project: ProjectState, { card, attempt, proposals }: Undecided): DraftEvent[] => {
  const specs = proposals.map((proposal) => proposal.card);
  const { sound, rejected } = project.stopped
    ? { sound: [], rejected: specs.map((spec) => ({ card: spec, reasons: ['the project was stopped'] })) }
    : soundSubset(specs, existingGraph(state, project));
  const events: DraftEvent[] = [];
  if (sound.length > 0)
    events.push({ type: 'CardsAdded', data: { origin: { kind: 'proposal', card, attempt }, cards: sound } });
  if (rejected.length > 0) {
    const list = rejected.map(({ card: spec, reasons }) => ({ id: spec.id, reasons }));
    events.push({ type: 'CardsRejected', data: { card, attempt, rejected: list } });
  }
  return events;
};
