import { isObject, listOf, type Json } from './wire.js';

/** What structured output and strict tools don't take; numbers, lengths and patterns can't be enforced while decoding. */
const UNSUPPORTED = [
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'patternProperties',
  'if',
  'not',
];

/** The first thing in a schema that the service would refuse, in its words; undefined when it takes it. */
export const schemaFault = (schema: unknown, path: string): string | undefined => {
  if (!isObject(schema)) return `${path}: schema must be an object`;
  const keyword = UNSUPPORTED.find((word) => word in schema);
  if (keyword) return `${path}: For '${typeText(schema)}' type, property '${keyword}' is not supported`;
  if (schema['type'] === 'object' && schema['additionalProperties'] !== false)
    return `${path}: For 'object' type, 'additionalProperties' must be explicitly set to false`;
  return nestedFault(schema, path);
};

const typeText = (schema: Json): string => (typeof schema['type'] === 'string' ? schema['type'] : 'any');

const nestedFault = (schema: Json, path: string): string | undefined => {
  const properties = isObject(schema['properties']) ? Object.entries(schema['properties']) : [];
  const nested: (readonly [unknown, string])[] = [
    ...properties.map(([name, part]) => [part, `${path}.properties.${name}`] as const),
    ...('items' in schema ? [[schema['items'], `${path}.items`] as const] : []),
    ...listOf(schema['anyOf']).map((part, at) => [part, `${path}.anyOf.${at}`] as const),
  ];
  for (const [part, where] of nested) {
    const fault = schemaFault(part, where);
    if (fault) return fault;
  }
  return undefined;
};

/** Whether a value has the shape of a schema (of the part of JSON Schema that the service takes). */
export const fitsSchema = (value: unknown, schema: unknown): boolean => {
  if (!isObject(schema)) return false;
  if (Array.isArray(schema['enum'])) return schema['enum'].includes(value);
  if (Array.isArray(schema['anyOf'])) return schema['anyOf'].some((one) => fitsSchema(value, one));
  switch (schema['type']) {
    case 'object':
      return fitsObject(value, schema);
    case 'array':
      return Array.isArray(value) && value.every((item) => fitsSchema(item, schema['items']));
    case 'integer':
      return Number.isInteger(value);
    case 'null':
      return value === null;
    default:
      return typeof value === schema['type'];
  }
};

const fitsObject = (value: unknown, schema: Json): boolean => {
  if (!isObject(value)) return false;
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const required = listOf(schema['required']) as readonly string[];
  return (
    required.every((name) => name in value) &&
    Object.entries(value).every(([name, part]) => name in properties && fitsSchema(part, properties[name]))
  );
};
