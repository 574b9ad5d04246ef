import type { SqlToken } from './sql-tokens.js';
import { columnIn, type SqlColumn, type SqlReference, type SqlTable } from './sql-table.js';
import { Cursor, namesIn } from './statements.js';

const SECOND = new Map([
  ['double', ['precision']],
  ['character', ['varying']],
  ['char', ['varying']],
  ['bit', ['varying']],
  ['national', ['character', 'varchar', 'char']],
  ['long', ['text', 'varchar', 'raw']],
]);

/** What may follow a column's type: it ends a default, too. */
const AFTER = new Set(
  'not null primary unique key default references check generated auto_increment autoincrement identity comment collate constraint on character charset as virtual stored deferrable initially visible invisible storage compression'.split(
    ' ',
  ),
);

const typeOf = (cursor: Cursor): string => {
  const first = (cursor.name() ?? '').toLowerCase();
  const second = SECOND.get(first)?.find((word) => cursor.accept(word));
  return second === undefined ? first : `${first} ${second}`;
};

const zoneOf = (cursor: Cursor): void => {
  if (cursor.accept('with', 'time', 'zone') || cursor.accept('without', 'time', 'zone')) return;
  cursor.accept('with', 'local', 'time', 'zone');
};

const listMark = (cursor: Cursor): boolean => {
  if (cursor.accept('array')) return true;
  let isList = false;
  while (cursor.acceptSign('[')) {
    while (!cursor.done && !cursor.acceptSign(']')) cursor.next();
    isList = true;
  }
  return isList;
};

const ends = (token: SqlToken | undefined, stop: string | undefined): boolean =>
  token?.kind === 'word' && (AFTER.has(token.text.toLowerCase()) || token.text.toLowerCase() === stop);

const expression = (cursor: Cursor, stop?: string): readonly SqlToken[] => {
  const found: SqlToken[] = [];
  while (!cursor.done) {
    if (found.length > 0 && ends(cursor.peek(), stop)) break;
    const group = cursor.group();
    const next = group ? undefined : cursor.next();
    found.push(...(group ?? []), ...(next ? [next] : []));
  }
  return found;
};

const REST = ['set', 'null', 'no', 'action', 'deferrable', 'initially', 'deferred', 'immediate', 'cascade', 'restrict'];

/** `ON DELETE CASCADE` and whatever else follows a reference. */
const onDeleteOf = (cursor: Cursor): string => {
  let action = '';
  for (let goes = true; goes;) {
    if (cursor.accept('on', 'delete')) action = (cursor.peek()?.text ?? '').toLowerCase();
    goes = cursor.accept('on', 'update') || cursor.accept('match') ? cursor.next() !== undefined : acceptOne(cursor);
  }
  return action;
};

const acceptOne = (cursor: Cursor): boolean => REST.some((word) => cursor.accept(word));

const targetAt = (cursor: Cursor): Pick<SqlReference, 'target' | 'schema'> => {
  const schema = cursor.qualifier();
  return { target: cursor.name() ?? '', ...(schema === undefined ? {} : { schema }) };
};

interface Reading {
  readonly table: SqlTable;
  readonly column: SqlColumn;
  readonly cursor: Cursor;
}

type Part = (reading: Reading) => void;

const PARTS: readonly (readonly [readonly string[], Part])[] = [
  [['not', 'null'], ({ column }) => void (column.notNull = true)],
  [['null'], () => undefined],
  [['primary', 'key'], ({ table, column }) => void (table.primaryKey = [column.name])],
  [['unique', 'key'], ({ column }) => void (column.isUnique = true)],
  [['unique'], ({ column }) => void (column.isUnique = true)],
  [['default'], ({ column, cursor }) => void (column.default = expression(cursor))],
  [['comment'], ({ column, cursor }) => void (column.comment = cursor.next()?.text ?? '')],
  [['constraint'], ({ cursor }) => void cursor.name()],
  [['collate'], ({ cursor }) => void cursor.name()],
  [['character', 'set'], ({ cursor }) => void cursor.name()],
  [['on', 'update'], ({ cursor }) => void expression(cursor)],
  [
    ['references'],
    ({ table, column, cursor }) => {
      const line = cursor.line;
      const target = targetAt(cursor);
      cursor.group();
      table.references.push({ line, columns: [column.name], ...target, onDelete: onDeleteOf(cursor) });
    },
  ],
  [
    ['check'],
    ({ table, cursor }) => {
      const line = cursor.line;
      table.checks.push({ line, tokens: cursor.group() ?? [] });
    },
  ],
  [['generated', 'by', 'default', 'as', 'identity'], ({ cursor }) => void cursor.group()],
  [
    ['generated', 'always', 'as'],
    ({ column, cursor }) => {
      if (!cursor.accept('identity')) column.isComputed = true;
      cursor.group();
    },
  ],
  [
    ['as'],
    ({ column, cursor }) => {
      column.isComputed = cursor.group() !== undefined || column.isComputed;
    },
  ],
  [['identity'], ({ cursor }) => void cursor.group()],
];

