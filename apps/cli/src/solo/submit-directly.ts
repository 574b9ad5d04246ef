import type { Command } from '@squados/contracts';
import { Appender, FoldProgress, submitCommand, type LogFold, type SubmitResult } from '@squados/orchestrator';
import { randomUUID } from 'node:crypto';
import type { ProjectTarget } from '../use-cases/create-project.js';
import { readFold } from '../use-cases/read-fold.js';
import type { DataFolder } from './data-folder.js';
import { openOwner, type OwnedFolder } from './open-log.js';

/**
 * Owns the folder for a moment and offers what a running process would: decide, record. Nothing is enqueued, no agent starts.
 * @throws EventLogError `log-locked` when another process owns the folder.
 */
export const withWriter = async <T>(folder: DataFolder, use: (target: ProjectTarget) => Promise<T>): Promise<T> => {
  const owned = await openOwner(folder);
  try {
    return await use({ artifacts: owned.artifacts, submit: (command) => decideAndRecord(owned, command) });
  } finally {
    await owned.close();
  }
};

export const submitDirectly = (folder: DataFolder, command: Command): Promise<SubmitResult> =>
  withWriter(folder, (target) => target.submit(command));

/** Folds anew for each command: nobody else can write while the folder is owned, and commands are few. */
const decideAndRecord = async (owned: OwnedFolder, command: Command): Promise<SubmitResult> => {
  const fold: LogFold = await readFold(owned.log);
  const progress = new FoldProgress();
  progress.end();
  const appender = new Appender({ log: owned.log, newId: randomUUID, now: () => Date.now(), source: 'cli' });
  return submitCommand({ fold, progress, appender }, command);
};
