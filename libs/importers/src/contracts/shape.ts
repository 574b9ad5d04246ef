import type { Json, JsonObject } from './given-plan.js';
import { followed, isObject, listOf, objectOf, stringsOf } from './document.js';

/** An object as its schemas together describe it. */
export interface Shape {
  readonly members: ReadonlyMap<string, JsonObject>;
  readonly required: ReadonlySet<string>;
  /** Members beyond these are forbidden. */
  readonly isClosed: boolean;
}

const MAX_DEPTH = 12;
const EMPTY: Shape = { members: new Map(), required: new Set(), isClosed: false };

/** What `allOf` adds counts in; of `oneOf` and `anyOf` every member may come, and those count as required that all have. */
export const shapeOf = (root: JsonObject, node: unknown, depth = 0): Shape => {
  const schema = followed(root, node);
  if (!schema || depth > MAX_DEPTH) return EMPTY;
  const below = (key: string): readonly Shape[] => listOf(schema[key]).map((part) => shapeOf(root, part, depth + 1));
  const choices = [below('oneOf'), below('anyOf')].filter((shapes) => shapes.length > 0).map(either);
  const parts = [ownShape(schema), ...below('allOf'), ...choices];
  const required = new Set(parts.flatMap((part) => [...part.required]));
  return {
    members: merged(parts.flatMap((part) => [...part.members])),
    required,
    isClosed: parts.some((part) => part.isClosed),
  };
};

const ownShape = (schema: JsonObject): Shape => ({
  members: new Map(Object.entries(objectOf(schema['properties'])).map(([name, member]) => [name, objectOf(member)])),
  required: new Set(stringsOf(schema['required'])),
  isClosed: schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false,
});

const either = (shapes: readonly Shape[]): Shape => ({
  members: merged(shapes.flatMap((shape) => [...shape.members])),
  required: new Set([...(shapes[0]?.required ?? [])].filter((name) => shapes.every((s) => s.required.has(name)))),
  isClosed: false,
});

const merged = (entries: readonly (readonly [string, JsonObject])[]): ReadonlyMap<string, JsonObject> => {
  const members = new Map<string, JsonObject>();
  for (const [name, schema] of entries) {
    const known = members.get(name);
    members.set(name, known ? { allOf: [known, schema] } : schema);
  }
  return members;
};

/** The types that a schema allows, `null` left out; empty when it says nothing. */
export const typesOf = (root: JsonObject, node: unknown, depth = 0): readonly string[] => {
  const schema = followed(root, node);
  if (!schema || depth > MAX_DEPTH) return [];
  const own = typeof schema['type'] === 'string' ? [schema['type']] : stringsOf(schema['type']);
  if (own.length > 0) return own.filter((type) => type !== 'null');
  if (isObject(schema['properties'])) return ['object'];
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((key) => listOf(schema[key]));
  const found = new Set(parts.flatMap((part) => typesOf(root, part, depth + 1)));
  return found.size > 0 ? [...found] : typesOfValues(schema);
};

const typesOfValues = (schema: JsonObject): readonly string[] => {
  const values = schema['const'] === undefined ? listOf(schema['enum']) : [schema['const']];
  const names = values
    .filter((value) => value !== null)
    .map((value) => (Array.isArray(value) ? 'array' : typeof value));
  return [...new Set(names)];
};

export const isObjectSchema = (root: JsonObject, node: unknown): boolean => {
  const types = typesOf(root, node);
  return types.includes('object') || (types.length === 0 && shapeOf(root, node).members.size > 0);
};

/** A keyword of a schema, wherever of its parts it stands first. */
export const keyword = (root: JsonObject, node: unknown, key: string): Json | undefined =>
  keywordAt(root, node, { key, depth: 0 });

const keywordAt = (
  root: JsonObject,
  node: unknown,
  { key, depth }: { readonly key: string; readonly depth: number },
): Json | undefined => {
  const schema = followed(root, node);
  if (!schema || depth > MAX_DEPTH) return undefined;
  if (schema[key] !== undefined) return schema[key];
  const parts = ['allOf', 'oneOf', 'anyOf'].flatMap((part) => listOf(schema[part]));
  return parts.map((part) => keywordAt(root, part, { key, depth: depth + 1 })).find((value) => value !== undefined);
};

const SAYS_NOTHING = new Set(['type', 'description', 'title']);
const isGeneral = (schema: JsonObject): boolean => Object.keys(schema).every((key) => SAYS_NOTHING.has(key));

const itemSchemas = (root: JsonObject, node: unknown, depth = 0): readonly JsonObject[] => {
  const schema = followed(root, node);
  if (!schema || depth > MAX_DEPTH) return [];
  const own = isObject(schema['items']) ? [schema['items']] : [];
  return [...own, ...listOf(schema['allOf']).flatMap((part) => itemSchemas(root, part, depth + 1))];
};

/** What the items of an array look like: a wrapper's general words (`type: object`) give way to what a later part of `allOf` says. */
export const itemsOf = (root: JsonObject, node: unknown): Json | undefined => {
  const [first, ...more] = itemSchemas(root, node).filter((schema) => !isGeneral(schema));
  if (first === undefined) return keyword(root, node, 'items');
  return more.length === 0 ? first : { allOf: [first, ...more] };
};