const readParts = (reading: Reading): void => {
  const { cursor } = reading;
  while (!cursor.done) {
    const part = PARTS.find(([words]) => cursor.accept(...words));
    if (part) part[1](reading);
    else if (cursor.group() === undefined) cursor.next();
  }
};

/** Reads one column of `CREATE TABLE` or `ADD COLUMN` into its table. A column without a type (SQLite) has an empty one. */
export const readColumn = (table: SqlTable, tokens: readonly SqlToken[]): void => {
  const cursor = new Cursor(tokens);
  const line = cursor.line;
  const name = cursor.name();
  if (name === undefined) return;
  const column: SqlColumn = { name, line, ...typed(cursor), notNull: false, isUnique: false, isComputed: false };
  table.columns.push(column);
  readParts({ table, column, cursor });
};

const typed = (cursor: Cursor): Pick<SqlColumn, 'type' | 'args' | 'isList' | 'isUnsigned'> => {
  const isUntyped = cursor.done || (ends(cursor.peek(), undefined) && !cursor.sees('character'));
  const type = isUntyped ? '' : typeOf(cursor);
  const args = cursor.group() ?? [];
  zoneOf(cursor);
  const isUnsigned = cursor.accept('unsigned');
  return { type, args, isUnsigned, isList: listMark(cursor) };
};

const KEYWORDS = ['primary', 'unique', 'foreign', 'check', 'exclude', 'default'];

/** Kinds of a table's constraints by their first words; each reads on behind them. */
const CONSTRAINTS: readonly (readonly [readonly string[], (table: SqlTable, cursor: Cursor, line: number) => void])[] =
  [
    [
      ['primary', 'key'],
      (table, cursor) => {
        keyWords(cursor);
        table.primaryKey = namesIn(cursor.group() ?? []);
      },
    ],
    [
      ['unique'],
      (table, cursor, line) => {
        keyWords(cursor);
        table.uniques.push({ line, columns: namesIn(cursor.group() ?? []) });
      },
    ],
    [
      ['foreign', 'key'],
      (table, cursor, line) => {
        readForeignKey(table, cursor, line);
      },
    ],
    [['check'], (table, cursor, line) => void table.checks.push({ line, tokens: cursor.group() ?? [] })],
    [
      ['default'],
      (table, cursor) => {
        const value = cursor.group() ?? expression(cursor, 'for');
        const column = cursor.accept('for') ? columnIn(table, cursor.name() ?? '') : undefined;
        if (column) column.default = value;
      },
    ],
  ];

/** Reads a constraint of a table, named or not. False: it is of a kind that is not read. */
export const readConstraint = (table: SqlTable, cursor: Cursor): boolean => {
  const line = cursor.line;
  const isUnnamed = (): boolean => KEYWORDS.some((word) => cursor.sees(word));
  if (cursor.accept('constraint') && !isUnnamed()) cursor.name();
  const found = CONSTRAINTS.find(([words]) => cursor.accept(...words));
  found?.[1](table, cursor, line);
  return found !== undefined;
};

/** `UNIQUE KEY name USING BTREE (…)`, `PRIMARY KEY CLUSTERED (…)`. */
const keyWords = (cursor: Cursor): void => {
  while (!cursor.done && !cursor.seesSign('(')) cursor.next();
};

const readForeignKey = (table: SqlTable, cursor: Cursor, line: number): void => {
  keyWords(cursor);
  const columns = namesIn(cursor.group() ?? []);
  cursor.accept('references');
  const target = targetAt(cursor);
  cursor.group();
  table.references.push({ line, columns, ...target, onDelete: onDeleteOf(cursor) });
};
