import { codeOf, messageOf } from '../error-facts.js';
import { EventLogError, type EventLogErrorCode } from '../errors.js';

/** The primary result code of an error of SQLite (`SQLITE_FULL`, `SQLITE_IOERR`, …); undefined for any other error. */
export const sqliteCode = (error: unknown): string | undefined => /^SQLITE_[A-Z]+/.exec(codeOf(error))?.[0];

interface Cause {
  readonly code: EventLogErrorCode;
  readonly what: string;
  readonly remedy: string;
}

const CORRUPT: Cause = {
  code: 'log-corrupt',
  what: 'is damaged or is no log of SquadOS',
  remedy: 'move it away and restore a copy, or rescue what is readable with `sqlite3 log.db .recover`',
};
const PERMISSION: Cause = {
  code: 'permission',
  what: 'cannot be written by this user',
  remedy: 'give the user write permission on the folder and its files, or choose another folder',
};

const CAUSES: Readonly<Record<string, Cause>> = {
  SQLITE_NOTADB: CORRUPT,
  SQLITE_CORRUPT: CORRUPT,
  SQLITE_READONLY: PERMISSION,
  SQLITE_CANTOPEN: PERMISSION,
  SQLITE_PERM: PERMISSION,
  SQLITE_FULL: { code: 'disk-full', what: 'has no room left', remedy: 'free space on its disk and try again' },
};

/** An error of SQLite in the words of the log: which file, what is wrong with it, what to do. */
export const asLogError = (error: unknown, file: string): EventLogError => {
  if (error instanceof EventLogError) return error;
  const known = CAUSES[sqliteCode(error) ?? ''];
  const detail = messageOf(error);
  if (known)
    return new EventLogError(known.code, `${file} ${known.what} (${detail}): ${known.remedy}`, { cause: error });
  return new EventLogError(
    'storage',
    `${file} could not be used (${detail}): check the disk, then open the log again`,
    {
      cause: error,
    },
  );
};
