import type { LeftWhy } from './given-schema.js';
import { alterTable, dropTables } from './alter-table.js';
import { readColumn, readConstraint } from './read-column.js';
import { cleanScript } from './script-lines.js';
import { CONSTRAINTS, headOf, leave, tableNamed, type Reading, type SqlSchema } from './script-reading.js';
import { columnIn, newTable, type SqlTable } from './sql-table.js';
import { sqlTokens, type SqlToken } from './sql-tokens.js';
import { Cursor, listed, namesIn, statementsOf, type Statement } from './statements.js';

const opensList = (token: SqlToken | undefined): boolean => token?.kind === 'sign' && token.text === '(';

/** `KEY name (column)` of MySQL; a column may be called `key` too, and then has a type: `key varchar(20)`. */
const isIndexPart = ([first, second, third, fourth]: readonly SqlToken[]): boolean =>
  isWord(first, /^(key|index|fulltext|spatial)$/i) &&
  (opensList(second) || second?.kind === 'name' || isWord(second, /^(key|index|using)$/i) || namesList(third, fourth));

const isWord = (token: SqlToken | undefined, word: RegExp): boolean => token?.kind === 'word' && word.test(token.text);
const namesList = (third: SqlToken | undefined, fourth: SqlToken | undefined): boolean =>
  opensList(third) && fourth?.kind !== 'number';

const readPart = (reading: Reading, table: SqlTable, part: readonly SqlToken[]): void => {
  const cursor = new Cursor(part);
  const { schema, file } = reading;
  const away = (why: LeftWhy): void =>
    void schema.left.push({ file, line: part[0]?.line ?? 1, what: `${table.name}: ${headOf(part)}`, why });
  if (isIndexPart(part)) return away('index');
  if (cursor.sees('like') || cursor.sees('exclude') || cursor.sees('period')) return away('unread');
  if (CONSTRAINTS.some((word) => cursor.sees(word))) return void (readConstraint(table, cursor) || away('unread'));
  readColumn(table, part);
};

const createTable = (reading: Reading): void => {
  const { schema, file, cursor } = reading;
  cursor.accept('if', 'not', 'exists');
  const place = { file, line: cursor.line, schema: cursor.qualifier() };
  const name = cursor.name();
  if (name === undefined) return leave(reading, 'unread');
  if (cursor.sees('partition', 'of')) return leave(reading, 'partition');
  const isClosed = cursor.closes();
  const body = cursor.group();
  if (body === undefined) return leave(reading, 'unread');
  if (!isClosed) leave(reading, 'unclosed');
  if (tableNamed(schema, name)) return leave(reading, 'twice');
  const table = newTable({ name, ...place });
  schema.tables.push(table);
  for (const part of listed(body)) readPart(reading, table, part);
  const said = commentIn(cursor.rest());
  if (said !== undefined) table.comment = said;
};

/** `ENGINE=InnoDB COMMENT='…'` behind a table of MySQL. */
const commentIn = (tokens: readonly SqlToken[]): string | undefined => {
  const at = tokens.findIndex((token) => token.kind === 'word' && /^comment$/i.test(token.text));
  return at < 0 ? undefined : tokens.slice(at + 1).find((token) => token.kind === 'text')?.text;
};

const createType = (reading: Reading): void => {
  const { schema, cursor } = reading;
  const name = cursor.name() ?? '';
  if (!cursor.accept('as', 'enum')) return leave(reading, 'unread');
  const words = (cursor.group() ?? []).filter((token) => token.kind === 'text').map((token) => token.text);
  schema.enums.set(name.toLowerCase(), words);
};

const createDomain = ({ schema, cursor }: Reading): void => {
  const name = cursor.name() ?? '';
  cursor.accept('as');
  schema.domains.set(name.toLowerCase(), cursor.rest());
};

/** A unique index is a unique constraint; one with a condition or an expression is not. */
const uniqueIndex = (reading: Reading): void => {
  const { schema, cursor } = reading;
  const line = cursor.line;
  while (!cursor.done && !cursor.accept('on')) cursor.next();
  cursor.accept('only');
  const table = tableNamed(schema, cursor.name());
  if (cursor.accept('using')) cursor.next();
  const columns = indexed(cursor);
  if (table && columns.length > 0 && columns.every((name) => columnIn(table, name)))
    table.uniques.push({ line, columns });
  else leave(reading, 'index');
};

/** Plain columns of an index; none where it has a condition or an expression. */
const indexed = (cursor: Cursor): readonly string[] => {
  const tokens = cursor.group() ?? [];
  return cursor.sees('where') || tokens.some(opensList) ? [] : namesIn(tokens);
};

/** `a.b.c IS`: its last two names, the last one first. */
const pathAt = (cursor: Cursor): readonly [last: string, before: string] => {
  const names: string[] = [];
  while (!cursor.done && !cursor.accept('is')) {
    const token = cursor.next();
    if (token && token.kind !== 'sign') names.push(token.text);
  }
  return [names.at(-1) ?? '', names.at(-2) ?? ''];
};

