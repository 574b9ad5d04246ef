import { FIELD_TYPES, type DomainModel } from './domain-model.js';

export type DomainModelRead =
  { readonly ok: true; readonly model: DomainModel } | { readonly ok: false; readonly problem: string };

/** Names become code: nothing but these shapes gets through, whoever wrote the model. */
const TYPE_NAME = /^[A-Z][A-Za-z0-9]{0,79}$/;
const COLUMN = /^[a-z][a-z0-9_]{0,62}$/;
const SEGMENT = /^[a-z][a-z0-9-]{0,79}$/;
const LIST_KEYS = ['fields', 'relations', 'operations', 'requirements'] as const;

/** A domain model from outside text; the problem says where in it. Names that can't be code are refused, not repaired. */
export const readDomainModel = (json: string): DomainModelRead => {
  const value = parsed(json);
  if (!isRecord(value)) return bad('it is not a JSON object');
  const problem = headProblem(value) ?? entitiesProblem(value['entities'] as readonly unknown[]);
  return problem === undefined ? { ok: true, model: value as unknown as DomainModel } : bad(problem);
};

const headProblem = (value: Record<string, unknown>): string | undefined => {
  const { version, language } = value;
  if (version !== 1) return `version ${JSON.stringify(version)} is not known here, only 1`;
  if (language !== 'pt' && language !== 'en') return 'language is neither pt nor en';
  const list = ['entities', 'rules', 'assumptions'].find((key) => !Array.isArray(value[key]));
  return list === undefined ? undefined : `${list} is not a list`;
};

const entitiesProblem = (entities: readonly unknown[]): string | undefined =>
  entities.map(entityProblem).find((p) => p !== undefined) ?? targetProblem(entities);

const bad = (problem: string): DomainModelRead => ({ ok: false, problem });

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
};

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const named = (value: unknown, pattern: RegExp): boolean => typeof value === 'string' && pattern.test(value);

const entityProblem = (entity: unknown, i: number): string | undefined => {
  const place = `entities[${i}]`;
  if (!isRecord(entity)) return `${place} is not an object`;
  if (!named(entity['name'], TYPE_NAME))
    return `${place}.name ${JSON.stringify(entity['name'])} can't be a type's name`;
  if (!named(entity['table'], COLUMN))
    return `${place}.table ${JSON.stringify(entity['table'])} can't be a table's name`;
  if (!named(entity['resource'], SEGMENT))
    return `${place}.resource ${JSON.stringify(entity['resource'])} can't be in a path`;
  const list = LIST_KEYS.find((key) => !Array.isArray(entity[key]));
  if (list !== undefined) return `${place}.${list} is not a list`;
  return fieldsProblem(entity, place) ?? relationsProblem(entity, place) ?? wordsProblem(entity, place);
};

const fieldsProblem = (entity: Record<string, unknown>, place: string): string | undefined =>
  (entity['fields'] as readonly unknown[])
    .map((field, i) => {
      const at = `${place}.fields[${i}]`;
      if (!isRecord(field)) return `${at} is not an object`;
      if (!named(field['name'], COLUMN)) return `${at}.name ${JSON.stringify(field['name'])} can't be a column's name`;
      const known = FIELD_TYPES.some((type) => type === field['type']);
      return known ? undefined : `${at}.type ${JSON.stringify(field['type'])} is not known`;
    })
    .find((p) => p !== undefined);

const relationsProblem = (entity: Record<string, unknown>, place: string): string | undefined =>
  (entity['relations'] as readonly unknown[])
    .map((relation, i) => {
      const at = `${place}.relations[${i}]`;
      if (!isRecord(relation)) return `${at} is not an object`;
      return named(relation['field'], COLUMN)
        ? undefined
        : `${at}.field ${JSON.stringify(relation['field'])} can't be a column's name`;
    })
    .find((p) => p !== undefined);

/** Actions are path segments; the field that holds a state is one of the entity's. */
const wordsProblem = (entity: Record<string, unknown>, place: string): string | undefined => {
  const actions = (entity['operations'] as readonly unknown[]).flatMap((o) =>
    isRecord(o) && o['kind'] === 'action' ? [o['action']] : [],
  );
  const odd = actions.find((action) => !named(action, SEGMENT));
  if (odd !== undefined) return `${place}: action ${JSON.stringify(odd)} can't be in a path`;
  const states = entity['states'];
  if (states === undefined) return undefined;
  const held =
    isRecord(states) && (entity['fields'] as readonly { name?: unknown }[]).some((f) => f.name === states['field']);
  return held ? undefined : `${place}.states.field names no field of the entity`;
};

const targetProblem = (entities: readonly unknown[]): string | undefined => {
  const all = entities as readonly {
    readonly name: string;
    readonly relations: readonly { readonly target: unknown }[];
  }[];
  const names = new Set(all.map((e) => e.name));
  if (names.size < all.length) return 'two entities have the same name';
  const lost = all.flatMap((e) =>
    e.relations.filter((r) => !names.has(String(r.target))).map((r) => `${e.name} → ${String(r.target)}`),
  )[0];
  return lost === undefined ? undefined : `the relation ${lost} leads nowhere`;
};
