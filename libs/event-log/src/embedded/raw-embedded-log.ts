import { encodeToken, position, type Lane, type ProjectId } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { RawCommit, RawLog, RawRange, RestoreCommits } from '../raw-log.port.js';
import { lockFolder } from './folder-lock.js';
import { closeWhole, logFile, openForOwner, openForReader, rollBack, type LogDatabase } from './log-database.js';
import { ensureFolder, requireWritable } from './log-folder.js';
import { asLogError, sqliteCode } from './sqlite-errors.js';

const PAGE_BYTES = 1024 * 1024;
const MOST = 512;
const FEWEST = 8;

// The plus keeps SQLite from the lanes' index: a page is found by walking on from where the last one ended.
const PAGE =
  'SELECT pos, CAST(lane AS BLOB), CAST(body AS BLOB) FROM log WHERE pos > ? AND pos <= ? AND +lane >= ? AND +lane < ? ORDER BY pos LIMIT ?';
const PURGE = 'DELETE FROM log WHERE lane >= ? AND lane < ? AND pos <= ?';
const INSERT = 'INSERT INTO log(pos, lane, prev, body) VALUES (?, ?, ?, ?)';

type Row = readonly [pos: number, lane: Buffer, body: Buffer];

/** A project's lanes lie between its prefix and the first text behind all that begin with it. */
const lanesOf = (project: ProjectId): readonly [from: string, to: string] => {
  const prefix = `squad.${encodeToken(project)}`;
  return [`${prefix}.`, `${prefix}/`];
};

const toCommit = ([pos, lane, body]: Row): RawCommit => ({
  lane: lane.toString('latin1') as Lane,
  position: position(pos),
  body,
});

/**
 * The log of a folder, for moving projects. Opened for each call and closed with it; purging takes the folder's lock meanwhile.
 * @throws EventLogError as `openEmbeddedLog` does
 */
export const rawEmbeddedLog = (dir: string): RawLog => ({
  read: (range) => pages(dir, range),
  purge: (range) => purged(dir, range),
});

async function* pages(dir: string, { project, through }: RawRange): AsyncGenerator<readonly RawCommit[]> {
  const db = openForReader(dir);
  try {
    const page = db.prepare(PAGE).raw();
    const [from, to] = lanesOf(project);
    for (let after = 0, most = 32; ;) {
      const rows = page.all([after, through, from, to, most]) as Row[];
      const last = rows.at(-1);
      if (last === undefined) return;
      yield rows.map(toCommit);
      after = last[0];
      const bytes = rows.reduce((sum, [, , body]) => sum + body.length, 0);
      most = bytes > PAGE_BYTES ? Math.max(FEWEST, most >>> 1) : Math.min(MOST, most * 2);
    }
  } catch (error) {
    throw asLogError(error, logFile(dir));
  } finally {
    db.close();
  }
}

/** One transaction, so a purge that is cut off has not begun. The file gives back its room, where there is room to write it anew. */
const purged = async (dir: string, { project, through }: RawRange): Promise<number> =>
  owning(dir, (db) => {
    const [from, to] = lanesOf(project);
    const { changes } = db.prepare(PURGE).run([from, to, through]);
    if (changes > 0) giveBackRoom(db);
    return Number(changes);
  });

const giveBackRoom = (db: LogDatabase): void => {
  try {
    db.exec('VACUUM');
  } catch {
    // Another process reads, or the disk has no room for the new file: the old one reuses its own pages.
  }
};

const owning = async <T>(dir: string, use: (db: LogDatabase) => T | Promise<T>): Promise<T> => {
  requireWritable(dir);
  const lock = lockFolder(dir);
  let db: LogDatabase | undefined;
  try {
    db = openForOwner(dir);
    return await use(db);
  } catch (error) {
    throw sqliteCode(error) === undefined ? error : asLogError(error, logFile(dir));
  } finally {
    if (db) closeWhole(db);
    lock.release();
  }
};

/** Into a folder without a log, or with one that holds no commit. One transaction: a restoring that was cut off begins anew. */
export const restoreEmbeddedLog =
  (dir: string): RestoreCommits =>
  async (commits) => {
    ensureFolder(dir);
    await owning(dir, async (db) => {
      requireEmpty(dir, db);
      db.exec('BEGIN IMMEDIATE');
      try {
        await insertAll(db, commits);
        db.exec('COMMIT');
      } catch (error) {
        rollBack(db);
        throw error;
      }
    });
  };

const insertAll = async (db: LogDatabase, commits: AsyncIterable<readonly RawCommit[]>): Promise<void> => {
  const insert = db.prepare(INSERT);
  const last = new Map<Lane, number>();
  for await (const page of commits)
    for (const { lane, position: at, body } of page) {
      insert.run([at, lane, last.get(lane) ?? 0, stored(body)]);
      last.set(lane, at);
    }
};

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** As text, like what was appended; bytes that are none stay bytes. */
const stored = (body: Uint8Array): string | Buffer => {
  try {
    return utf8.decode(body);
  } catch {
    return Buffer.from(body);
  }
};

const requireEmpty = (dir: string, db: LogDatabase): void => {
  const row = db.prepare('SELECT 1 FROM log LIMIT 1').get([]);
  if (row !== undefined)
    throw new EventLogError('not-empty', `${logFile(dir)} holds commits already: restore into a folder of its own`);
};
