import type { FieldModel } from '@squados/contracts';
import { goString } from '../naming/go-text.js';
import { lengthOf, numberText } from './field-rules.js';
import type { GoColumn } from './go-entity.js';

/** A value that a column takes: as JSON in a request, as Go in a draft, and as an argument of SQL. */
export interface Sample {
  readonly json: string;
  /** Of the column's own type, without the star of an optional one. */
  readonly go: string;
  readonly sql: string;
}

/** Two samples of a column differ wherever its type has room for that. */
export type Variant = 0 | 1;

const IDS = ['3f2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5c', '8a1d2c3b-4e5f-4a6b-8c7d-9e0f1a2b3c4d'] as const;
const DATES = ['2030-01-15', '2031-02-20'] as const;
const CLOCKS = ['09:30:00Z', '18:45:30Z'] as const;
const MOMENTS = ['2030-01-15T09:30:00Z', '2031-02-20T18:45:30Z'] as const;
const DOCUMENTS = ['[]', '{}'] as const;

const same = (text: string): Sample => ({ json: text, go: text, sql: text });
const parsed = (text: string, go: string): Sample => ({ json: JSON.stringify(text), go, sql: goString(text) });

const textOf = (field: FieldModel, variant: Variant): string => {
  const { least, most } = lengthOf(field);
  return ['Sample', 'Other'][variant]?.padEnd(least, 'x').slice(0, most) ?? '';
};

const addressed = (field: FieldModel, variant: Variant): string => {
  const { least, most } = lengthOf(field);
  const mark = variant === 0 ? 'a' : 'b';
  const isEmail = field.type === 'email';
  const text = isEmail ? `${mark}@example.org`.padStart(least, 'a') : `https://example.org/${mark}`.padEnd(least, 'a');
  if (text.length <= most) return text;
  return isEmail ? `${mark}@b` : `a:${mark}`;
};

/** The smallest and the largest number that the model allows, or something near zero and one. */
export const numbersOf = (field: FieldModel): readonly [number, number] => {
  const { max = Infinity } = field;
  const [up, down, usual] = field.type === 'integer' ? [Math.ceil, Math.floor, 1] : [asIs, asIs, 1.5];
  const least = up(field.min ?? Math.min(usual, max));
  return [least, down(Math.min(least + 1, max))];
};
const asIs = (value: number): number => value;

const decimal = (text: string): Sample => ({
  json: text,
  go: `field.Must(field.ParseDecimal("${text}"))`,
  sql: `"${text}"`,
});

const SAMPLES: Readonly<Record<Exclude<FieldModel['type'], 'enum'>, (field: FieldModel, variant: Variant) => Sample>> =
  {
    string: (f, v) => parsed(textOf(f, v), goString(textOf(f, v))),
    text: (f, v) => parsed(textOf(f, v), goString(textOf(f, v))),
    email: (f, v) => parsed(addressed(f, v), goString(addressed(f, v))),
    url: (f, v) => parsed(addressed(f, v), goString(addressed(f, v))),
    integer: (f, v) => same(numberText(numbersOf(f)[v])),
    decimal: (f, v) => decimal(numberText(numbersOf(f)[v])),
    boolean: (_f, v) => same(String(v === 0)),
    date: (_f, v) => parsed(DATES[v], `field.Must(field.ParseDate("${DATES[v]}"))`),
    datetime: (_f, v) => parsed(MOMENTS[v], `field.Must(time.Parse(time.RFC3339, "${MOMENTS[v]}"))`),
    time: (_f, v) => parsed(CLOCKS[v], `field.Must(field.ParseClock("${CLOCKS[v]}"))`),
    uuid: (_f, v) => parsed(IDS[v], `uuid.MustParse("${IDS[v]}")`),
    json: (_f, v) => ({ json: DOCUMENTS[v], go: `field.Document("${DOCUMENTS[v]}")`, sql: `"${DOCUMENTS[v]}"` }),
  };

const choiceOf = ({ enum: held }: GoColumn, variant: Variant): Sample => {
  const chosen = held?.values[variant] ?? held?.values[0] ?? { value: '', go: '""' };
  return { json: JSON.stringify(chosen.value), go: chosen.go, sql: goString(chosen.value) };
};

export const sampleOf = (column: GoColumn, variant: Variant): Sample => {
  if (!('field' in column.of)) return parsed(IDS[variant], `uuid.MustParse("${IDS[variant]}")`);
  const { field } = column.of;
  return field.type === 'enum' ? choiceOf(column, variant) : SAMPLES[field.type](field, variant);
};

/** As a draft or a row has it: a pointer where the column is optional. */
export const sampleIn = (column: GoColumn, variant: Variant): string => {
  const { go } = sampleOf(column, variant);
  if (column.required) return go;
  return `new${column.type === 'string' || isLiteral(go) ? `Of[${column.type}]` : 'Of'}(${go})`;
};
const isLiteral = (go: string): boolean => /^-?[\d.]+$/.test(go);
