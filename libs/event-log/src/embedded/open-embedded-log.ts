import type { EmbeddedLog } from './embedded-log.js';
import { lockFolder } from './folder-lock.js';
import { logFile, openForOwner, openForReader, type LogDatabase } from './log-database.js';
import { ensureFolder, requireWritable } from './log-folder.js';
import { OwnedLog } from './owned-log.js';
import { asLogError } from './sqlite-errors.js';
import { VisitedLog } from './visited-log.js';

export interface OpenOptions {
  /** The folder of the log; the owner makes it where it is missing. A local disk: file locks over a network are not reliable. */
  readonly dir: string;
  readonly mode: 'owner' | 'reader';
}

/**
 * Opens the log that lives in a folder. `appended` means synced to the disk.
 * @throws EventLogError `log-locked` (owner: another process holds the folder), `log-unreadable` (reader: nothing there; a newer
 * format), `permission`, `disk-full`, `log-corrupt`; each names the folder or file and a remedy.
 */
export const openEmbeddedLog = async ({ dir, mode }: OpenOptions): Promise<EmbeddedLog> =>
  mode === 'owner' ? openOwned(dir) : openVisited(dir);

const openOwned = (dir: string): EmbeddedLog => {
  ensureFolder(dir);
  requireWritable(dir);
  const lock = lockFolder(dir);
  try {
    return logOver(dir, openForOwner(dir), (db) => new OwnedLog(dir, lock, db));
  } catch (error) {
    lock.release();
    throw error;
  }
};

const openVisited = (dir: string): EmbeddedLog => {
  requireWritable(dir);
  return logOver(dir, openForReader(dir), (db) => new VisitedLog(dir, db));
};

const logOver = (dir: string, db: LogDatabase, make: (db: LogDatabase) => EmbeddedLog): EmbeddedLog => {
  try {
    return make(db);
  } catch (error) {
    db.close();
    throw asLogError(error, logFile(dir));
  }
};
