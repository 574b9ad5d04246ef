import type { FieldType } from '@squados/contracts';
import type { GivenColumn, GivenLink, GivenTable, LeftWhy } from './given-schema.js';
import { choiceType, typeOf, type ColumnType } from './column-type.js';
import { defaultValue } from './default-value.js';
import { checksOf, type ColumnCheck } from './read-check.js';
import type { SqlSchema } from './script-reading.js';
import type { SqlToken } from './sql-tokens.js';
import { columnIn, sameName, type SqlColumn, type SqlReference, type SqlTable } from './sql-table.js';

export type Note = (line: number, what: string, why: LeftWhy) => void;

interface Planning {
  readonly schema: SqlSchema;
  readonly table: SqlTable;
  readonly note: Note;
  readonly checks: readonly ColumnCheck[];
}

/** What every row of ours has already, under these names. */
const OWN: ReadonlyMap<string, RegExp> = new Map([
  ['created_at', /^(datetime|date)$/],
  ['updated_at', /^(datetime|date)$/],
  ['version', /^integer$/],
]);
const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

const isOwn = (name: string, { type }: ColumnType): boolean => OWN.get(snake(name))?.test(type) === true;

const singleReference = (table: SqlTable, column: SqlColumn): SqlReference | undefined =>
  table.references.find((reference) => isAlone(reference.columns, column));

const targetOf = (
  { schema, table }: Pick<Planning, 'schema' | 'table'>,
  reference?: SqlReference,
): SqlTable | undefined => {
  const target = reference && schema.tables.find((other) => isNamed(other, reference));
  return target === table && isOwnKey(table, reference) ? undefined : target;
};

const isNamed = (table: SqlTable, { target, schema }: SqlReference): boolean =>
  sameName(table.name, target) && (!schema || !table.schema || sameName(table.schema, schema));

/** A key that refers to itself says nothing: the table that is meant is one of the same name elsewhere (`users` to `auth.users`). */
const isOwnKey = ({ primaryKey }: SqlTable, reference: SqlReference | undefined): boolean =>
  primaryKey.length === 1 && reference?.columns.length === 1 && sameName(primaryKey.join(), reference.columns.join());

const inKey = (table: SqlTable, column: SqlColumn): boolean =>
  table.primaryKey.some((name) => sameName(name, column.name));

/** The column that our own key takes the place of: a number or a UUID that only tells rows apart. */
const keyColumn = ({ schema, table }: Planning): SqlColumn | undefined => {
  const [name, ...more] = table.primaryKey;
  const column = name === undefined || more.length > 0 ? undefined : columnIn(table, name);
  if (!column || targetOf({ schema, table }, singleReference(table, column))) return undefined;
  return KEYS.has(typeOf(column, schema)?.type ?? 'json') ? column : undefined;
};
const KEYS: ReadonlySet<FieldType> = new Set(['integer', 'uuid', 'decimal']);

const isAlone = (columns: readonly string[], column: SqlColumn): boolean =>
  columns.length === 1 && columns.every((name) => sameName(name, column.name));

const isUnique = (table: SqlTable, column: SqlColumn): boolean =>
  column.isUnique ||
  isAlone(table.primaryKey, column) ||
  table.uniques.some((unique) => isAlone(unique.columns, column));

const isRequired = ({ table, checks }: Planning, column: SqlColumn): boolean =>
  column.notNull ||
  inKey(table, column) ||
  checks.some((check) => check.isNotNull === true && sameName(check.column, column.name));

const TEXTS: ReadonlySet<FieldType> = new Set(['string', 'text', 'enum']);
const NUMBERS: ReadonlySet<FieldType> = new Set(['integer', 'decimal']);

/** A column's type with what the table's checks say of it. */
const checkedType = ({ checks }: Planning, column: SqlColumn, type: ColumnType): ColumnType => {
  const own = checks.filter((check) => sameName(check.column, column.name));
  const choice = TEXTS.has(type.type) ? choiceType(own.find((check) => check.values)?.values ?? []) : undefined;
  if (choice) return choice;
  if (!NUMBERS.has(type.type)) return type;
  return { ...type, ...boundsOf([type, ...(type.type === 'integer' ? own.map(narrowed) : own)]) };
};

/** Above 0 is from 1 on among whole numbers. */
const narrowed = ({ min, max, isStrict }: ColumnCheck): Pick<ColumnCheck, 'min' | 'max'> => {
  const step = isStrict ? 1 : 0;
  return {
    ...(min === undefined ? {} : { min: Math.floor(min) + step }),
    ...(max === undefined ? {} : { max: Math.ceil(max) - step }),
  };
};

/** The narrowest of several bounds. */
const boundsOf = (all: readonly Pick<ColumnType, 'min' | 'max'>[]): Pick<ColumnType, 'min' | 'max'> => {
  const min = all.flatMap((one) => one.min ?? []);
  const max = all.flatMap((one) => one.max ?? []);
  return {
    ...(min.length > 0 ? { min: Math.max(...min) } : {}),
    ...(max.length > 0 ? { max: Math.min(...max) } : {}),
  };
};

const fits = (value: string | number | boolean, { type, values, min, max }: ColumnType): boolean => {
  if (values) return typeof value === 'string' && values.includes(value);
  const size = NUMBERS.has(type) ? Number(value) : String(value).length;
  return size >= (min ?? -Infinity) && size <= (max ?? Infinity);
};

interface Default {
  readonly value?: string | number | boolean;
  /** The database makes it up, or takes nothing for it: clients need not send it. */
  readonly isMade: boolean;
}

