import {
  archivedProjects,
  project,
  projectRecord,
  projects,
  type ArchivedRecord,
  type ProjectRecord,
  type ProjectView,
} from '@squados/board';
import type { ProjectId } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import { commandName } from '../terminal/command-name.js';
import { CliError } from '../cli-error.js';
import { shellQuote } from './shell-quote.js';

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
  for (const [id, record] of archivedProjects(fold.catalog)) throw archivedError(folder, id, record);
  throw new CliError(`${folder}: there is no project in this folder yet`, {
    remedy: [`start one: ${commandName()} run <requirements.md | backlog.json>`],
  });
};

/** What to say of a project that is here no more. */
export const archivedError = (place: string, id: ProjectId, { file, at, sha256 }: ArchivedRecord): CliError =>
  new CliError(`${place}: project ${id} was archived on ${at.slice(0, 10)}, into ${file}`, {
    code: 'project-archived',
    details: [`SHA-256 of the file: ${sha256}`],
    remedy: [`look at it in a folder of its own: ${commandName()} restore ${shellQuote(file)} --data <folder>`],
  });

export type { ProjectId };
