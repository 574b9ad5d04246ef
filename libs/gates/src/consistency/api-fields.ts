import type { EntityModel, FieldModel, FieldType } from '@squados/contracts';
import type { Json, JsonObject } from '../openapi/json-tree.js';
import { flatten, propertyInfo, type FlatSchema, type PropertyInfo } from './api-schema.js';
import { fieldsOf } from './read-model.js';

export const SYSTEM_FIELDS: readonly string[] = ['id', 'created_at', 'updated_at', 'version'];

/** JSON types and formats that can carry a field's values. Format undefined: none is asked for. */
const KINDS: Readonly<
  Record<Exclude<FieldType, 'enum' | 'json'>, { types: readonly string[]; format?: readonly string[] }>
> = {
  string: { types: ['string'] },
  text: { types: ['string'] },
  integer: { types: ['integer'] },
  decimal: { types: ['number', 'string'] },
  boolean: { types: ['boolean'] },
  date: { types: ['string'], format: ['date'] },
  datetime: { types: ['string'], format: ['date-time'] },
  time: { types: ['string'], format: ['time'] },
  uuid: { types: ['string'], format: ['uuid'] },
  email: { types: ['string'], format: ['email', 'idn-email'] },
  url: { types: ['string'], format: ['uri', 'iri', 'uri-reference'] },
};

/** Formats that have a limit of their own. */
const NATURAL_LIMIT: ReadonlySet<FieldType> = new Set(['email', 'url']);

/** `createdAt` and `created_at` are the same field. */
export const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** The properties of a flat schema by their field names. */
const byField = (flat: FlatSchema): Map<string, { name: string; node: JsonObject }> =>
  new Map([...flat.properties].map(([name, node]) => [snake(name), { name, node }]));

const show = (value: Json | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value));

const limitNames = (field: FieldModel, info: PropertyInfo): readonly [string, string] | undefined => {
  if (info.types.includes('string')) return field.type === 'decimal' ? undefined : ['minLength', 'maxLength'];
  return info.types.some((type) => type === 'number' || type === 'integer') ? ['minimum', 'maximum'] : undefined;
};

/** A limit that nobody asked for; lengths of 255 and more are a column's, not a rule. */
const inventedLimit = (key: string, said: Json | undefined, field: FieldModel): boolean =>
  key === 'maxLength' && typeof said === 'number' && said < 255 && !NATURAL_LIMIT.has(field.type);

const isLimit = (key: string, said: Json | undefined, limit: number): boolean =>
  said === limit || (key === 'minLength' && limit === 0 && said === undefined);

const limitFaults = (where: string, field: FieldModel, info: PropertyInfo): string[] => {
  const names = limitNames(field, info);
  if (!names) return [];
  const pairs = [
    [names[0], field.min],
    [names[1], field.max],
  ] as const;
  return pairs.flatMap(([key, limit]) => {
    const said = info.node[key];
    if (limit === undefined)
      return inventedLimit(key, said, field) ? [`${where} says ${key} ${show(said)}, the model sets no limit`] : [];
    return isLimit(key, said, limit) ? [] : [`${where} says ${key} ${show(said)}, the model says ${limit}`];
  });
};

const enumFaults = (where: string, field: FieldModel, info: PropertyInfo): string[] => {
  const values = field.values ?? [];
  const said = Array.isArray(info.node['enum'])
    ? (info.node['enum'] as readonly Json[]).filter((v) => v !== null).map(String)
    : undefined;
  if (said === undefined) return [`${where} lists no enum, the model says ${values.join(', ')}`];
  return [...said].sort().join('\0') === [...values].sort().join('\0')
    ? []
    : [`${where} lists ${said.join(', ')}, the model says ${values.join(', ')}`];
};

const kindFault = (
  where: string,
  type: Exclude<FieldType, 'enum' | 'json'>,
  info: PropertyInfo,
): string | undefined => {
  const kind = KINDS[type];
  const said = info.types[0];
  const format = info.node['format'];
  if (said === undefined || !kind.types.includes(said))
    return `${where} is ${said ?? 'of no type'}, the model says ${type}`;
  return kind.format && !kind.format.includes(String(format))
    ? `${where} has format ${show(format)}, the model says ${type}`
    : undefined;
};

