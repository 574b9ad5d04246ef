import { project, projectRecord, projects, type ProjectRecord, type ProjectView } from '@squados/board';
import type { ProjectId } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import { commandName } from '../terminal/command-name.js';
import { CliError } from '../cli-error.js';

export interface ProjectAt {
  readonly view: ProjectView;
  readonly record: ProjectRecord;
}

/** The first project of a log; solo mode keeps one per folder. Undefined for a log without any. */
export const firstProject = ({ board, catalog }: FoldView): ProjectAt | undefined => {
  for (const id of projects(board)) {
    const view = project(board, id);
    const record = projectRecord(catalog, id);
    if (view && record) return { view, record };
  }
  return undefined;
};

/** @throws CliError when the log holds no project (yet). */
export const requireProject = (fold: FoldView, folder: string): ProjectAt => {
  const found = firstProject(fold);
  if (found) return found;
  throw new CliError(`${folder}: there is no project in this folder yet`, {
    remedy: [`start one: ${commandName()} run <requirements.md | backlog.json>`],
  });
};

export type { ProjectId };
