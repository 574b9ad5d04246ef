import { project, projectRecord, projects, type ProjectRecord, type ProjectView } from '@squados/board';
import type { FoldView } from '@squados/orchestrator';

export interface ProjectAt {
  readonly view: ProjectView;
  readonly record: ProjectRecord;
}

/** The first project of a log; a folder keeps one. Undefined for a log without any. */
export const firstProject = ({ board, catalog }: FoldView): ProjectAt | undefined => {
  for (const id of projects(board)) {
    const view = project(board, id);
    const record = projectRecord(catalog, id);
    if (view && record) return { view, record };
  }
  return undefined;
};
