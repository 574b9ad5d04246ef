import type { FieldKind, FieldView } from './app-model.js';

/** A field's value as the contract carries it, as it stands in a form, and as it is shown in English. */
export interface Sample {
  readonly wire: string | number | boolean | null | readonly unknown[] | { readonly [key: string]: unknown };
  readonly form: string;
  readonly shown: string;
}

const OTHER_ID = '9a1d4e7b-2c3f-4d5e-8f60-1a2b3c4d5e6f';

/** The id of the one row that the tests know of an entity: another one for each. */
export const rowId = (entity: string | undefined): string => {
  const sum = Array.from(entity ?? '').reduce((n, char) => (n * 31 + (char.codePointAt(0) ?? 0)) % 0xffffff, 7);
  return `3f2b8c1e-6a4d-4b7e-9c55-0d1e2f${sum.toString(16).padStart(6, '0')}`;
};

const text = (value: string): Sample => ({ wire: value, form: value, shown: value });

const fitted = (f: FieldView, value: string): string => {
  const min = f.minLength ?? 0;
  const max = f.maxLength ?? Infinity;
  return Array.from(value.padEnd(min, 'x')).slice(0, max).join('').trim().padEnd(min, 'x');
};

const bounds = ({ minimum, maximum }: FieldView): readonly [number, number] => [
  minimum ?? Math.min(1, maximum ?? 1),
  maximum ?? Math.max(100, minimum ?? 100),
];

const grouped = new Intl.NumberFormat('en', { useGrouping: 'min2' as never, maximumFractionDigits: 20 });
const number = (value: number): Sample => ({ wire: value, form: String(value), shown: grouped.format(value) });

const integer = (f: FieldView): Sample => {
  const [low, high] = bounds(f);
  return number(Math.min(Math.ceil(low) + 1, Math.floor(high)));
};

const decimal = (f: FieldView): Sample => {
  const [low, high] = bounds(f);
  return number(Math.min(low + 1.5, high));
};

const SAMPLES: Readonly<Record<FieldKind, (f: FieldView) => Sample>> = {
  string: (f) => text(fitted(f, f.label)),
  text: (f) => text(fitted(f, f.label)),
  integer,
  decimal,
  boolean: () => ({ wire: true, form: 'true', shown: 'Yes' }),
  date: () => ({ wire: '2030-01-15', form: '2030-01-15', shown: 'Jan 15, 2030' }),
  // The project's tests run in São Paulo's time, three hours behind UTC.
  datetime: () => ({ wire: '2030-01-15T12:30:00.000Z', form: '2030-01-15T09:30', shown: 'Jan 15, 2030, 9:30 AM' }),
  time: () => ({ wire: '09:30:00Z', form: '09:30:00', shown: '09:30:00' }),
  uuid: () => text(OTHER_ID),
  email: () => text('ana@example.org'),
  url: () => text('https://example.org/a'),
  json: () => ({ wire: ['a'], form: '[\n  "a"\n]', shown: '["a"]' }),
  enum: (f) => text(f.choice?.values[0] ?? ''),
  relation: (f) => text(rowId(f.target)),
};

const fitsPattern = ({ pattern }: FieldView, value: string): boolean =>
  pattern === undefined || new RegExp(pattern, 'u').test(value);

const DIGITS = '123456789012345678901234567890';
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Texts that a pattern may ask for, when the label is none. */
const candidates = (f: FieldView): readonly string[] => {
  const lengths = [f.maxLength, f.minLength, 11, 14, 8, 7, 6, 5, 4, 3, 2, 1].filter(
    (n): n is number => n !== undefined,
  );
  return lengths.flatMap((n) => [DIGITS.slice(0, n), LETTERS.slice(0, n), LETTERS.slice(26, 26 + n)]);
};

/** A value that the field accepts; undefined where its pattern leaves none that can be found here. */
export const sampleOf = (f: FieldView): Sample | undefined => {
  const first = SAMPLES[f.kind](f);
  if (typeof first.wire !== 'string' || fitsPattern(f, first.wire)) return first;
  const fitting = candidates(f).find((value) => fitsPattern(f, value) && fitted(f, value) === value);
  return fitting === undefined ? undefined : text(fitting);
};

/** A text that breaks one rule of a field, and the violation it gets. */
export interface BadSample {
  readonly form: string;
  readonly violation: { readonly kind: string; readonly limit?: number };
}

const WRONG: Partial<Record<FieldKind, readonly [form: string, kind: string]>> = {
  integer: ['1.5', 'notInteger'],
  decimal: ['many', 'notNumber'],
  date: ['15/01', 'notDate'],
  datetime: ['15/01', 'notDateTime'],
  time: ['25:00', 'notTime'],
  uuid: ['12', 'notUuid'],
  relation: ['12', 'notUuid'],
  email: ['ana@', 'notEmail'],
  url: ['example', 'notUrl'],
  json: ['{', 'notJson'],
  enum: ['no such value', 'notChoice'],
};

const LONGEST = 100_000;
const isTextual = ({ kind }: FieldView): boolean => kind === 'string' || kind === 'text';

const bad = (form: string, kind: string, limit: number): BadSample => ({ form, violation: { kind, limit } });

const lengthLimits = ({ minLength = 0, maxLength = LONGEST }: FieldView): readonly BadSample[] => [
  ...(minLength > 1 ? [bad('x'.repeat(minLength - 1), 'tooShort', minLength)] : []),
  ...(maxLength < LONGEST ? [bad('x'.repeat(maxLength + 1), 'tooLong', maxLength)] : []),
];

/** A number one beyond a limit can be told from it only where JavaScript still counts in ones. */
const isTold = (beyond: number): boolean => Math.abs(beyond) <= Number.MAX_SAFE_INTEGER;

const valueLimits = ({ minimum, maximum }: FieldView): readonly BadSample[] => [
  ...(minimum === undefined || !isTold(minimum - 1) ? [] : [bad(String(minimum - 1), 'tooSmall', minimum)]),
  ...(maximum === undefined || !isTold(maximum + 1) ? [] : [bad(String(maximum + 1), 'tooLarge', maximum)]),
];

const limits = (f: FieldView): readonly BadSample[] => {
  if (isTextual(f)) return lengthLimits(f);
  return isNumeric(f) ? valueLimits(f) : [];
};

export const isNumeric = ({ kind }: FieldView): boolean => kind === 'integer' || kind === 'decimal';

/** Texts that a field refuses, each for its own reason. */
export const badSamples = (f: FieldView): readonly BadSample[] => {
  const wrong = WRONG[f.kind];
  return [
    ...(f.isNullable || f.kind === 'boolean' ? [] : [{ form: '', violation: { kind: 'required' } }]),
    ...(wrong ? [{ form: wrong[0], violation: { kind: wrong[1] } }] : []),
    ...limits(f),
  ];
};

/** Forms take numbers as people type them, without an exponent. */
const isTyped = (text: string): boolean => !text.includes('e');

/** Texts at the very edge of a field's limits, which it accepts. */
export const edgeSamples = (f: FieldView): readonly string[] => {
  if (isNumeric(f))
    return [f.minimum, f.maximum]
      .filter((n) => n !== undefined)
      .map(String)
      .filter(isTyped);
  if (!isTextual(f) || f.pattern !== undefined) return [];
  return [f.minLength ?? 0, f.maxLength ?? 0].filter((n) => n > 0 && n < LONGEST).map((n) => 'x'.repeat(n));
};
