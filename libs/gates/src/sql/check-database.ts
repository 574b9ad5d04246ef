import type { Finding } from '@squados/contracts';
import type { CheckReport, DatabaseInput, DatabaseReport, Migration, TextFile } from '../pool/job.js';
import { count, reportOf } from '../pool/report.js';
import type { Catalog } from './catalog.js';
import { compareCatalogs } from './compare-catalogs.js';
import { PgSession } from './pg-session.js';
import { readCatalog } from './read-catalog.js';
import { runScript } from './run-script.js';

const error = (path: string, rule: string, message: string): Finding => ({ path, rule, severity: 'error', message });

interface Loaded {
  readonly report: CheckReport;
  readonly catalog?: Catalog;
}

const tally = (catalog: Catalog): string => {
  const columns = catalog.tables.reduce((sum, table) => sum + table.columns.length, 0);
  const keys = catalog.tables.flatMap((table) => table.constraints).filter((c) => c.kind === 'foreign key').length;
  return `${count(catalog.tables.length, 'table')}, ${count(columns, 'column')}, ${count(keys, 'foreign key')}`;
};

const load = async (session: PgSession, file: TextFile): Promise<Loaded> => {
  const { statements, failures } = await runScript(session, file);
  const what = `${file.path} in PostgreSQL, ${count(statements, 'statement')}`;
  if (statements === 0)
    return {
      report: reportOf(what, [
        error(file.path, 'empty', 'the file holds no statement: write the CREATE TABLE statements'),
      ]),
    };
  if (failures.length > 0) return { report: reportOf(what, failures) };
  const catalog = await readCatalog(session);
  return { report: reportOf(`${what}, ${tally(catalog)}`, []), catalog };
};

const runAll = async (session: PgSession, files: readonly TextFile[]): Promise<readonly Finding[]> => {
  for (const file of files) {
    const { failures } = await runScript(session, file);
    if (failures.length > 0) return failures;
  }
  return [];
};

const remains = (catalog: Catalog, last: Migration): Finding[] => {
  const empty = { tables: [], enums: [], others: [] };
  const left = compareCatalogs({ name: 'nothing', catalog: empty }, { name: 'all migrations down', catalog });
  const shown = left.filter((line) => !/^(column|constraint|index) /.test(line));
  return shown.map((line) => error(last.down?.path ?? last.up.path, 'not-reversed', line));
};

const differences = (path: string, left: Named, right: Named): Finding[] =>
  compareCatalogs(left, right).map((line) => error(path, 'different-catalog', line));

type Named = { readonly name: string; readonly catalog: Catalog };

const snapshot = async (session: PgSession, name: string): Promise<Named> => ({
  name,
  catalog: await readCatalog(session),
});

/** What a round of migrations is checked with: the steps taken and the first findings that stop it. */
class Round {
  readonly findings: Finding[] = [];
  readonly #session: PgSession;
  readonly #last: Migration;

  constructor(session: PgSession, last: Migration) {
    this.#session = session;
    this.#last = last;
  }

