import type { Scenario } from '@squados/board/testing';
import { LogFold } from '@squados/orchestrator';
import { firstProject, type ProjectAt } from '../views/project-of.js';

/** Board and catalog of what a scenario recorded, and its project. */
export const foldOf = ({ log }: Scenario): { readonly fold: LogFold; readonly at: ProjectAt } => {
  const fold = new LogFold();
  for (const commit of log.commits) fold.apply(commit);
  const at = firstProject(fold);
  if (at === undefined) throw new Error('the scenario started no project');
  return { fold, at };
};