const defaultOf = ({ note, table }: Planning, column: SqlColumn, type: ColumnType): Default => {
  if (!column.default) return { isMade: false };
  const value = defaultValue(column.default, type.type);
  if (value === null) return { isMade: false };
  if (value === '') return { isMade: true };
  if (value !== undefined && fits(value, type)) return { value, isMade: false };
  note(column.line, `${table.name}.${column.name}`, 'default');
  return { isMade: true };
};

const columnOf = (planning: Planning, column: SqlColumn): GivenColumn | undefined => {
  const { schema, table, note } = planning;
  const what = `${table.name}.${column.name}`;
  const told = column.isComputed ? undefined : typeOf(column, schema);
  if (!told) return void note(column.line, what, column.isComputed ? 'computed' : 'binary');
  if (isOwn(column.name, told)) return undefined;
  if (told.isGuess) note(column.line, `${what} ${column.type}`.trim(), 'type');
  return describedColumn(planning, column, checkedType(planning, column, told));
};

const describedColumn = (planning: Planning, column: SqlColumn, type: ColumnType): GivenColumn => {
  const { value, isMade } = defaultOf(planning, column, type);
  return {
    name: column.name,
    line: column.line,
    type: type.type,
    required: isRequired(planning, column) && !isMade && !type.isEmptiable,
    ...(isUnique(planning.table, column) ? { unique: true } : {}),
    ...boundsOf([type]),
    ...(type.values ? { values: type.values } : {}),
    ...(value === undefined ? {} : { default: value }),
    ...(column.comment ? { comment: column.comment } : {}),
  };
};

const linkOf = (planning: Planning, column: SqlColumn): GivenLink | undefined => {
  const { table, note } = planning;
  const reference = singleReference(table, column);
  const target = targetOf(planning, reference);
  if (!reference || !target) return undefined;
  const required = isRequired(planning, column);
  const what = `${table.name}.${column.name}`;
  if (isUnique(table, column)) note(column.line, what, 'unique-link');
  if (reference.onDelete === 'set' && required) note(reference.line, what, 'on-delete');
  return {
    column: column.name,
    line: column.line,
    target: target.name,
    required,
    onDelete: onDeleteOf(reference, required),
    ...(column.comment ? { comment: column.comment } : {}),
  };
};

const onDeleteOf = ({ onDelete }: SqlReference, required: boolean): GivenLink['onDelete'] => {
  if (onDelete === 'cascade') return 'cascade';
  return onDelete === 'set' && !required ? 'set-null' : 'restrict';
};

/** What of a table's own constraints no single column can tell. */
const noteKeys = ({ schema, table, note }: Planning): void => {
  if (table.primaryKey.length > 1) note(table.line, `${table.name} (${table.primaryKey.join(', ')})`, 'key');
  for (const unique of table.uniques)
    if (unique.columns.length > 1)
      note(unique.line, `${table.name} (${unique.columns.join(', ')})`, 'composite-unique');
  for (const reference of table.references) {
    const owner = reference.schema === undefined ? '' : `${reference.schema}.`;
    const what = `${table.name} (${reference.columns.join(', ')}) → ${owner}${reference.target}`;
    if (reference.columns.length > 1) note(reference.line, what, 'composite-reference');
    else if (!targetOf({ schema, table }, reference)) note(reference.line, what, 'lost-reference');
  }
};

const MAX_EXCERPT = 80;
const excerpt = (tokens: readonly SqlToken[]): string =>
  tokens
    .map(({ text }) => text)
    .join(' ')
    .replace(/([<>!]) (?=[=>])/g, '$1')
    .slice(0, MAX_EXCERPT);

/** What a check says of columns that hold it; of a number with places behind the point, a bound belongs to it. */
const isHeld = (schema: SqlSchema, column: SqlColumn | undefined, check: ColumnCheck): boolean =>
  column !== undefined && !(check.isStrict && typeOf(column, schema)?.type !== 'integer');

const readChecks = (schema: SqlSchema, table: SqlTable, note: Note): readonly ColumnCheck[] =>
  table.checks.flatMap((check) => {
    const found = checksOf(check.tokens);
    const isWhole = found?.every((one) => isHeld(schema, columnIn(table, one.column), one));
    if (!isWhole) note(check.line, `${table.name}: ${excerpt(check.tokens)}`, 'check');
    return found ?? [];
  });

const once = (table: SqlTable, note: Note): readonly SqlColumn[] =>
  table.columns.filter((column) => {
    if (columnIn(table, column.name) === column) return true;
    note(column.line, `${table.name}.${column.name}`, 'twice');
    return false;
  });

/** A table as the design has it; what the design can't hold is noted. */
export const planTable = (schema: SqlSchema, table: SqlTable, note: Note): GivenTable => {
  const planning: Planning = { schema, table, note, checks: readChecks(schema, table, note) };
  noteKeys(planning);
  const key = keyColumn(planning);
  const rest = once(table, note).filter((column) => column !== key);
  const links = rest.flatMap((column) => linkOf(planning, column) ?? []);
  const linked = new Set(links.map((link) => link.column));
  const columns = rest.filter((c) => !linked.has(c.name)).flatMap((column) => columnOf(planning, column) ?? []);
  if (columns.length === 0 && links.length < 2) note(table.line, table.name, 'no-column');
  return {
    name: table.name,
    file: table.file,
    line: table.line,
    ...(table.comment ? { comment: table.comment } : {}),
    ...(key ? { key: key.name } : {}),
    columns,
    links,
  };
};
