import { readColumn, readConstraint } from './read-column.js';
import { CONSTRAINTS, leave, tableNamed, type Reading } from './script-reading.js';
import { columnIn, newTable, sameName, type SqlColumn, type SqlTable } from './sql-table.js';
import type { SqlToken } from './sql-tokens.js';
import { Cursor, listed } from './statements.js';

/** What `ALTER TABLE` says of a table that is there. */
export const alterTable = (reading: Reading): void => {
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

interface Altering {
  readonly reading: Reading;
  readonly table: SqlTable;
  readonly cursor: Cursor;
  /** Says that this action is not read. */
  away(): void;
}

type Action = (altering: Altering) => void;

const alterPart = (reading: Reading, table: SqlTable, action: readonly SqlToken[]): void => {
  const cursor = new Cursor(action);
  const away = (): void => {
    leave({ ...reading, statement: action }, 'unread');
  };
  cursor.accept('with', 'check');
  cursor.accept('with', 'nocheck');
  if (cursor.sees('constraint')) return added({ reading, table, cursor, away }); // SQL Server: ADD CONSTRAINT a …, CONSTRAINT b …
  const found = ACTIONS.find(([words]) => cursor.accept(...words));
  if (found) found[1]({ reading, table, cursor, away });
  else if (!QUIET.test(cursor.peek()?.text ?? '')) away();
};

/** A partition that was made as a table of its own holds rows of the other. */
const attached: Action = ({ reading, cursor }) => {
  const { schema } = reading;
  const name = cursor.name();
  const at = schema.tables.findIndex((table) => name !== undefined && sameName(table.name, name));
  if (at >= 0) schema.tables.splice(at, 1);
  schema.partitions.add((name ?? '').toLowerCase());
  leave(reading, 'partition');
};

const added: Action = ({ table, cursor, away }) => {
  if (cursor.accept('column')) cursor.accept('if', 'not', 'exists');
  else if (CONSTRAINTS.some((word) => cursor.sees(word))) return void (readConstraint(table, cursor) || away());
  else if (['key', 'index', 'fulltext', 'spatial'].some((word) => cursor.sees(word))) return;
  const inner = cursor.group();
  readColumn(table, inner ?? cursor.rest());
};

const altered: Action = ({ table, cursor, away }) => {
  cursor.accept('column');
  const name = cursor.peek();
  const column = columnIn(table, cursor.name() ?? '');
  if (!column || !name) return away();
  if (filledIn(column, cursor)) return;
  if (retypes(cursor)) redefined(table, column, [name, ...cursor.rest()]);
  else if (!cursor.sees('add') && !cursor.sees('set')) away();
};

/** Whether it says what may be left empty, or what is filled in then. */
const filledIn = (column: SqlColumn, cursor: Cursor): boolean => {
  if (cursor.accept('set', 'not', 'null')) column.notNull = true;
  else if (cursor.accept('drop', 'not', 'null')) column.notNull = false;
  else if (cursor.accept('set', 'default')) column.default = cursor.rest();
  else if (cursor.accept('drop', 'default')) delete column.default;
  else return false;
  return true;
};

/** `TYPE integer`, `SET DATA TYPE integer`; SQL Server says the type at once: `ALTER COLUMN total money`. */
const retypes = (cursor: Cursor): boolean =>
  cursor.accept('set', 'data', 'type') ||
  cursor.accept('type') ||
  !['set', 'drop', 'add', 'restart'].some((word) => cursor.sees(word));

/** The column as these tokens say it, in its old place; what they do not say stays. */
const redefined = (table: SqlTable, old: SqlColumn, tokens: readonly SqlToken[]): void => {
  const scratch = newTable(table);
  readColumn(scratch, tokens);
  const [column] = scratch.columns;
  if (!column) return;
  const { type, args, isList, isUnsigned } = column.type === '' ? old : column;
  renameColumn(table, old, column.name);
  table.columns.splice(table.columns.indexOf(old), 1, {
    ...old,
    ...column,
    ...{ type, args, isList, isUnsigned },
    notNull: column.notNull || old.notNull,
    isUnique: column.isUnique || old.isUnique,
  });
};

const changed: Action = ({ table, cursor, away }) => {
  cursor.accept('column');
  const column = columnIn(table, cursor.name() ?? '');
  if (column) redefined(table, column, cursor.rest());
  else away();
};

/** `MODIFY name type` of MySQL, `MODIFY (name type, …)` of Oracle. */
const modified: Action = ({ table, cursor, away }) => {
  cursor.accept('column');
  for (const tokens of listed(cursor.group() ?? cursor.rest())) {
    const column = columnIn(table, tokens[0]?.text ?? '');
    if (column) redefined(table, column, tokens);
    else away();
  }
};

const dropped: Action = ({ table, cursor, away }) => {
  if (['constraint', 'index', 'key', 'primary', 'foreign', 'check'].some((word) => cursor.sees(word))) return away();
  cursor.accept('column');
  cursor.accept('if', 'exists');
  const column = columnIn(table, cursor.name() ?? '');
  if (!column) return away();
  const isKept = ({ columns }: { readonly columns: readonly string[] }): boolean =>
    !columns.some((name) => sameName(name, column.name));
  table.columns.splice(table.columns.indexOf(column), 1);
  table.uniques = table.uniques.filter(isKept);
  table.references = table.references.filter(isKept);
  table.primaryKey = table.primaryKey.filter((name) => !sameName(name, column.name));
};

const renamed: Action = ({ reading, table, cursor, away }) => {
  if (['constraint', 'index', 'key'].some((word) => cursor.sees(word))) return;
  if (cursor.accept('to') || cursor.accept('as')) return renameTable(reading, table, cursor.name());
  cursor.accept('column');
  const column = columnIn(table, cursor.name() ?? '');
  const name = cursor.accept('to') ? cursor.name() : undefined;
  if (!column || name === undefined) return away();
  renameColumn(table, column, name);
};

const renameColumn = (table: SqlTable, column: SqlColumn, name: string): void => {
  const afresh = (one: string): string => (sameName(one, column.name) ? name : one);
  table.primaryKey = table.primaryKey.map(afresh);
  table.uniques = table.uniques.map((unique) => ({ ...unique, columns: unique.columns.map(afresh) }));
  table.references = table.references.map((one) => ({ ...one, columns: one.columns.map(afresh) }));
  for (const check of table.checks)
    check.tokens = check.tokens.map((token) =>
      token.kind === 'text' ? token : { ...token, text: afresh(token.text) },
    );
  column.name = name;
};

/** References to the old name follow; a table that was dropped before gives its name away. */
const renameTable = ({ schema }: Reading, table: SqlTable, name: string | undefined): void => {
  if (name === undefined) return;
  const old = table.name;
  for (const other of schema.tables)
    other.references = other.references.map((one) => (sameName(one.target, old) ? { ...one, target: name } : one));
  table.name = name;
};

const ACTIONS: readonly (readonly [readonly string[], Action])[] = [
  [['attach', 'partition'], attached],
  [['alter'], altered],
  [['add'], added],
  [['modify'], modified],
  [['change'], changed],
  [['drop'], dropped],
  [['rename'], renamed],
];

/** `DROP TABLE a, b`: of a table that was made before; a script that drops all it made only tidies up, and keeps them. */
export const dropTables = ({ schema, cursor }: Reading): void => {
  cursor.accept('if', 'exists');
  for (const part of listed(cursor.rest())) {
    const table = tableNamed(schema, new Cursor(part).name());
    if (table) schema.dropped.push(...schema.tables.splice(schema.tables.indexOf(table), 1));
  }
};
