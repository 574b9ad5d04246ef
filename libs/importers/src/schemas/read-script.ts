import type { LeftOut, LeftWhy } from './given-schema.js';
import { readColumn, readConstraint } from './read-column.js';
import { cleanScript } from './script-lines.js';
import { columnIn, newTable, sameName, type SqlTable } from './sql-table.js';
import { sqlTokens, type SqlToken } from './sql-tokens.js';
import { Cursor, listed, namesIn, statementsOf, type Statement } from './statements.js';

/** Everything that scripts define, as they leave it. */
export interface SqlSchema {
  readonly tables: SqlTable[];
  /** Words of enumerated types, by the type's name in lower case. */
  readonly enums: Map<string, readonly string[]>;
  /** What a domain stands for, by its name in lower case. */
  readonly domains: Map<string, readonly SqlToken[]>;
  readonly left: LeftOut[];
  /** Names of tables that turned out to be partitions of others. */
  readonly partitions: Set<string>;
  database?: string;
}

export const newSchema = (): SqlSchema => ({
  tables: [],
  enums: new Map(),
  domains: new Map(),
  left: [],
  partitions: new Set(),
});

interface Reading {
  readonly schema: SqlSchema;
  readonly file: string;
  readonly statement: Statement;
  readonly cursor: Cursor;
}

const tableNamed = (schema: SqlSchema, name: string | undefined): SqlTable | undefined =>
  name === undefined ? undefined : schema.tables.find((table) => sameName(table.name, name));

const HEAD_WORDS = 5;
const MAX_HEAD = 80;
/** How a statement begins, for people: `CREATE VIEW public.sales`. */
const headOf = (statement: Statement): string => {
  const end = statement.findIndex((token, i) => i > 0 && token.kind === 'sign' && token.text !== '.');
  const said = statement.slice(0, end < 0 ? HEAD_WORDS * 3 : end).map((token) => token.text);
  const words = said.join(' ').replaceAll(' . ', '.').split(' ');
  return words.slice(0, HEAD_WORDS).join(' ').slice(0, MAX_HEAD);
};

const leave = ({ schema, file, statement }: Reading, why: LeftWhy): void => {
  schema.left.push({ file, line: statement[0]?.line ?? 1, what: headOf(statement), why });
};

const opensList = (token: SqlToken | undefined): boolean => token?.kind === 'sign' && token.text === '(';

/** `KEY name (column)` of MySQL; a column may be called `key` too, and then has a type: `key varchar(20)`. */
const isIndexPart = ([first, second, third, fourth]: readonly SqlToken[]): boolean =>
  isWord(first, /^(key|index|fulltext|spatial)$/i) &&
  (opensList(second) || second?.kind === 'name' || isWord(second, /^(key|index|using)$/i) || namesList(third, fourth));

const isWord = (token: SqlToken | undefined, word: RegExp): boolean => token?.kind === 'word' && word.test(token.text);
const namesList = (third: SqlToken | undefined, fourth: SqlToken | undefined): boolean =>
  opensList(third) && fourth?.kind !== 'number';

const CONSTRAINTS = ['constraint', 'primary', 'unique', 'foreign', 'check', 'default'];

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
  const line = cursor.line;
  const name = cursor.name();
  if (name === undefined) return leave(reading, 'unread');
  if (cursor.sees('partition', 'of')) return leave(reading, 'partition');
  const isClosed = cursor.closes();
  const body = cursor.group();
  if (body === undefined) return leave(reading, 'unread');
  if (!isClosed) leave(reading, 'unclosed');
  if (tableNamed(schema, name)) return leave(reading, 'twice');
  const table = newTable(name, file, line);
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

const alterTable = (reading: Reading): void => {
  const { schema, cursor } = reading;
  if (cursor.accept('if', 'exists')) cursor.accept('only');
  cursor.accept('only');
  const name = cursor.name() ?? '';
  const table = tableNamed(schema, name);
  const actions = listed(cursor.rest());
  if (schema.partitions.has(name.toLowerCase())) return;
  if (table) for (const action of actions) alterPart(reading, table, action);
  else if (!actions.every(([first]) => QUIET.test(first?.text ?? ''))) leave(reading, 'unread');
};

/** Ownership, statistics, sequences: what an `ALTER TABLE` may say that no design holds. */
const QUIET =
  /^(owner|enable|disable|cluster|set|reset|replica|no|inherit|attach|modify|engine|auto_increment|comment|force|validate|with|check|nocheck)$/i;

const alterPart = (reading: Reading, table: SqlTable, action: readonly SqlToken[]): void => {
  const cursor = new Cursor(action);
  const away = (): void => {
    leave({ ...reading, statement: action }, 'unread');
  };
  cursor.accept('with', 'check');
  cursor.accept('with', 'nocheck');
  if (cursor.accept('attach', 'partition')) return attached(reading, cursor.name());
  if (cursor.accept('alter')) return altered(table, cursor, away);
  const isMore = cursor.sees('constraint'); // SQL Server: ADD CONSTRAINT a …, CONSTRAINT b …
  if (cursor.accept('add') || isMore) return added(table, cursor, away);
  if (!QUIET.test(cursor.peek()?.text ?? '')) away();
};

/** A partition that was made as a table of its own holds rows of the other. */
const attached = (reading: Reading, name: string | undefined): void => {
  const { schema } = reading;
  const at = schema.tables.findIndex((table) => name !== undefined && sameName(table.name, name));
  if (at >= 0) schema.tables.splice(at, 1);
  schema.partitions.add((name ?? '').toLowerCase());
  leave(reading, 'partition');
};

const added = (table: SqlTable, cursor: Cursor, away: () => void): void => {
  if (cursor.accept('column')) cursor.accept('if', 'not', 'exists');
  else if (CONSTRAINTS.some((word) => cursor.sees(word))) return void (readConstraint(table, cursor) || away());
  else if (['key', 'index', 'fulltext', 'spatial'].some((word) => cursor.sees(word))) return;
  const inner = cursor.group();
  readColumn(table, inner ?? cursor.rest());
};

const altered = (table: SqlTable, cursor: Cursor, away: () => void): void => {
  cursor.accept('column');
  const column = columnIn(table, cursor.name() ?? '');
  if (!column) return away();
  if (cursor.accept('set', 'not', 'null')) column.notNull = true;
  else if (cursor.accept('set', 'default')) column.default = cursor.rest();
  else if (!cursor.sees('add') && !cursor.sees('set')) away();
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
  ...['function', 'procedure', 'trigger', 'rule', 'event', 'aggregate', 'constraint trigger'].map(
    (w) => [`create ${w}`, left('program')] as const,
  ),
  ...(
    'set reset begin commit start end lock unlock drop select pragma analyze vacuum print go alter show do if rollback exec' +
    ' prompt spool whenever declare call'
  )
    .split(' ')
    .map((w) => [w, nothing] as const),
];

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
  const said = `${words.join(' ')} `;
  const [start, handle] = HANDLERS.find(([begins]) => said.startsWith(`${begins} `)) ?? UNREAD;
  const cursor = new Cursor(statement.slice(start.split(' ').length + noise));
  handle({ schema, file, statement, cursor });
};
const UNREAD = ['', left('unread')] as const;

/** Reads one script into the schema; a later script may alter what an earlier one made. */
export const readScript = (schema: SqlSchema, file: string, text: string): void => {
  const { sql, left: away } = cleanScript(text);
  schema.left.push(...away.map((one) => ({ ...one, file })));
  for (const statement of statementsOf(sqlTokens(sql))) readStatement(schema, file, statement);
};
