import type { SqlToken } from './sql-tokens.js';

/** A column as its statement says it; nothing is interpreted yet. */
export interface SqlColumn {
  readonly name: string;
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
  readonly onDelete: string;
}

export interface SqlCheck {
  readonly line: number;
  readonly tokens: readonly SqlToken[];
}

/** A table as the whole script leaves it. */
export interface SqlTable {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  comment?: string;
  readonly columns: SqlColumn[];
  primaryKey: readonly string[];
  readonly uniques: { readonly line: number; readonly columns: readonly string[] }[];
  readonly references: SqlReference[];
  readonly checks: SqlCheck[];
}

export const newTable = (name: string, file: string, line: number): SqlTable => ({
  name,
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
