import type { Command, DraftEvent } from '@squados/contracts';
import type { Decision } from '../board.types.js';
import { onProject } from '../state/addresses.js';
import type { ProjectState } from '../state/project-state.js';

/** A new limit; a project that its budget had paused goes on with it. */
export const setBudget = (project: ProjectState, command: Extract<Command, { type: 'SetBudget' }>): Decision => {
  const { type: _type, project: _project, ...data } = command;
  const events: DraftEvent[] = [{ type: 'BudgetSet', data }];
  if (project.paused && project.budget?.isUsedUp)
    events.push({ type: 'ProjectResumed', data: { by: data.by, reason: 'the budget was changed' } });
  return { kind: 'accepted', appends: [onProject(project, events)] };
};
