import { deref, isObject, type Json, type JsonObject } from '../../openapi/json-tree.js';
import type { SeenShape } from './seen-call.js';

/** Who may say more than the other: what is sent must fit the contract; what comes must be expected. */
export type Direction = 'sent' | 'received';

interface Place {
  readonly root: JsonObject;
  readonly direction: Direction;
  /** For messages: `body.title`. */
  readonly at: string;
}

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);

const KINDS: Readonly<Record<string, string>> = { integer: 'number', array: 'object' };

/** Kinds of value that a schema allows, in the checker's words; empty when it says nothing. */
const kindsOf = (schema: JsonObject): ReadonlySet<string> => {
  const type = schema['type'];
  const names = Array.isArray(type) ? type.map(String) : typeof type === 'string' ? [type] : [];
  const nullable = schema['nullable'] === true ? ['null'] : [];
  return new Set([...names.map((name) => KINDS[name] ?? name), ...nullable]);
};

const kindProblems = (schema: JsonObject, seen: SeenShape, { direction, at }: Place): readonly string[] => {
  const allowed = kindsOf(schema);
  if (allowed.size === 0) return [];
  const here = new Set(seen.kinds.filter((kind) => kind !== 'undefined'));
  if (direction === 'sent') {
    const odd = [...here].filter((kind) => !allowed.has(kind));
    return odd.map((kind) => `${at} may be ${kind} here, but the contract takes ${[...allowed].join(' or ')}`);
  }
  const missing = [...allowed].filter((kind) => !here.has(kind));
  return missing.map((kind) => `${at} may be ${kind} by the contract, but the type here is ${[...here].join(' or ')}`);
};

const strings = (value: Json | undefined): readonly string[] =>
  list(value).filter((item): item is string => typeof item === 'string');

const choiceProblems = (schema: JsonObject, seen: SeenShape, { direction, at }: Place): readonly string[] => {
  const known = strings(schema['enum']);
  if (known.length === 0) return [];
  if (direction === 'sent') {
    if (!seen.literals)
      return seen.kinds.includes('string') ? [`${at} takes any text here, the contract only: ${known.join(', ')}`] : [];
    const odd = seen.literals.filter((literal) => !known.includes(literal));
    return odd.map((literal) => `${at}: the contract knows no ${JSON.stringify(literal)}`);
  }
  const unknown = seen.literals ? known.filter((value) => !seen.literals?.includes(value)) : [];
  return unknown.map(
    (value) => `${at}: the contract may answer ${JSON.stringify(value)}, the type here knows no such value`,
  );
};

const inside = (schema: JsonObject, seen: SeenShape, place: Place): readonly string[] => {
  const items = schema['items'];
  if (seen.items && items !== undefined) return compareShape(items, seen.items, { ...place, at: `${place.at}[]` });
  return seen.properties && isObject(schema['properties']) ? propertyProblems(schema, seen, place) : [];
};

const propertyProblems = (schema: JsonObject, seen: SeenShape, place: Place): readonly string[] => {
  const known = isObject(schema['properties']) ? schema['properties'] : {};
  const required = new Set(strings(schema['required']));
  const chosen = choiceMembers(schema, place.root);
  const own = Object.entries(seen.properties ?? {}).flatMap(([name, property]) => {
    const at = `${place.at}.${name}`;
    if (!Object.hasOwn(known, name)) return chosen.has(name) ? [] : [`${at} is not in the contract`];
    const loose = place.direction === 'received' && !property.optional && !required.has(name);
    return [
      ...(loose ? [`${at} may be absent by the contract, but the type here says that it is always there`] : []),
      ...compareShape(known[name], property, { ...place, at }),
    ];
  });
  return [...own, ...(place.direction === 'sent' ? missingOf(required, seen, place) : [])];
};

const missingOf = (required: ReadonlySet<string>, { properties = {} }: SeenShape, { at }: Place): readonly string[] =>
  [...required]
    .filter((name) => !Object.hasOwn(properties, name) || properties[name]?.optional === true)
    .map((name) => `${at}.${name} is required by the contract and may be left out here`);

const MAX_PARTS = 8;

/** A schema with what `allOf` adds to it. */
const whole = (root: JsonObject, raw: Json | undefined, depth = 0): JsonObject | undefined => {
  const schema = deref(root, raw);
  if (!schema || depth > MAX_PARTS) return schema;
  const parts = list(schema['allOf'])
    .map((part) => whole(root, part, depth + 1))
    .filter((part): part is JsonObject => part !== undefined);
  return parts.length === 0 ? schema : [...parts, schema].reduce(joined, {});
};

const objectAt = (schema: JsonObject, key: string): JsonObject => {
  const value = schema[key];
  return isObject(value) ? value : {};
};

const joined = (sum: JsonObject, part: JsonObject): JsonObject => ({
  ...sum,
  ...part,
  properties: { ...objectAt(sum, 'properties'), ...objectAt(part, 'properties') },
  required: [...strings(sum['required']), ...strings(part['required'])],
});

/** Members that only some of several shapes have: any of them may be there. */
const choiceMembers = (schema: JsonObject, root: JsonObject): ReadonlySet<string> =>
  new Set(
    [...list(schema['oneOf']), ...list(schema['anyOf'])].flatMap((part) =>
      Object.keys(objectAt(whole(root, part) ?? {}, 'properties')),
    ),
  );

/** What in a type of the code does not agree with a schema of the contract. */
export const compareShape = (raw: Json | undefined, seen: SeenShape, place: Place): readonly string[] => {
  const schema = whole(place.root, raw);
  if (!schema) return [];
  return [...kindProblems(schema, seen, place), ...choiceProblems(schema, seen, place), ...inside(schema, seen, place)];
};
