import type { LeftOut, LeftWhy } from './given-schema.js';
import { sameName, type SqlTable } from './sql-table.js';
import type { SqlToken } from './sql-tokens.js';
import type { Cursor, Statement } from './statements.js';

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
  /** Tables that a later statement dropped. */
  readonly dropped: SqlTable[];
  database?: string;
}

export const newSchema = (): SqlSchema => ({
  tables: [],
  enums: new Map(),
  domains: new Map(),
  left: [],
  partitions: new Set(),
  dropped: [],
});

/** One statement, and where it is read into. */
export interface Reading {
  readonly schema: SqlSchema;
  readonly file: string;
  readonly statement: Statement;
  readonly cursor: Cursor;
}

export const tableNamed = (schema: SqlSchema, name: string | undefined): SqlTable | undefined =>
  name === undefined ? undefined : schema.tables.find((table) => sameName(table.name, name));

const HEAD_WORDS = 5;
const MAX_HEAD = 80;
/** How a statement begins, for people: `CREATE VIEW public.sales`. */
export const headOf = (statement: Statement): string => {
  const end = statement.findIndex((token, i) => i > 0 && token.kind === 'sign' && token.text !== '.');
  const said = statement.slice(0, end < 0 ? HEAD_WORDS * 3 : end).map((token) => token.text);
  const words = said
    .join(' ')
    .replaceAll(' . ', '.')
    .replace(/ if not exists| if exists/i, '')
    .split(' ');
  return words.slice(0, HEAD_WORDS).join(' ').slice(0, MAX_HEAD);
};

export const leave = ({ schema, file, statement }: Reading, why: LeftWhy): void => {
  schema.left.push({ file, line: statement[0]?.line ?? 1, what: headOf(statement), why });
};

/** Words that a constraint of a table begins with. */
export const CONSTRAINTS = ['constraint', 'primary', 'unique', 'foreign', 'check', 'default'];
