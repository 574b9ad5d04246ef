import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { EventLogError } from '../errors.js';
import { asLogError, sqliteCode } from './sqlite-errors.js';

/** How long a taker waits for a lock that may be held for one append only. Blocks the thread. */
const WAIT_MS = 250;

/**
 * The folder's lock: an exclusive SQLite transaction on an empty database, thus a lock of the operating system. It ends with
 * its process, also by `kill -9`, so there is no stale lock, nothing to guess from process ids, no race between two takers.
 *
 * Never open the file `lock` by other means in this process: closing any handle of it would give the lock away (POSIX).
 */
export interface FolderLock {
  release(): void;
}

/** Who holds a folder, for people only; the lock itself is the truth. */
export interface LockOwner {
  readonly pid: number;
  readonly since: string;
}

const ownerFile = (dir: string): string => join(dir, 'owner.json');

/**
 * Takes the folder for this process.
 * @throws EventLogError `log-locked` when another process (or another log of this one) holds it, `permission`, `disk-full`.
 */
export const lockFolder = (dir: string): FolderLock => {
  const db = exclusive(dir);
  writeOwner(dir);
  let held = true;
  return {
    release: () => {
      if (!held) return;
      held = false;
      rmSync(ownerFile(dir), { force: true });
      give(db);
    },
  };
};

const exclusive = (dir: string): Database.Database => {
  const file = join(dir, 'lock');
  let db: Database.Database | undefined;
  try {
    db = new Database(file);
    db.exec(`PRAGMA busy_timeout = ${WAIT_MS}; PRAGMA journal_mode = MEMORY`);
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db?.close();
    throw isHeld(error) ? lockedBy(dir, error) : asLogError(error, file);
  }
};

const writeOwner = (dir: string): void => {
  try {
    writeFileSync(ownerFile(dir), JSON.stringify({ pid: process.pid, since: new Date().toISOString() }), {
      mode: 0o600,
    });
  } catch {
    // On a full disk the lock still holds; only the message to others will name no process.
  }
};

const give = (db: Database.Database): void => {
  // The rollback, not the close, gives the lock back: a close waits for statements that are not collected yet.
  db.exec('ROLLBACK');
  db.close();
};

const isHeld = (error: unknown): boolean => ['SQLITE_BUSY', 'SQLITE_LOCKED'].includes(sqliteCode(error) ?? '');

const lockedBy = (dir: string, cause: unknown): EventLogError => {
  const owner = readOwner(dir);
  const who = owner ? `process ${owner.pid} (since ${owner.since})` : 'another process';
  return new EventLogError('log-locked', `${dir} is in use by ${who}: stop it, or choose another folder`, { cause });
};

/** Who wrote down to hold the folder; undefined when nobody did. May name a process that was killed. */
export const readOwner = (dir: string): LockOwner | undefined => {
  try {
    const { pid, since } = JSON.parse(readFileSync(ownerFile(dir), 'utf8')) as Partial<LockOwner>;
    return typeof pid === 'number' && typeof since === 'string' ? { pid, since } : undefined;
  } catch {
    return undefined;
  }
};
