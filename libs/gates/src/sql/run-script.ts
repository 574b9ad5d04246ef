import type { Finding } from '@squados/contracts';
import type { TextFile } from '../pool/job.js';
import { clip, oneLine } from '../pool/report.js';
import type { PgSession, SqlFailure } from './pg-session.js';
import { lineAt, splitStatements, type Statement } from './split-statements.js';

export interface ScriptResult {
  readonly statements: number;
  readonly failures: readonly Finding[];
}

/** After so many failed statements the rest tells nothing new. */
const ENOUGH = 20;
/** The transaction is aborted already: a consequence, not a cause. */
const IN_FAILED_TRANSACTION = '25P02';
const SHOWN = 160;

const finding = (path: string, statement: Statement, failure: SqlFailure): Finding => ({
  path,
  line: lineAt(statement, failure.position),
  rule: failure.code ?? 'sql',
  severity: 'error',
  message: clip(
    [`${failure.message} in: ${clip(oneLine(statement.sql), SHOWN)}`, failure.detail, failure.hint]
      .filter(Boolean)
      .join(' · '),
    700,
  ),
});

const broken = (path: string, statement: Statement): Finding => ({
  path,
  line: statement.line,
  rule: 'engine-stopped',
  severity: 'error',
  message: `PostgreSQL stopped answering after: ${clip(oneLine(statement.sql), SHOWN)}. Take this statement out: a schema has no programs to run and no files to read.`,
});

const leftOpen = (file: TextFile, last: Statement): Finding => ({
  path: file.path,
  line: last.line,
  rule: 'open-transaction',
  severity: 'error',
  message: 'the file leaves a transaction open or aborted: nothing of it would be kept. End it with COMMIT.',
});

const isOpen = async (session: PgSession): Promise<boolean> => {
  // Outside a transaction block, SAVEPOINT is refused with 25P01.
  const failure = await session.exec('SAVEPOINT left_open');
  return failure?.code !== '25P01';
};

/** One statement: its failure, and whether the engine survived it. */
const runOne = async (
  session: PgSession,
  path: string,
  statement: Statement,
): Promise<{ failures: Finding[]; isSound: boolean }> => {
  const failure = await session.exec(statement.sql);
  const counts = failure !== undefined && failure.code !== IN_FAILED_TRANSACTION;
  const failures = counts ? [finding(path, statement, failure)] : [];
  if (!mayBreak(statement) || (await session.isSound())) return { failures, isSound: true };
  return { failures: [...failures, broken(path, statement)], isSound: false };
};

const atEnd = async (session: PgSession, file: TextFile, last: Statement): Promise<Finding[]> => {
  if (!(await session.isSound())) return [broken(file.path, last)];
  return (await isOpen(session)) ? [leftOpen(file, last)] : [];
};

/** Runs a script statement by statement, as psql does, and tells every failure with its line. Never throws for what the script does. */
export const runScript = async (session: PgSession, file: TextFile): Promise<ScriptResult> => {
  const statements = splitStatements(file.text);
  const failures: Finding[] = [];
  for (const statement of statements) {
    const ran = await runOne(session, file.path, statement);
    failures.push(...ran.failures);
    if (!ran.isSound) return { statements: statements.length, failures };
    if (failures.length >= ENOUGH) break;
  }
  const last = statements.at(-1);
  if (last) failures.push(...(await atEnd(session, file, last)));
  return { statements: statements.length, failures };
};

/** Asking after each plain CREATE would double the cost; asked at the end in any case. */
const mayBreak = (statement: Statement): boolean => !/^(create|alter|comment|insert|grant|set)\b/i.test(statement.sql);
