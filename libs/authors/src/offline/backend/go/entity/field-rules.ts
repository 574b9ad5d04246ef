import type { FieldModel } from '@squados/contracts';
import { goString } from '../naming/go-text.js';
import type { GoColumn } from './go-entity.js';

const SHORT_TEXT = 255;
const LONG_TEXT = 10_000;
const LIMITS: Partial<Record<FieldModel['type'], number>> = {
  string: SHORT_TEXT,
  text: LONG_TEXT,
  email: 254,
  url: 2048,
};

/** Least and most characters that the contract allows a text. */
export const lengthOf = (field: FieldModel): { readonly least: number; readonly most: number } => ({
  least: Math.max(0, Math.ceil(field.min ?? (field.required ? 1 : 0))),
  most: Math.floor(field.max ?? LIMITS[field.type] ?? LONG_TEXT),
});

const isText = (field: FieldModel): boolean => LIMITS[field.type] !== undefined;

const EXPONENT = /e/i;
/** A number of the model as Go and decimal parsers read it. */
export const numberText = (value: number): string =>
  EXPONENT.test(String(value)) ? BigInt(Math.trunc(value)).toString() : String(value);

const decimalLiteral = (value: number): string => `field.Must(field.ParseDecimal("${numberText(value)}"))`;

const integerRules = (field: FieldModel, type: string): readonly string[] => [
  ...(field.min === undefined ? [] : [`field.Min[${type}](${numberText(Math.ceil(field.min))})`]),
  ...(field.max === undefined ? [] : [`field.Max[${type}](${numberText(Math.floor(field.max))})`]),
];
const decimalRules = (field: FieldModel): readonly string[] => [
  ...(field.min === undefined ? [] : [`field.MinDecimal(${decimalLiteral(field.min)})`]),
  ...(field.max === undefined ? [] : [`field.MaxDecimal(${decimalLiteral(field.max)})`]),
];
const textRules = (field: FieldModel): readonly string[] => {
  const { least, most } = lengthOf(field);
  const format = field.type === 'email' ? ['field.Email()'] : field.type === 'url' ? ['field.URL()'] : [];
  return [`field.Length(${least}, ${most})`, ...format];
};

/** The Go function that lists an enum's values. */
export const valuesFunction = (type: string): string => `${type.charAt(0).toLowerCase()}${type.slice(1)}Values`;

/** The rules that a column's value must keep, as Go expressions. */
export const rulesOf = (column: GoColumn): readonly string[] => {
  if (!('field' in column.of)) return [];
  const { field } = column.of;
  if (column.enum) return [`field.OneOf(${valuesFunction(column.enum.type)}())`];
  if (isText(field)) return textRules(field);
  if (field.type === 'integer') return integerRules(field, column.type);
  if (field.type === 'decimal') return decimalRules(field);
  return field.type === 'datetime' ? ['field.Moment()'] : [];
};

const parsedDefault = (field: FieldModel): string | undefined => {
  const text = goString(String(field.default));
  const shape = PARSED[field.type];
  return shape?.[0].test(String(field.default)) ? `field.Must(${shape[1]}(${text}))` : undefined;
};
const PARSED: Partial<Record<FieldModel['type'], readonly [RegExp, string]>> = {
  date: [/^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])$/, 'field.ParseDate'],
  time: [/^(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/, 'field.ParseClock'],
  uuid: [/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'uuid.Parse'],
};

const DEFAULTS: Partial<Record<FieldModel['type'], (field: FieldModel) => string | undefined>> = {
  integer: ({ default: value }) =>
    typeof value === 'number' && Number.isInteger(value) ? numberText(value) : undefined,
  decimal: ({ default: value }) => (typeof value === 'number' ? decimalLiteral(value) : undefined),
  boolean: ({ default: value }) => (typeof value === 'boolean' ? String(value) : undefined),
};

/** What a field holds when it is left out, as a Go expression; undefined where the model gives nothing that its type can hold. */
export const defaultOf = (column: GoColumn): string | undefined => {
  if (!('field' in column.of) || column.of.field.default === undefined) return undefined;
  const { field } = column.of;
  if (column.enum) return column.enum.values.find((v) => v.value === field.default)?.go;
  if (isText(field)) return goString(String(field.default));
  return DEFAULTS[field.type]?.(field) ?? parsedDefault(field);
};

const reader = (column: GoColumn, fallback: string | undefined): string => {
  if (fallback === undefined) return column.required ? 'Required' : 'Optional';
  return column.required ? 'WithDefault' : 'OptionalWithDefault';
};

/** The Go expression that reads a column from a request's body and checks it. */
export const readExpression = (column: GoColumn): string => {
  const fallback = defaultOf(column);
  const rules = rulesOf(column);
  const args = ['checks', `"${column.name}"`, ...(fallback === undefined ? [] : [fallback]), ...rules];
  return `field.${reader(column, fallback)}[${column.type}](${args.join(', ')})`;
};
