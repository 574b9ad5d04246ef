import type { EmbeddedLog } from './embedded-log.js';
import { ensureFolder, lockFolder } from './folder-lock.js';
import { openForOwner, openForReader } from './log-database.js';
import { OwnedLog } from './owned-log.js';
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
  mode === 'owner' ? openOwned(dir) : new VisitedLog(dir, openForReader(dir));

const openOwned = (dir: string): EmbeddedLog => {
  ensureFolder(dir);
  const lock = lockFolder(dir);
  try {
    return new OwnedLog(dir, lock, openForOwner(dir));
  } catch (error) {
    lock.release();
    throw error;
  }
};
