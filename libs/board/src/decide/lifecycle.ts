import type { Command } from '@squados/contracts';
import type { Decision } from '../board.types.js';
import type { ProjectState } from '../state/project-state.js';
import { acceptedOnProject, rejected } from './answers.js';

type Of<T extends Command['type']> = Extract<Command, { type: T }>;

/** A pause of a paused project is accepted only when it adds `now`. */
export const pauseProject = (project: ProjectState, command: Of<'PauseProject'>): Decision => {
  if (project.completed) return over(project);
  if (project.paused && (project.pausedNow || !command.now))
    return rejected('nothing-to-do', `project ${project.id} is paused already`);
  const { by, reason, now } = command;
  return acceptedOnProject(project, { type: 'ProjectPaused', data: { by, reason, now } });
};

export const resumeProject = (project: ProjectState, { by, reason }: Of<'ResumeProject'>): Decision => {
  if (!project.paused) return rejected('nothing-to-do', `project ${project.id} isn't paused`);
  return acceptedOnProject(project, { type: 'ProjectResumed', data: { by, reason } });
};

export const stopProject = (project: ProjectState, { by, reason }: Of<'StopProject'>): Decision => {
  if (project.completed) return over(project);
  return acceptedOnProject(project, { type: 'ProjectStopped', data: { by, reason } });
};

const over = (project: ProjectState): Decision =>
  rejected('project-over', `project ${project.id} is complete: nothing of it runs`);
