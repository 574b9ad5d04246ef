import type { FieldModel, FieldType } from '@squados/contracts';
import type { Json, JsonObject } from '../shared/service-plan.js';
import { pyNumber, pyString, pyValue } from './python-text.js';

/** Bodies that a sample has at most. */
export const BODIES = 3;

interface Bounds {
  readonly min: number;
  readonly max: number;
}

const bound = (schema: JsonObject, key: string): number | undefined => {
  const value = schema[key];
  return typeof value === 'number' ? value : undefined;
};

const textBounds = (schema: JsonObject): Bounds => ({
  min: bound(schema, 'minLength') ?? 0,
  max: bound(schema, 'maxLength') ?? 255,
});

const numberBounds = (schema: JsonObject): Bounds => {
  const [min, max] = [bound(schema, 'minimum'), bound(schema, 'maximum')];
  return { min: min ?? Math.min(0, max ?? 0), max: max ?? Math.max(1_000, (min ?? 0) + 1_000) };
};

const MAX_WORD = 24;
/** A text of the allowed length that ends in the number. */
const word = (field: FieldModel, schema: JsonObject, n: number): string => {
  const { min, max } = textBounds(schema);
  const label = (field.label.normalize('NFD').match(/[A-Za-z ]+/g) ?? ['x']).join('').trim().slice(0, MAX_WORD) || 'x';
  const number = String(n + 1);
  return `${label} `.padEnd(min - number.length, 'x').slice(0, Math.max(0, max - number.length)) + number;
};

/** The first of the texts that fits; the shortest when none does. */
const fitting = (schema: JsonObject, texts: readonly string[]): string => {
  const { min, max } = textBounds(schema);
  return texts.find((t) => t.length >= min && t.length <= max) ?? texts.at(-1) ?? '';
};

const wholeNumber = (schema: JsonObject, n: number): number => {
  const { min, max } = numberBounds(schema);
  const first = Math.ceil(min <= 1 && max >= BODIES ? Math.max(1, min) : min);
  return Math.min(first + n, Math.floor(max));
};

const fraction = (schema: JsonObject, n: number): number => {
  const { min, max } = numberBounds(schema);
  return Number((min + ((max - min) * (n + 1)) / (BODIES + 1)).toPrecision(6));
};

const VALUES: Readonly<Record<FieldType, (field: FieldModel, schema: JsonObject, n: number) => Json>> = {
  string: word,
  text: word,
  integer: (_f, schema, n) => wholeNumber(schema, n),
  decimal: (_f, schema, n) => fraction(schema, n),
  boolean: (_f, _s, n) => n % 2 === 0,
  date: (_f, _s, n) => `2030-01-${15 + n}`,
  datetime: (_f, _s, n) => `2030-01-15T09:30:0${n}Z`,
  time: (_f, _s, n) => `09:30:0${n}Z`,
  uuid: (_f, _s, n) => `3f2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5${n}`,
  email: (_f, schema, n) => fitting(schema, [`person${n}@example.org`, `a${n}@b.co`]),
  url: (_f, schema, n) => fitting(schema, [`https://example.org/${n}`, `urn:${n}`]),
  json: (_f, _s, n) => [n],
  enum: (field, _s, n) => field.values?.[n % Math.max(1, field.values.length)] ?? '',
};

/** A value that the contract accepts; the next `n` gives another one where there is room for it. */
export const sampleValue = (field: FieldModel, schema: JsonObject, n: number): Json =>
  VALUES[field.type](field, schema, n);

/** How many bodies can differ in every field that must be unique: at least one. */
export const bodiesFor = (unique: readonly (readonly [FieldModel, JsonObject])[]): number => {
  const room = unique.map(([field, schema]) => {
    const values = Array.from({ length: BODIES }, (_, n) => JSON.stringify(sampleValue(field, schema, n)));
    return values.findIndex((value, n) => values.indexOf(value) !== n);
  });
  return Math.min(BODIES, ...room.filter((n) => n >= 0));
};

/** Values at the bounds, as Python: the contract takes them. */
export const acceptedValues = (field: FieldModel, schema: JsonObject): readonly string[] => {
  if (field.type === 'string' || field.type === 'text') {
    const { min, max } = textBounds(schema);
    return [min, max].map((length) => (length <= 1 ? pyString('x'.repeat(length)) : `"x" * ${length}`));
  }
  if (field.type === 'integer' || field.type === 'decimal') return limits(schema).map(pyNumber);
  if (field.type === 'enum') return (field.values ?? []).map(pyString);
  return field.required ? [] : ['None'];
};

const limits = (schema: JsonObject): readonly number[] =>
  ['minimum', 'maximum'].flatMap((key) => bound(schema, key) ?? []);

const WRONG: Readonly<Record<FieldType, readonly string[]>> = {
  string: ['7', '"\\x00"'],
  text: ['7', '"\\x00"'],
  integer: ['"1"', 'True', '1.5'],
  decimal: ['"1"', 'True'],
  boolean: ['"true"', '1'],
  date: ['"2030-02-30"', '"15/01/2030"', '20300115'],
  datetime: ['"2030-01-15"', '"2030-01-15T09:30:00"'],
  time: ['"09:30"', '"25:00:00Z"'],
  uuid: ['"x"', '7'],
  email: ['"nobody"', '7'],
  url: ['"nowhere"', '7'],
  json: ['"text"', '7'],
  enum: ['"no such value"', '7'],
};

const beyondNumber = (schema: JsonObject): readonly string[] => {
  const [min, max] = [bound(schema, 'minimum'), bound(schema, 'maximum')];
  return [...(min === undefined ? [] : [pyNumber(min - 1)]), ...(max === undefined ? [] : [pyNumber(max + 1)])];
};

const beyondText = (schema: JsonObject): readonly string[] => {
  const [min = 0, max] = [bound(schema, 'minLength'), bound(schema, 'maxLength')];
  const short = min === 0 ? [] : [min === 1 ? '""' : `"x" * ${min - 1}`];
  return [...short, ...(max === undefined ? [] : [`"x" * ${max + 1}`])];
};

const beyond = (field: FieldModel, schema: JsonObject): readonly string[] => {
  if (field.type === 'integer' || field.type === 'decimal') return beyondNumber(schema);
  return field.type === 'string' || field.type === 'text' ? beyondText(schema) : [];
};

/** Values that the contract refuses, as Python. */
export const refusedValues = (field: FieldModel, schema: JsonObject): readonly string[] => [
  ...beyond(field, schema),
  ...WRONG[field.type],
  ...(field.required ? ['None'] : []),
];

/** What is answered for a field that was left out. */
export const absentValue = (field: FieldModel, initial: string | undefined): string =>
  initial === undefined ? pyValue(field.default ?? null) : pyString(initial);
