import type { PGlite, PGliteOptions } from '@electric-sql/pglite';
import { FINGERPRINT_SQL } from './fingerprint.js';
import { shippedImage } from './shipped-image.js';

/*
 * Owns one PostgreSQL (PGlite, in memory; its file system is virtual and holds nothing of the host).
 * 1. `reset` leaves an empty database in its first state: proved by a fingerprint of every system catalog and every setting;
 *    if anything differs, the instance is thrown away and a new one begins as the first one did.
 * 2. Some statements (COPY … FROM PROGRAM) leave the engine answering nothing and no error: after them `isSound` is false,
 *    and whoever ran them must take that for a failure.
 */

export interface SqlFailure {
  readonly message: string;
  readonly code?: string;
  readonly position?: number;
  readonly detail?: string;
  readonly hint?: string;
}

export type Row = Readonly<Record<string, unknown>>;

const CANARY = 'SELECT 20 + 22 AS canary';
/** The library brings settings of its own with it; loaded first, they are part of the clean state. */
const LOAD_PLPGSQL = 'DO $$ BEGIN END $$';

/** One by one: DISCARD ALL refuses to run inside the implicit transaction of a script. */
const CLEAN = [
  'ROLLBACK',
  'SET SESSION AUTHORIZATION DEFAULT',
  'DISCARD ALL',
  'DROP SCHEMA public CASCADE',
  'CREATE SCHEMA public AUTHORIZATION pg_database_owner',
  'GRANT USAGE ON SCHEMA public TO PUBLIC',
  "COMMENT ON SCHEMA public IS 'standard public schema'",
] as const;

const textOf = (error: object, key: string): string | undefined => {
  const value: unknown = key in error ? (error as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const failureOf = (error: unknown): SqlFailure => {
  if (typeof error !== 'object' || error === null) return { message: String(error) };
  const position = Number(textOf(error, 'position'));
  const optional = { code: textOf(error, 'code'), detail: textOf(error, 'detail'), hint: textOf(error, 'hint') };
  const present = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return { message: textOf(error, 'message') ?? 'unknown error', ...(position > 0 ? { position } : {}), ...present };
};

/** A database that nobody has used yet, as PGlite loads it. */
type Image = Blob | File;
type PGliteClass = typeof PGlite;
type Extensions = NonNullable<PGliteOptions['extensions']>;

interface First {
  readonly pglite: PGliteClass;
  readonly image: Image;
  readonly clean: string;
  readonly extensions: Extensions;
}

/** What a script may CREATE EXTENSION here: the ones that managed PostgreSQL services trust as well. */
const loadExtensions = async (): Promise<Extensions> => {
  const [uuid, crypto, trgm, citext, gin, gist, unaccent, hstore] = await Promise.all([
    import('@electric-sql/pglite/contrib/uuid_ossp'),
    import('@electric-sql/pglite/contrib/pgcrypto'),
    import('@electric-sql/pglite/contrib/pg_trgm'),
    import('@electric-sql/pglite/contrib/citext'),
    import('@electric-sql/pglite/contrib/btree_gin'),
    import('@electric-sql/pglite/contrib/btree_gist'),
    import('@electric-sql/pglite/contrib/unaccent'),
    import('@electric-sql/pglite/contrib/hstore'),
  ]);
  return { ...uuid, ...crypto, ...trgm, ...citext, ...gin, ...gist, ...unaccent, ...hstore };
};

export class PgSession {
  readonly #first: First;
  #db: PGlite;

  private constructor(db: PGlite, first: First) {
    this.#db = db;
    this.#first = first;
  }

  /**
   * Starts PostgreSQL: 1 s from the image that the build made, 3–4 s without one. Throws `ERR_MODULE_NOT_FOUND` when the package is
   * not installed.
   */
  static async open(): Promise<PgSession> {
    const { PGlite: pglite } = await import('@electric-sql/pglite');
    const extensions = await loadExtensions();
    const { db, image } = await begin(pglite, extensions);
    return new PgSession(db, { pglite, image, extensions, clean: await fingerprint(db) });
  }

  async exec(sql: string): Promise<SqlFailure | undefined> {
    try {
      await this.#db.exec(sql);
      return undefined;
    } catch (error) {
      return failureOf(error);
    }
  }

  async query(sql: string): Promise<readonly Row[]> {
    return (await this.#db.query<Row>(sql)).rows;
  }

  /** False once the engine stopped answering; only a new instance helps then. */
  async isSound(): Promise<boolean> {
    try {
      const rows = await this.query(CANARY);
      return rows[0]?.['canary'] === 42;
    } catch (error) {
      // 25P02: an aborted transaction refuses every query and is sound all the same.
      return failureOf(error).code === '25P02';
    }
  }

  /** Empties the database. Answers whether cleaning was enough, or a new instance had to be loaded. */
  async reset(): Promise<'cleaned' | 'replaced'> {
    if (await this.#cleans()) return 'cleaned';
    const old = this.#db;
    this.#db = await loaded(this.#first);
    await old.close().catch(() => undefined);
    return 'replaced';
  }

  async close(): Promise<void> {
    await this.#db.close().catch(() => undefined);
  }

  async #cleans(): Promise<boolean> {
    try {
      await clean(this.#db);
      return (await fingerprint(this.#db)) === this.#first.clean;
    } catch {
      return false;
    }
  }
}

/** From the image that the build made; one that cannot be loaded is as good as none. */
const begin = async (pglite: PGliteClass, extensions: Extensions): Promise<{ db: PGlite; image: Image }> => {
  const shipped = await shippedImage();
  if (shipped !== undefined) {
    const db = await loaded({ pglite, extensions, image: shipped }).catch(() => undefined);
    if (db) return { db, image: shipped };
  }
  const db = await pglite.create({ extensions });
  const image = await db.dumpDataDir('none');
  return { db: await ready(db), image };
};

const loaded = async ({ pglite, extensions, image }: Omit<First, 'clean'>): Promise<PGlite> =>
  ready(await pglite.create({ loadDataDir: image, extensions }));

const ready = async (db: PGlite): Promise<PGlite> => {
  await db.exec(LOAD_PLPGSQL);
  await clean(db);
  return db;
};

const clean = async (db: PGlite): Promise<void> => {
  for (const statement of CLEAN) await db.exec(statement);
};

const fingerprint = async (db: PGlite): Promise<string> => {
  const { rows } = await db.query<{ fingerprint: string }>(FINGERPRINT_SQL);
  return rows[0]?.fingerprint ?? 'no answer';
};
