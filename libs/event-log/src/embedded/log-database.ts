import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { EventLogError } from '../errors.js';
import { asLogError } from './sqlite-errors.js';

export type LogDatabase = Database.Database;

/** Format of the tables below, in SQLite's `user_version`. */
const FORMAT = 1;

// A commit's position is its row, its revision too; `prev` is the lane's commit before it, so one lane can't fork.
const SCHEMA = `
  CREATE TABLE log(
    pos  INTEGER PRIMARY KEY AUTOINCREMENT,
    lane TEXT NOT NULL,
    prev INTEGER NOT NULL,
    body BLOB NOT NULL,
    UNIQUE(lane, prev)
  );
  CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  PRAGMA user_version = ${FORMAT};`;

const SETTINGS = `
  PRAGMA busy_timeout = 2000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA cache_size = -32768;
  PRAGMA wal_autocheckpoint = 4000;`;

export const logFile = (dir: string): string => join(dir, 'log.db');

/** Opens the log of a folder whose lock this process holds; makes it when there is none. @throws EventLogError */
export const openForOwner = (dir: string): LogDatabase => {
  return opened(dir, (db) => {
    if (formatOf(db) === 0) create(db);
  });
};

/** Opens the log that some process made. @throws EventLogError `log-unreadable` when there is none. */
export const openForReader = (dir: string): LogDatabase => {
  if (!existsSync(logFile(dir)))
    throw new EventLogError(
      'log-unreadable',
      `there is no log in ${dir}: name the folder of a run, or start one there`,
    );
  return opened(dir, () => undefined);
};

export const readLogId = (db: LogDatabase): string =>
  (db.prepare("SELECT value FROM meta WHERE key = 'logId'").get([]) as { readonly value: string }).value;

const opened = (dir: string, prepare: (db: LogDatabase) => void): LogDatabase => {
  let db: LogDatabase | undefined;
  try {
    db = new Database(logFile(dir));
    db.exec(SETTINGS);
    prepare(db);
    requireFormat(dir, formatOf(db));
    requireTables(dir, db);
    return db;
  } catch (error) {
    db?.close();
    throw asLogError(error, logFile(dir));
  }
};

const formatOf = (db: LogDatabase): number =>
  (db.prepare('PRAGMA user_version').get([]) as { readonly user_version: number }).user_version;

const create = (db: LogDatabase): void => {
  // One transaction: a log that was killed while it was made is made again, from nothing.
  db.exec('BEGIN IMMEDIATE');
  try {
    db.exec(SCHEMA);
    db.prepare("INSERT INTO meta(key, value) VALUES ('logId', ?)").run([randomUUID()]);
    db.exec('COMMIT');
  } catch (error) {
    rollBack(db);
    throw error;
  }
};

/** Ends a transaction that SQLite may have ended itself (it does on a full disk). */
export const rollBack = (db: LogDatabase): void => {
  if (db.inTransaction) db.exec('ROLLBACK');
};

/** Closes the log with everything in its one file, so that a copy of `log.db` is a copy of the log. */
export const closeWhole = (db: LogDatabase): void => {
  try {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  } catch {
    // A full disk or a reader in between: the commits stay in the WAL, where the next owner finds them.
  }
  db.close();
};

const requireFormat = (dir: string, format: number): void => {
  if (format === FORMAT) return;
  const what = format === 0 ? 'holds no log yet' : `is of format ${format}, this build reads ${FORMAT}`;
  throw new EventLogError(
    'log-unreadable',
    `${logFile(dir)} ${what}: use the version that wrote it, or another folder`,
  );
};

const requireTables = (dir: string, db: LogDatabase): void => {
  const { n } = db
    .prepare("SELECT count(*) AS n FROM sqlite_master WHERE type = 'table' AND name IN ('log', 'meta')")
    .get([]) as { readonly n: number };
  if (n === 2) return;
  throw new EventLogError(
    'log-corrupt',
    `${logFile(dir)} is no log of SquadOS: move it away, or choose another folder`,
  );
};
