import type { Command } from '@squados/contracts';
import type { Board, Decision } from '../board.types.js';
import { stateOf, type BoardState } from '../state/board-state.js';
import type { ProjectState } from '../state/project-state.js';
import { acceptedStart, rejected } from './answers.js';
import { addCards, changeCard } from './card-set.js';
import { approveCard, retryCard, rollBack, skipCard, waiveGate } from './interventions.js';
import { setBudget } from './budget.js';
import { pauseProject, resumeProject, stopProject } from './lifecycle.js';

/**
 * Answers a command with the appends that fulfil it, or with the reason why not, in words for people. Pure: the board is
 * unchanged. Each append expects the lane revision that the board has folded, so a decision overtaken by another is refused
 * by the log and is to be asked again on the newer board. Commands are all or nothing.
 */
export const decide = (board: Board, command: Command): Decision => {
  const state = stateOf(board);
  const project = state.project(command.project);
  if (state.isArchived(command.project)) return archived(command.project);
  if (command.type === 'StartProject') return startProject(project, command);
  if (!project) return rejected('unknown-project', `there is no project ${command.project}: import or run it first`);
  if (project.undecidable) return undecidable(command.project);
  if (project.stopped) return rejected('project-over', `project ${command.project} was stopped: start a new one`);
  return decideFor(state, project, command);
};

const undecidable = (id: string): Decision =>
  rejected(
    'undecidable',
    `project ${id} holds events that this version doesn't know: run the version that wrote them, or a newer one`,
  );

const archived = (id: string): Decision =>
  rejected(
    'project-archived',
    `project ${id} was archived, and its name is not used again here: choose another one, or restore its file into a log of its own`,
  );

const startProject = (
  project: ProjectState | undefined,
  command: Extract<Command, { type: 'StartProject' }>,
): Decision => {
  if (project?.undecidable) return undecidable(command.project);
  if (project)
    return rejected(
      'project-exists',
      `project ${command.project} exists already: choose another id or add cards to it`,
    );
  return acceptedStart(command);
};

// prettier-ignore
// eslint-disable-next-line complexity -- one line per command, and no default
const decideFor = (state: BoardState, project: ProjectState, command: Exclude<Command, { type: 'StartProject' }>): Decision => {
  switch (command.type) {
    case 'AddCards':
      return addCards(state, project, command);
    case 'ChangeCard':
      return changeCard(state, project, command);
    case 'PauseProject':
      return pauseProject(project, command);
    case 'ResumeProject':
      return resumeProject(project, command);
    case 'StopProject':
      return stopProject(project, command);
    case 'SkipCard':
      return skipCard(state, project, command);
    case 'RetryCard':
      return retryCard(state, project, command);
    case 'RollBack':
      return rollBack(state, project, command);
    case 'WaiveGate':
      return waiveGate(state, project, command);
    case 'SetBudget':
      return setBudget(project, command);
    case 'ApproveCard':
      return approveCard(state, project, command);
  }
};
