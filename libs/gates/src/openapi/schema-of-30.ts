import { isObject, type Json } from './json-tree.js';

const LIMITS: Readonly<Record<string, string>> = { exclusiveMinimum: 'minimum', exclusiveMaximum: 'maximum' };

/** `minimum: 1, exclusiveMinimum: true` becomes `exclusiveMinimum: 1`. */
const bounds = (node: Readonly<Record<string, Json>>): Record<string, Json> => {
  const flags = Object.keys(LIMITS).filter((key) => typeof node[key] === 'boolean');
  const strict = flags.filter((key) => node[key] === true && node[LIMITS[key] ?? ''] !== undefined);
  const gone = new Set([...flags, ...strict.map((key) => LIMITS[key] ?? '')]);
  const kept = Object.entries(node).filter(([key]) => !gone.has(key));
  return Object.fromEntries([...kept, ...strict.map((key): [string, Json] => [key, node[LIMITS[key] ?? ''] ?? null])]);
};

const nullable = (node: Record<string, Json>): Json => {
  if (node['nullable'] !== true || typeof node['type'] !== 'string') return node;
  const type = [node['type'], 'null'];
  return Array.isArray(node['enum'])
    ? { ...node, type, enum: [...(node['enum'] as readonly Json[]), null] }
    : { ...node, type };
};

/** Translates OpenAPI 3.0 words (`nullable`, boolean exclusive limits) into JSON Schema's, over a whole document; shared nodes stay shared. */
export const schemaOf30 = (root: Json): Json => {
  const done = new Map<object, Json>();
  const translate = (node: Json): Json => {
    if (typeof node !== 'object' || node === null) return node;
    const known = done.get(node);
    if (known !== undefined) return known;
    const made = isObject(node) ? translated(node) : (node as readonly Json[]).map(translate);
    done.set(node, made);
    return made;
  };
  const translated = (node: Readonly<Record<string, Json>>): Json => {
    const copy = bounds(Object.fromEntries(Object.entries(node).map(([key, value]) => [key, translate(value)])));
    return nullable(copy);
  };
  return translate(root);
};
