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

const byStatement = async (
  session: PgSession,
  file: TextFile,
  statements: readonly Statement[],
): Promise<Finding[]> => {
  const failures: Finding[] = [];
  for (const statement of statements) {
    const ran = await runOne(session, file.path, statement);
    failures.push(...ran.failures);
    if (!ran.isSound) return failures;
    if (failures.length >= ENOUGH) break;
  }
  const last = statements.at(-1);
  return last ? [...failures, ...(await atEnd(session, file, last))] : failures;
};

const CONTROL = /^(?:begin|start|commit|end|rollback|abort|savepoint|release|prepare)\b/i;

/** `BEGIN; …; COMMIT;` and no transaction word between: sent whole it either happens or leaves no trace. */
const isOneTransaction = (statements: readonly Statement[]): boolean => {
  const inside = statements.slice(1, -1);
  return (
    /^begin$/i.test(statements[0]?.sql ?? '') &&
    /^commit$/i.test(statements.at(-1)?.sql ?? '') &&
    inside.every(({ sql }) => !CONTROL.test(sql) && !/^copy\b/i.test(sql))
  );
};

/** Three times as fast as one by one. False: it failed and was rolled back, so that going one by one can tell where. */
const atOnce = async (session: PgSession, statements: readonly Statement[]): Promise<boolean> => {
  const failure = await session.exec(statements.map(({ sql }) => `${sql};`).join('\n'));
  if (failure === undefined) return (await session.isSound()) && !(await isOpen(session));
  await session.exec('ROLLBACK');
  return false;
};

/** Runs a script as psql does and tells every failed statement with its line. Never throws for what the script does. */
export const runScript = async (session: PgSession, file: TextFile): Promise<ScriptResult> => {
  const statements = splitStatements(file.text);
  const isDone = isOneTransaction(statements) && (await atOnce(session, statements));
  const failures = isDone ? [] : await byStatement(session, file, statements);
  return { statements: statements.length, failures };
};

/** Asking after each plain CREATE would double the cost; asked at the end in any case. */
const mayBreak = (statement: Statement): boolean => !/^(create|alter|comment|insert|grant|set)\b/i.test(statement.sql);