  /** Runs files; false once one failed, and then nothing further is worth running. */
  async run(files: readonly TextFile[]): Promise<boolean> {
    const failures = await runAll(this.#session, files);
    this.findings.push(...failures);
    return failures.length === 0;
  }

  expectSame(left: Named, right: Named): void {
    this.findings.push(...differences(this.#last.up.path, left, right));
  }

  /** False when something is left after all migrations went down. */
  expectEmpty({ catalog }: Named): boolean {
    const left = remains(catalog, this.#last);
    this.findings.push(...left);
    return left.length === 0;
  }
}

const upFiles = (migrations: readonly Migration[]): TextFile[] => migrations.map((m) => m.up);
const downFiles = (migrations: readonly Migration[]): TextFile[] =>
  [...migrations].reverse().flatMap((m) => (m.down ? [m.down] : []));

/** From nothing: up must make what schema.sql makes, down must leave nothing, up again must make the same. */
const upDownUp = async (session: PgSession, round: Round, { migrations, schema }: Chain): Promise<void> => {
  if (!(await round.run(upFiles(migrations)))) return;
  const first = await snapshot(session, 'all migrations');
  if (schema) round.expectSame(schema, first);
  if (!(await round.run(downFiles(migrations)))) return;
  if (!round.expectEmpty(await snapshot(session, 'all migrations down'))) return;
  if (!(await round.run(upFiles(migrations)))) return;
  round.expectSame({ ...first, name: 'the first up' }, await snapshot(session, 'the second up'));
};

/** Without the earlier migrations: from schema.sql down to what was before, up to schema.sql again, and down to the same as before. */
const downUpDown = async (session: PgSession, round: Round, { migrations, schema }: Chain): Promise<void> => {
  if (!schema) return;
  if (!(await round.run(downFiles(migrations)))) return;
  const before = await snapshot(session, 'the first down');
  if (!(await round.run(upFiles(migrations)))) return;
  round.expectSame(schema, await snapshot(session, 'down and up'));
  if (!(await round.run(downFiles(migrations)))) return;
  round.expectSame(before, await snapshot(session, 'the second down'));
};

interface Chain {
  readonly migrations: readonly Migration[];
  readonly schema: Named | undefined;
}

const ordinal = (migration: Migration | undefined): number => Number(/^\d+/.exec(migration?.name ?? '')?.[0] ?? 1);

/** Does the chain begin at the beginning? A card may hold its own migration only, which then cannot start from nothing. */
const startsAtFirst = (migrations: readonly Migration[]): boolean => ordinal(migrations[0]) <= 1;

const wayBackMissing = (migrations: readonly Migration[]): Finding[] =>
  migrations
    .filter((m) => !m.down)
    .map((m) => error(m.up.path, 'no-down', `no ${m.name}.down.sql beside it: write the way back`));

const gaps = (migrations: readonly Migration[]): Finding[] =>
  migrations.flatMap((m, i) => {
    const before = migrations[i - 1];
    const [number, expected] = [ordinal(m), ordinal(before) + 1];
    return before && number !== expected
      ? [
          error(
            m.up.path,
            'gap',
            `migration ${number} follows ${ordinal(before)}: ${expected} is missing or numbered twice`,
          ),
        ]
      : [];
  });

const describe = (migrations: readonly Migration[], schema: Named | undefined): string => {
  const how = startsAtFirst(migrations)
    ? `up, down and up again${schema ? ', compared with schema.sql' : ''}`
    : 'down from schema.sql, up and down again (the earlier ones are not among the files)';
  return `${count(migrations.length, 'migration')} ${how}`;
};

/** What forbids running them at all. */
const formalFaults = ({ migrations, schema }: Chain, last: Migration): Finding[] => {
  const noBase = startsAtFirst(migrations) || schema ? [] : [error(last.up.path, 'no-base', NO_BASE)];
  return [...wayBackMissing(migrations), ...gaps(migrations), ...noBase];
};

const NO_BASE = 'the earlier migrations are not among the files and schema.sql does not load: nothing to start from';

const checkMigrations = async (session: PgSession, chain: Chain): Promise<CheckReport | undefined> => {
  const last = chain.migrations.at(-1);
  if (!last) return undefined;
  const what = describe(chain.migrations, chain.schema);
  const formal = formalFaults(chain, last);
  if (formal.length > 0) return reportOf(what, formal);
  const round = new Round(session, last);
  await (startsAtFirst(chain.migrations) ? upDownUp : downUpDown)(session, round, chain);
  return reportOf(what, round.findings);
};

const checkBoth = async (session: PgSession, { schema: file, migrations }: DatabaseInput): Promise<DatabaseReport> => {
  const loaded: Partial<Loaded> = file ? await load(session, file) : {};
  const { report: loadReport, catalog } = loaded;
  // A chain without its beginning starts from what schema.sql has just made; any other from nothing.
  if (file && startsAtFirst(migrations)) await session.reset();
  const report = await checkMigrations(session, { migrations, schema: catalog && { name: 'schema.sql', catalog } });
  return {
    ...(loadReport && { load: loadReport }),
    ...(catalog && { catalog }),
    ...(report && { migrations: report }),
  };
};

/** The two database checks in one session, which is empty before and after. */
export const checkDatabase = async (session: PgSession, input: DatabaseInput): Promise<DatabaseReport> => {
  try {
    return await checkBoth(session, input);
  } finally {
    await session.reset();
  }
};

let shared: Promise<PgSession> | undefined;

/** Opens the worker's one session on first use; a failed start is tried again by the next job. */
export const prepareDatabaseCheck = async (): Promise<(input: DatabaseInput) => Promise<DatabaseReport>> => {
  shared ??= PgSession.open();
  const session = await shared.catch((cause: unknown) => {
    shared = undefined;
    throw cause;
  });
  return (input) => checkDatabase(session, input);
};
