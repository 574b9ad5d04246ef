import type { Json, JsonObject } from './given-plan.js';
import { isObject, objectOf } from './document.js';

/** Keywords that say nothing about a value, or say it for people. */
const SILENT = new Set([
  'example',
  'examples',
  'discriminator',
  'xml',
  'externalDocs',
  'deprecated',
  'nullable',
  'description',
  'title',
]);
const MAPS = new Set(['properties', 'patternProperties', 'definitions', '$defs', 'dependentSchemas']);
const LISTS = new Set(['allOf', 'oneOf', 'anyOf', 'prefixItems']);
const ONES = new Set([
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedProperties',
  'unevaluatedItems',
  'additionalItems',
]);

/** A schema of OpenAPI 3.0 or 3.1 as JSON Schema 2020-12, for any validator. References stay as they are. */
export const schema2020 = (node: Json, is30: boolean): Json => {
  if (!isObject(node)) return node;
  if (is30 && typeof node['$ref'] === 'string') return { $ref: node['$ref'] };
  const plain = Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !SILENT.has(key) && !key.startsWith('x-') && !(key === 'pattern' && !isPattern(value)))
      .map(([key, value]) => [key, converted(key, value, is30)]),
  );
  return is30 ? nullable(node, bounds(plain)) : plain;
};

/** A pattern that no engine reads can't refuse anything. */
const isPattern = (value: Json): boolean => {
  try {
    return new RegExp(String(value), 'u').source !== '';
  } catch {
    return false;
  }
};

const converted = (key: string, value: Json, is30: boolean): Json => {
  if (MAPS.has(key) && isObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, schema2020(schema, is30)]));
  if (LISTS.has(key) && Array.isArray(value)) return (value as readonly Json[]).map((part) => schema2020(part, is30));
  return ONES.has(key) ? schema2020(value, is30) : value;
};

/** 3.0 says by `true` that a bound is not allowed itself. */
const bounds = (schema: JsonObject): JsonObject => {
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = schema;
  return {
    ...rest,
    ...bound('minimum', minimum, exclusiveMinimum),
    ...bound('maximum', maximum, exclusiveMaximum),
  };
};

const bound = (name: 'minimum' | 'maximum', limit: Json | undefined, exclusive: Json | undefined): JsonObject => {
  const strict = name === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum';
  if (typeof exclusive === 'number') return { [strict]: exclusive, ...(limit === undefined ? {} : { [name]: limit }) };
  if (limit === undefined) return {};
  return exclusive === true ? { [strict]: limit } : { [name]: limit };
};

const nullable = (node: JsonObject, schema: JsonObject): JsonObject => {
  if (node['nullable'] !== true) return schema;
  const { type, enum: values } = schema;
  const wider: JsonObject = {
    ...schema,
    ...(typeof type === 'string' ? { type: [type, 'null'] } : {}),
    ...(Array.isArray(values) && !values.includes(null) ? { enum: [...(values as readonly Json[]), null] } : {}),
  };
  return typeof type === 'string' ? wider : { anyOf: [wider, { type: 'null' }] };
};

/** The contract's components as one schema document that references can be followed in. */
export const componentSchemas = (root: JsonObject): JsonObject => {
  const is30 = String(root['openapi']).startsWith('3.0');
  const schemas = objectOf(objectOf(root['components'])['schemas']);
  return {
    components: {
      schemas: Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schema2020(schema, is30)])),
    },
  };
};