const commentOn = ({ schema, cursor }: Reading): void => {
  const isColumn = cursor.accept('column');
  if (!isColumn && !cursor.accept('table')) return;
  const [last, before] = pathAt(cursor);
  const table = tableNamed(schema, isColumn ? before : last);
  const holder = isColumn && table ? columnIn(table, last) : table;
  const [text] = cursor.rest().filter((token) => token.kind === 'text');
  if (holder && text) holder.comment = text.text;
};

const useDatabase = ({ schema, cursor }: Reading): void => {
  cursor.accept('if', 'not', 'exists');
  const name = cursor.name();
  if (name !== undefined) schema.database ??= name;
};

type Handler = (reading: Reading) => void;
const nothing: Handler = () => undefined;
const left =
  (why: LeftWhy): Handler =>
  (reading) => {
    leave(reading, why);
  };

/** By their first words, the longer ones first. */
const HANDLERS: readonly (readonly [string, Handler])[] = [
  ['create table', createTable],
  ['alter table', alterTable],
  ['drop table', dropTables],
  ['create type', createType],
  ['create domain', createDomain],
  ['create unique index', uniqueIndex],
  ['create unique clustered index', uniqueIndex],
  ['create index', left('index')],
  ['create view', left('view')],
  ['create materialized view', left('view')],
  ['create database', useDatabase],
  ['create schema', nothing],
  ['create extension', nothing],
  ['create sequence', nothing],
  ['use', useDatabase],
  ['comment on', commentOn],
  ...['insert', 'update', 'delete', 'replace', 'merge', 'copy', 'truncate', 'values'].map(
    (w) => [w, left('rows')] as const,
  ),
  ...['grant', 'revoke', 'create role', 'create user', 'alter default', 'create policy'].map(
    (w) => [w, left('rights')] as const,
  ),
  ...['function', 'procedure', 'trigger', 'rule', 'event', 'aggregate', 'constraint trigger', 'package'].map(
    (w) => [`create ${w}`, left('program')] as const,
  ),
  ...(
    'set reset begin commit start end lock unlock drop select pragma analyze vacuum print go alter show if rollback exec' +
    ' prompt spool whenever declare call exit quit'
  )
    .split(' ')
    .map((w) => [w, nothing] as const),
];

const MADE = /^(?:create (?:table|type|domain)|alter table) /;

/** `DO $$ BEGIN CREATE TYPE … EXCEPTION …`: what it makes unless it is there is made like anything else. */
const doBlock: Handler = ({ schema, file, statement }) => {
  const body = statement.find(({ kind, text }) => kind === 'text' && text.startsWith('$'));
  const inner = sqlTokens(body?.text.replace(/^\$\w*\$|\$\w*\$$/g, '') ?? '');
  const moved = inner.map((token) => ({ ...token, line: token.line + (body?.line ?? 1) - 1 }));
  for (const one of statementsOf(moved)) if (MADE.test(saidBy(opening(one)[0]))) readStatement(schema, file, one);
};

const saidBy = (words: readonly string[]): string => `${words.join(' ')} `;

/** Words between `CREATE` and what is created. */
const BETWEEN =
  /^(or|replace|temp|temporary|unlogged|global|local|foreign|external|definer|algorithm|sql|security|invoker|undefined|force|editionable|recursive)$/i;

const isNoise = (token: SqlToken, words: readonly string[]): boolean =>
  words.length === 1 && words[0] === 'create' && (token.kind !== 'word' || BETWEEN.test(token.text));

const opening = (statement: Statement): readonly [words: readonly string[], noise: number] => {
  const words: string[] = [];
  let noise = 0;
  for (const token of statement.slice(0, 16)) {
    if (isNoise(token, words)) noise += 1;
    else words.push(token.text.toLowerCase());
    if (words.length === 3) break;
  }
  return [words, noise];
};

const readStatement = (schema: SqlSchema, file: string, statement: Statement): void => {
  const [words, noise] = opening(statement);
  const said = saidBy(words);
  const [start, handle] = [...HANDLERS, DO].find(([begins]) => said.startsWith(`${begins} `)) ?? UNREAD;
  const cursor = new Cursor(statement.slice(start.split(' ').length + noise));
  handle({ schema, file, statement, cursor });
};
const UNREAD = ['', left('unread')] as const;
const DO = ['do', doBlock] as const;

/** Reads one script into the schema; a later script may alter what an earlier one made. */
export const readScript = (schema: SqlSchema, file: string, text: string): void => {
  const { sql, left: away } = cleanScript(text);
  schema.left.push(...away.map((one) => ({ ...one, file })));
  for (const statement of statementsOf(sqlTokens(sql))) readStatement(schema, file, statement);
};