const patternFault = (where: string, field: FieldModel, info: PropertyInfo): string[] =>
  field.pattern === undefined || info.node['pattern'] === field.pattern
    ? []
    : [`${where} has pattern ${show(info.node['pattern'])}, the model says ${field.pattern}`];

const typeFaults = (where: string, field: FieldModel, info: PropertyInfo): string[] => {
  if (field.type === 'json') return [];
  if (field.type === 'enum') return enumFaults(where, field, info);
  const kind = kindFault(where, field.type, info);
  return kind === undefined ? [...limitFaults(where, field, info), ...patternFault(where, field, info)] : [kind];
};

const requiredFault = (
  where: string,
  field: { required: boolean },
  said: { required: boolean; nullable: boolean },
): string[] => {
  if (field.required && !said.required) return [`${where} is not in required, the model says required`];
  if (field.required && said.nullable) return [`${where} may be null, the model says required`];
  if (!field.required && said.required && !said.nullable)
    return [`${where} is required and never null, the model says optional`];
  return [];
};

/** One entity's response schema against its fields, relations and the four fields that every entity has. */
export const schemaFaults = (root: JsonObject, entity: EntityModel, schema: Json): string[] => {
  const flat = flatten(root, schema);
  const properties = byField(flat);
  const at = (name: string): string => `schema ${entity.name}.${name}`;
  const known = new Set([
    ...SYSTEM_FIELDS,
    ...fieldsOf(entity).map((f) => f.name),
    ...entity.relations.map((r) => r.field),
  ]);
  const check = (
    field: { name: string; required: boolean },
    faults: (where: string, info: PropertyInfo) => string[],
  ): string[] => {
    const property = properties.get(field.name);
    if (!property) return [`${entity.name}.${field.name} has no property in schema ${entity.name}`];
    const info = propertyInfo(root, property.node);
    const where = at(property.name);
    return [
      ...faults(where, info),
      ...requiredFault(where, field, { required: flat.required.has(property.name), nullable: info.nullable }),
    ];
  };
  return [
    ...SYSTEM_FIELDS.filter((name) => !properties.has(name)).map(
      (name) => `schema ${entity.name} has no property ${name}, which every entity has`,
    ),
    ...fieldsOf(entity).flatMap((field) => check(field, (where, info) => typeFaults(where, field, info))),
    ...entity.relations.flatMap((r) =>
      check({ name: r.field, required: r.required }, (where, info) =>
        info.types[0] === 'string' ? [] : [`${where} is ${info.types[0] ?? 'of no type'}, a reference is a string`],
      ),
    ),
    ...[...properties.keys()]
      .filter((name) => !known.has(name))
      .map((name) => `property ${name} of schema ${entity.name} is not in the model`),
  ];
};

/** A body that creates an entity: nothing that the model doesn't know, and everything that it requires and has no default for. */
export const createBodyFaults = (root: JsonObject, entity: EntityModel, schema: Json): string[] => {
  const flat = flatten(root, schema);
  const properties = byField(flat);
  const fields = fieldsOf(entity);
  const known = new Set([...fields.map((f) => f.name), ...entity.relations.map((r) => r.field), ...SYSTEM_FIELDS]);
  const must = [
    ...fields
      .filter((f) => f.required && f.default === undefined && f.name !== entity.states?.field)
      .map((f) => f.name),
    ...entity.relations.filter((r) => r.required).map((r) => r.field),
  ];
  const where = `the body that creates ${entity.name}`;
  return [
    ...must
      .filter((name) => !flat.required.has(properties.get(name)?.name ?? name))
      .map((name) => `${where} does not require ${name}, the model does`),
    ...[...properties.keys()]
      .filter((name) => !known.has(name))
      .map((name) => `${where} has the property ${name}, which is not in the model`),
  ];
};
