import type { CliContext } from '../cli-context.js';
import type { ArtifactStore } from '@squados/artifacts';
import type { EventLog } from '@squados/event-log';
import type { LogFold } from '@squados/orchestrator';
import type { DataFolder } from '../solo/data-folder.js';
import { openReader } from '../solo/open-log.js';
import { requireProject, type ProjectAt } from '../views/project-of.js';
import { findDataFolder } from './find-data-folder.js';
import { readFold, type Until } from './read-fold.js';

export interface Reading {
  readonly folder: DataFolder;
  readonly log: EventLog;
  readonly artifacts: ArtifactStore;
}

/** Opens a folder's log for reading, whoever owns it, and closes it again. */
export const withReader = async <T>(
  context: CliContext,
  named: string | undefined,
  use: (reading: Reading) => Promise<T>,
): Promise<T> => {
  const folder = await findDataFolder(context, named);
  const reader = await openReader(folder);
  try {
    return await use({ folder, log: reader.log, artifacts: reader.artifacts });
  } finally {
    await reader.close();
  }
};

export interface FoldedProject {
  readonly folder: DataFolder;
  readonly fold: LogFold;
  readonly at: ProjectAt;
}

/** The folder's project as of now (or as of `until`). @throws CliError when there is none. */
export const readProject = (context: CliContext, named: string | undefined, until?: Until): Promise<FoldedProject> =>
  withReader(context, named, async ({ folder, log }) => {
    const fold = await readFold(log, until);
    return { folder, fold, at: requireProject(fold, folder.root) };
  });
