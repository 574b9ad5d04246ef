import type { SqlToken } from './sql-tokens.js';

/** A column as its statement says it; nothing is interpreted yet. */
export interface SqlColumn {
  name: string;
  readonly line: number;
  /** Lower case, one space between words: `character varying`, `mpaa_rating`. */
  type: string;
  readonly args: readonly SqlToken[];
  readonly isList: boolean;
  readonly isUnsigned: boolean;
  notNull: boolean;
  isUnique: boolean;
  isComputed: boolean;
  default?: readonly SqlToken[];
  comment?: string;
}

export interface SqlReference {
  readonly line: number;
  readonly columns: readonly string[];
  readonly target: string;
  /** Of the table that it names, where it is said: `auth` of `auth.users`. */
  readonly schema?: string;
  readonly onDelete: string;
}

export interface SqlCheck {
  readonly line: number;
  tokens: readonly SqlToken[];
}

/** A table as the whole script leaves it. */
export interface SqlTable {
  name: string;
  readonly schema?: string;
  readonly file: string;
  readonly line: number;
  comment?: string;
  readonly columns: SqlColumn[];
  primaryKey: readonly string[];
  uniques: { readonly line: number; readonly columns: readonly string[] }[];
  references: SqlReference[];
  readonly checks: SqlCheck[];
}

interface Named extends Pick<SqlTable, 'name' | 'file' | 'line'> {
  readonly schema?: string | undefined;
}

/** A table without columns; `schema` is the one that stands before its name. */
export const newTable = ({ name, schema, file, line }: Named): SqlTable => ({
  name,
  ...(schema === undefined ? {} : { schema }),
  file,
  line,
  columns: [],
  primaryKey: [],
  uniques: [],
  references: [],
  checks: [],
});

const fold = (name: string): string => name.toLowerCase();
export const sameName = (a: string, b: string): boolean => fold(a) === fold(b);
export const columnIn = (table: SqlTable, name: string): SqlColumn | undefined =>
  table.columns.find((column) => sameName(column.name, name));
