import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, messageOf } from '../error-facts.js';
import { EventLogError } from '../errors.js';

const FILES = ['lock', 'owner.json', 'head', 'log.db', 'log.db-wal', 'log.db-shm'];

/** Makes the folder, for this user alone, where it is missing. @throws EventLogError `permission` naming it. */
export const ensureFolder = (dir: string): void => {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new EventLogError(
      'permission',
      codeOf(cause) === 'EEXIST' || codeOf(cause) === 'ENOTDIR'
        ? `${dir} cannot be the data folder: a file is in the way. Name another folder, or move the file`
        : `the folder ${dir} cannot be made (${messageOf(cause)}): choose another, or allow it`,
      { cause },
    );
  }
};

/** Readers too: SQLite writes beside the log even to read it. @throws EventLogError `permission` naming the folder or file. */
export const requireWritable = (dir: string): void => {
  for (const path of [dir, ...FILES.map((name) => join(dir, name))]) {
    if (existsSync(path)) requireAccess(path);
  }
};

const requireAccess = (path: string): void => {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw new EventLogError(
      'permission',
      `${path} cannot be written by this user: allow it, or choose another folder`,
      { cause },
    );
  }
};
