import type { FieldType } from '@squados/contracts';
import type { SqlColumn } from './sql-table.js';
import type { SqlSchema } from './script-reading.js';
import { Cursor } from './statements.js';

/** What a column's type amounts to; a text says why nothing can be kept of it. */
export interface ColumnType {
  readonly type: FieldType;
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** The type is not known as such; a text is taken. */
  readonly isGuess?: true;
  /** Its words hold the empty one, which stands for nothing chosen. */
  readonly isEmptiable?: true;
}

/** A choice among words; undefined when none of them says anything. */
export const choiceType = (words: readonly string[]): ColumnType | undefined => {
  const values = [...new Set(words.filter((word) => word.trim() !== ''))];
  if (values.length === 0) return undefined;
  return { type: 'enum', values, ...(words.includes('') ? { isEmptiable: true } : {}) };
};

const types = (type: FieldType, words: string): readonly (readonly [string, FieldType])[] =>
  words.split(' ').map((word) => [word.replaceAll('_', ' '), type]);

const KNOWN = new Map<string, FieldType>([
  ...types(
    'string',
    'varchar character_varying char character char_varying nvarchar nchar varchar2 nvarchar2 bpchar citext name national_varchar national_character national_char inet cidr macaddr interval sysname bit_varying ltree time_zone',
  ),
  ...types('text', 'text clob tinytext mediumtext longtext ntext long long_text long_varchar xml nclob'),
  ...types(
    'integer',
    'int integer bigint smallint tinyint mediumint int2 int4 int8 serial bigserial smallserial serial4 serial8 serial2 year oid',
  ),
  ...types(
    'decimal',
    'numeric decimal dec number float float4 float8 double double_precision real money smallmoney fixed',
  ),
  ...types('boolean', 'boolean bool bit'),
  ...types('date', 'date'),
  ...types('datetime', 'timestamp timestamptz datetime datetime2 smalldatetime datetimeoffset'),
  ...types('time', 'time timetz'),
  ...types('uuid', 'uuid uniqueidentifier'),
  ...types('json', 'json jsonb hstore'),
]);

const BINARY = new Set(
  'bytea blob tinyblob mediumblob longblob binary varbinary image raw long_raw bfile geometry geography point polygon box circle line tsvector tsquery rowversion vector filestream'.split(
    ' ',
  ),
);

/** Longest short text; what may be longer is a text. */
const MAX_SHORT = 10_000;

/** The type of a column; undefined for what no form and no JSON can hold (bytes, shapes, search indexes). */
export const typeOf = (column: SqlColumn, schema: SqlSchema, hops = 0): ColumnType | undefined => {
  const { type } = column;
  if (BINARY.has(type)) return undefined;
  if (column.isList) return { type: 'json' };
  const choice = choiceType(wordsOf(column, schema));
  if (choice) return choice;
  return schema.domains.has(type) && hops < MAX_HOPS ? domainType(column, schema, hops) : plainType(column);
};
const MAX_HOPS = 5;

const plainType = (column: SqlColumn): ColumnType => {
  const known = KNOWN.get(column.type);
  return known === undefined ? { type: 'string', isGuess: true } : sized(column, known);
};

const wordsOf = (column: SqlColumn, schema: SqlSchema): readonly string[] =>
  schema.enums.get(column.type) ?? (column.type === 'enum' ? textsOf(column) : []);

const textsOf = ({ args }: SqlColumn): readonly string[] =>
  args.filter((token) => token.kind === 'text').map((token) => token.text);

const domainType = (column: SqlColumn, schema: SqlSchema, hops: number): ColumnType | undefined => {
  const cursor = new Cursor(schema.domains.get(column.type) ?? []);
  const base = (cursor.name() ?? '').toLowerCase();
  const second = cursor.accept('varying') ? ' varying' : cursor.accept('precision') ? ' precision' : '';
  return typeOf({ ...column, type: `${base}${second}`, args: cursor.group() ?? [] }, schema, hops + 1);
};

const firstNumber = ({ args }: SqlColumn): number | undefined =>
  args[0]?.kind === 'number' ? Number(args[0].text) : undefined;

const sized = (column: SqlColumn, type: FieldType): ColumnType => {
  const size = firstNumber(column);
  if (type === 'string') return shortText(column, size);
  if (column.type === 'bit') return bits(size ?? 1);
  if (column.type === 'tinyint' && size === 1) return { type: 'boolean' };
  return NUMBERS.has(type) ? numberType(column, whole(column, type)) : { type };
};
const NUMBERS: ReadonlySet<FieldType> = new Set(['integer', 'decimal']);

const bits = (size: number): ColumnType => (size > 1 ? { type: 'string', max: size } : { type: 'boolean' });

/** Types of whole numbers that hold more than 32 bits. */
const WIDE = /^(bigint|int8|bigserial|serial8|oid|number|numeric|decimal|dec)$/;

/** What numbers without a sign reach, where JSON can tell them all apart. */
const UNSIGNED: ReadonlyMap<string, number> = new Map([
  ['tinyint', 2 ** 8 - 1],
  ['smallint', 2 ** 16 - 1],
  ['int2', 2 ** 16 - 1],
  ['mediumint', 2 ** 24 - 1],
  ['int', 2 ** 32 - 1],
  ['integer', 2 ** 32 - 1],
  ['int4', 2 ** 32 - 1],
]);

const numberType = (column: SqlColumn, type: FieldType): ColumnType => {
  const most = type === 'integer' ? mostOf(column) : undefined;
  return { type, ...(column.isUnsigned ? { min: 0 } : {}), ...(most === undefined ? {} : { max: most }) };
};

const mostOf = ({ type, isUnsigned }: SqlColumn): number | undefined => {
  const short = isUnsigned ? UNSIGNED.get(type) : undefined;
  return short ?? (isUnsigned || WIDE.test(type) ? Number.MAX_SAFE_INTEGER : undefined);
};

const shortText = (column: SqlColumn, size: number | undefined): ColumnType => {
  if (size === undefined || size === 0) return endless(column);
  return size > MAX_SHORT ? { type: 'text' } : { type: 'string', max: size };
};

/** Oracle writes whole numbers as `NUMBER(10)` or `NUMERIC(10, 0)`. */
const whole = (column: SqlColumn, type: FieldType): FieldType => {
  const scale = column.args[2]?.text;
  const isWhole =
    type === 'decimal' && /^(number|numeric|decimal|dec)$/.test(column.type) && firstNumber(column) !== undefined;
  return isWhole && (scale === undefined || scale === '0') ? 'integer' : type;
};

/** `varchar` without a length holds any text, `char` one character. */
const endless = ({ type }: SqlColumn): ColumnType => {
  if (/^n?char(acter)?$|^national char(acter)?$/.test(type)) return { type: 'string', max: 1 };
  return /varying|varchar|citext/.test(type) ? { type: 'text' } : { type: 'string' };
};
