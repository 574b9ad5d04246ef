import { AGENT_PATTERN, ID_PATTERN, LIMITS, SHA256_PATTERN } from '../limits.js';

/** A JSON Schema, draft 2020-12, as plain data. */
export type JsonSchema = Readonly<Record<string, unknown>>;

export const DRAFT = 'https://json-schema.org/draft/2020-12/schema';

export const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength });
export const filled = (maxLength: number): JsonSchema => ({ type: 'string', maxLength, pattern: '\\S' });
export const id: JsonSchema = { type: 'string', minLength: 1, maxLength: LIMITS.id, pattern: ID_PATTERN };
export const agent: JsonSchema = { type: 'string', pattern: AGENT_PATTERN };
export const sha256Hex: JsonSchema = { type: 'string', pattern: SHA256_PATTERN };
export const flag: JsonSchema = { type: 'boolean' };
/** True or absent. */
export const mark: JsonSchema = { const: true };
export const amount: JsonSchema = { type: 'number', minimum: 0 };
export const oneOf = (words: readonly (string | number)[]): JsonSchema => ({ enum: words });
export const whole = (minimum: number, maximum = Number.MAX_SAFE_INTEGER): JsonSchema => ({
  type: 'integer',
  minimum,
  maximum,
});
export const list = (items: JsonSchema, maxItems: number): JsonSchema => ({ type: 'array', items, maxItems });
export const set = (items: JsonSchema, maxItems: number): JsonSchema => ({
  ...list(items, maxItems),
  uniqueItems: true,
});
export const record = (values: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: values });
export const anyObject: JsonSchema = { type: 'object' };

type Properties = Readonly<Record<string, JsonSchema>>;

/** A closed object: every `required` property must be there, `optional` ones may, no others. */
export const closed = (required: Properties, optional: Properties = {}): JsonSchema => ({
  type: 'object',
  properties: { ...required, ...optional },
  required: Object.keys(required),
  additionalProperties: false,
});
