import type { Json, JsonObject } from './given-plan.js';
import { followed, listOf } from './document.js';
import { textOfPattern } from './pattern-text.js';
import { itemsOf, keyword, shapeOf, typesOf } from './shape.js';

const MAX_DEPTH = 8;
const FORMATS: Readonly<Record<string, string>> = {
  date: '2030-01-15',
  'date-time': '2030-01-15T09:30:00Z',
  time: '09:30:00Z',
  uuid: '018f4c1e-6a4d-7b7e-9c55-0d1e2f3a4b5c',
  email: 'ana@example.org',
  uri: 'https://example.org/a',
  url: 'https://example.org/a',
  'uri-reference': '/a',
  hostname: 'example.org',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  byte: 'YQ==',
};

export interface Making {
  readonly root: JsonObject;
  /** What is only answered (`readOnly`) counts as well. */
  readonly isAnswer?: boolean;
  readonly depth?: number;
}

const below = (making: Making): Making => ({ ...making, depth: (making.depth ?? 0) + 1 });

/** A value that a schema should accept: what it must hold and no more. Whoever uses it checks it. */
export const sampleValue = (making: Making, node: unknown): Json => {
  const { root, depth = 0 } = making;
  const schema = followed(root, node);
  if (!schema || depth > MAX_DEPTH) return null;
  return fixedValue(root, schema) ?? choice(making, schema) ?? typedValue(making, schema);
};

const fixedValue = (root: JsonObject, schema: JsonObject): Json | undefined =>
  keyword(root, schema, 'const') ?? listOf(keyword(root, schema, 'enum')).find((value) => value !== null);

const typedValue = (making: Making, schema: JsonObject): Json => {
  const { root } = making;
  return BY_TYPE[typesOf(root, schema)[0] ?? 'object']?.(making, schema) ?? null;
};

const BY_TYPE: Readonly<Record<string, (making: Making, schema: JsonObject) => Json>> = {
  object: (making, schema) => objectSample(making, schema),
  array: (making, schema) => arraySample(making, schema),
  integer: ({ root }, schema) => numberSample(root, schema),
  number: ({ root }, schema) => numberSample(root, schema),
  boolean: () => true,
  string: ({ root }, schema) => textSample(root, schema),
};

/** Of several shapes the first, beside what all have. */
const choice = (making: Making, schema: JsonObject): Json | undefined => {
  const [first] = [...listOf(schema['oneOf']), ...listOf(schema['anyOf'])];
  if (first === undefined) return undefined;
  const { oneOf: _o, anyOf: _a, ...rest } = schema;
  const types = typesOf(making.root, first);
  if (!types.includes('object')) return sampleValue(below(making), { allOf: [rest, first] });
  return objectSample(below(making), { allOf: [rest, first] });
};

const objectSample = (making: Making, schema: JsonObject): Json => {
  const { root, isAnswer } = making;
  const shape = shapeOf(root, schema);
  const names = [...shape.required].filter(
    (name) => isAnswer || keyword(root, shape.members.get(name), 'readOnly') !== true,
  );
  return Object.fromEntries(
    names.map((name) => [name, sampleValue(below(making), shape.members.get(name) ?? { type: 'string' })]),
  );
};

const arraySample = (making: Making, schema: JsonObject): Json => {
  const { root } = making;
  const least = Number(keyword(root, schema, 'minItems') ?? 0);
  const items = itemsOf(root, schema);
  return Array.from({ length: Math.min(least, 5) }, () => sampleValue(below(making), items));
};

const numberSample = (root: JsonObject, schema: JsonObject): number => {
  const at = (key: string): number | undefined => {
    const value = keyword(root, schema, key);
    return typeof value === 'number' ? value : undefined;
  };
  const low = at('minimum') ?? (at('exclusiveMinimum') === undefined ? undefined : Number(at('exclusiveMinimum')) + 1);
  const high = at('maximum') ?? (at('exclusiveMaximum') === undefined ? undefined : Number(at('exclusiveMaximum')) - 1);
  const wish = Math.max(low ?? 1, Math.min(high ?? 1, 1));
  const step = at('multipleOf');
  return step === undefined ? wish : Math.ceil(wish / step) * step;
};

const textSample = (root: JsonObject, schema: JsonObject): string => {
  const format = String(keyword(root, schema, 'format'));
  const pattern = keyword(root, schema, 'pattern');
  const [least, most] = [
    Number(keyword(root, schema, 'minLength') ?? 1),
    Number(keyword(root, schema, 'maxLength') ?? 100),
  ];
  const known = FORMATS[format];
  if (known !== undefined) return known;
  if (typeof pattern === 'string') return textOfPattern(pattern) ?? 'a';
  return 'sample'.padEnd(least, 'x').slice(0, Math.max(most, 1));
};
