import { deref, derefAll, isObject, type Json, type JsonObject } from '../openapi/json-tree.js';

/** An object schema with its `allOf` parts put together. */
export interface FlatSchema {
  readonly properties: ReadonlyMap<string, JsonObject>;
  readonly required: ReadonlySet<string>;
}

const MAX_PARTS = 50;

const listOf = (node: Json | undefined): readonly Json[] => (Array.isArray(node) ? (node as readonly Json[]) : []);

const propertiesOf = (node: JsonObject): [string, JsonObject][] =>
  Object.entries(isObject(node['properties']) ? node['properties'] : {}).flatMap(
    ([name, it]): [string, JsonObject][] => (isObject(it) ? [[name, it]] : []),
  );

/** Puts the parts of a schema together, references followed; at most 50 parts, so that a cycle ends. */
export const flatten = (root: JsonObject, schema: Json | undefined): FlatSchema => {
  const properties = new Map<string, JsonObject>();
  const required = new Set<string>();
  const open: (Json | undefined)[] = [schema];
  for (let parts = 0; open.length > 0 && parts < MAX_PARTS; parts += 1) {
    const node = deref(root, open.shift());
    if (!node) continue;
    open.push(...listOf(node['allOf']));
    for (const [name, property] of propertiesOf(node)) properties.set(name, property);
    for (const name of listOf(node['required'])) if (typeof name === 'string') required.add(name);
  }
  return { properties, required };
};

/** What a property says of its values, whether written in place, behind a reference, or as one of `anyOf`/`oneOf` beside null. */
export interface PropertyInfo {
  readonly types: readonly string[];
  readonly nullable: boolean;
  readonly node: JsonObject;
}

const typesOf = (node: JsonObject): string[] => {
  const type = node['type'];
  return typeof type === 'string' ? [type] : Array.isArray(type) ? (type as readonly Json[]).map(String) : [];
};

const alternatives = (node: JsonObject): readonly Json[] => {
  const list = node['anyOf'] ?? node['oneOf'];
  return Array.isArray(list) ? (list as readonly Json[]) : [];
};

const withParts = (root: JsonObject, node: JsonObject): JsonObject => {
  const parts = Array.isArray(node['allOf']) ? derefAll(root, node['allOf'] as readonly Json[]) : [];
  return parts.length > 0 ? (Object.assign({}, ...parts, node) as JsonObject) : node;
};

export const propertyInfo = (root: JsonObject, property: JsonObject): PropertyInfo => {
  const node = withParts(root, deref(root, property) ?? property);
  const choices = derefAll(root, alternatives(node));
  const real = choices.find((choice) => typesOf(choice).some((type) => type !== 'null'));
  const types = typesOf(real ?? node);
  const nullable =
    types.includes('null') || node['nullable'] === true || choices.some((choice) => typesOf(choice).includes('null'));
  return { types: types.filter((type) => type !== 'null'), nullable, node: real ? { ...node, ...real } : node };
};
