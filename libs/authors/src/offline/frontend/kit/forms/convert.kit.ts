import type { KitFile } from '../kit-file.js';

export const formsConvert: KitFile = {
  path: 'src/forms/convert.ts',
  text: `import { parseNumber } from './rules';

/** Any JSON object or list: what a free-form field of the contract holds. */
export type JsonValue = { readonly [key: string]: unknown } | readonly unknown[];

type Absent = null | undefined;

const orNull =
  <T>(convert: (value: string) => T) =>
  (value: string): T | null =>
    value.trim() === '' ? null : convert(value);

/** From the form to the contract. The rules have passed by then; an empty optional field is \`null\`. */
export const toText = (value: string): string => value.trim();
export const toTextOrNull = orNull(toText);
export const toNumber = (value: string): number => parseNumber(value);
export const toNumberOrNull = orNull(toNumber);
export const toBoolean = (value: string): boolean => value === 'true';
export const toBooleanOrNull = orNull(toBoolean);
/** Local wall clock, as a date-time input gives it → instant in UTC. */
export const toDateTime = (value: string): string => new Date(value).toISOString();
export const toDateTimeOrNull = orNull(toDateTime);
/** \`09:30\` → \`09:30:00Z\`. */
export const toTime = (value: string): string => \`\${value.trim()}:00\`.slice(0, 8).concat('Z');
export const toTimeOrNull = orNull(toTime);
export const toJson = (value: string): JsonValue => JSON.parse(value) as JsonValue;
export const toJsonOrNull = orNull(toJson);

const choice = <T extends string>(value: string, values: readonly T[]): T | undefined =>
  values.find((known) => known === value);

/** A listed value, or the first one when the text is none of them (the rules refuse that before). */
export const toChoice = <T extends string>(value: string, values: readonly [T, ...T[]]): T =>
  choice(value, values) ?? values[0];
export const toChoiceOrNull = <T extends string>(value: string, values: readonly T[]): T | null =>
  choice(value, values) ?? null;

const two = (n: number): string => String(n).padStart(2, '0');

/** From the contract to the form, where what is absent is an empty text. */
export const fromText = (value: string | Absent): string => value ?? '';
export const fromNumber = (value: number | Absent): string =>
  value === null || value === undefined ? '' : String(value);
export const fromBoolean = (value: boolean | Absent): string =>
  value === null || value === undefined ? '' : String(value);
/** Instant → local wall clock, as a date-time input wants it. */
export const fromDateTime = (value: string | Absent): string => {
  if (value === null || value === undefined) return '';
  const at = new Date(value);
  const day = \`\${String(at.getFullYear()).padStart(4, '0')}-\${two(at.getMonth() + 1)}-\${two(at.getDate())}\`;
  const seconds = at.getSeconds() === 0 ? '' : \`:\${two(at.getSeconds())}\`;
  return \`\${day}T\${two(at.getHours())}:\${two(at.getMinutes())}\${seconds}\`;
};
export const fromTime = (value: string | Absent): string => (value ?? '').slice(0, 8);
export const fromJson = (value: JsonValue | Absent): string =>
  value === null || value === undefined ? '' : JSON.stringify(value, null, 2);
`,
};
