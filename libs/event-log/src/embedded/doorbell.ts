import { closeSync, constants, openSync, watch, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Position } from '@squados/contracts';
import { messageOf } from '../error-facts.js';
import { EventLogError } from '../errors.js';

const NAME = 'head';

/** Wakes other processes after a commit can be read. */
export interface Doorbell {
  ring(head: Position): void;
  close(): void;
}

/**
 * A small file that holds the log's head, written after each transaction. Watching the WAL itself is not enough: its last
 * write comes before the sync and before readers may see the commit, so a quick reader would look, find nothing, and sleep.
 */
export const hangDoorbell = (dir: string): Doorbell => {
  const handle = openSync(join(dir, NAME), constants.O_RDWR | constants.O_CREAT, 0o600);
  return {
    ring: (head) => {
      try {
        // Always as long as the last one: it needs no new room on a full disk.
        writeSync(handle, `${String(head).padStart(16, '0')}\n`, 0);
      } catch {
        // The commit is stored and must be answered; watchers hear of it with the next one.
      }
    },
    close: () => closeSync(handle),
  };
};

export interface DoorbellEars {
  readonly onRing: () => void;
  readonly onError: (error: EventLogError) => void;
}

/** Calls `onRing` after commits of other processes. @throws EventLogError when the system can't watch files. */
export const watchDoorbell = (dir: string, to: DoorbellEars): (() => void) => {
  const failed = (cause: unknown): EventLogError =>
    new EventLogError('storage', `${dir} cannot be watched (${messageOf(cause)}): raise fs.inotify.max_user_watches`, {
      cause,
    });
  try {
    const watcher = watch(dir, (_kind, name) => {
      if (name === null || name === NAME) to.onRing();
    });
    watcher.on('error', (error) => to.onError(failed(error)));
    return () => watcher.close();
  } catch (cause) {
    throw failed(cause);
  }
};
