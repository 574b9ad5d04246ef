import type { DomainModel, EntityModel, FieldModel, FieldType, OperationModel } from '@squados/contracts';
import {
  keyword,
  shapeOf,
  typesOf,
  type GivenPlan,
  type GivenResource,
  type Json,
  type JsonObject,
} from '@squados/importers/contracts';

/** Every entity has these already; a member of the same name is the record's own and gets another column. */
const SYSTEM = ['id', 'version', 'created_at', 'updated_at'];

/** The domain model that a given contract amounts to: its resources, with what their records hold. */
export const givenModel = (plan: GivenPlan, root: JsonObject): DomainModel => ({
  version: 1,
  product: plan.title,
  language: plan.language,
  entities: plan.resources.map((resource) => entityOf(plan, resource, root)),
  rules: [],
  assumptions: plan.assumptions,
});

const entityOf = (plan: GivenPlan, resource: GivenResource, root: JsonObject): EntityModel => ({
  name: resource.name,
  label: resource.label,
  labelPlural: resource.labelPlural,
  table: resource.table,
  resource: resource.segment,
  description: `${resource.path} (${plan.title})`,
  fields: fieldsOf(resource, root),
  relations: [],
  operations: operationsOf(plan, resource),
  requirements: [],
});

const KINDS: Readonly<Record<string, OperationModel['kind']>> = { put: 'create', replace: 'update' };

const operationsOf = (plan: GivenPlan, { name }: GivenResource): readonly OperationModel[] => {
  const kinds = plan.operations.flatMap((o) => (o.support === 'served' && o.resource === name ? [o.kind] : []));
  const all = kinds.map((kind) => (KINDS[kind] ?? kind) as OperationModel['kind']);
  return [...new Set(all)].map((kind) => ({ kind, requirement: 'contract' }));
};

const fieldsOf = (resource: GivenResource, root: JsonObject): readonly FieldModel[] => {
  const shape = shapeOf(root, resource.schema);
  const taken = new Set(SYSTEM);
  return [...shape.members].map(([name, schema]) =>
    fieldOf(root, { name, schema, required: shape.required.has(name), taken }),
  );
};

interface Member {
  readonly name: string;
  readonly schema: JsonObject;
  readonly required: boolean;
  readonly taken: Set<string>;
}

const fieldOf = (root: JsonObject, { name, schema, required, taken }: Member): FieldModel => {
  const type = fieldType(root, schema);
  const text = (key: string): string | undefined => {
    const value = keyword(root, schema, key);
    return typeof value === 'string' ? value : undefined;
  };
  const pattern = text('pattern');
  const description = text('description')?.replace(/\s+/g, ' ').slice(0, 300);
  return {
    name: columnName(name, taken),
    label: text('title')?.replace(/\s+/g, ' ').slice(0, 80) || name,
    type,
    required,
    ...limits(root, schema, type),
    ...(pattern === undefined ? {} : { pattern }),
    ...(type === 'enum' ? { values: textValues(keyword(root, schema, 'enum')) } : {}),
    ...(description === undefined ? {} : { description }),
    source: 'contract',
  };
};

const FORMATS: Readonly<Record<string, FieldType>> = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  uuid: 'uuid',
  email: 'email',
  uri: 'url',
  url: 'url',
};
const TYPES: Readonly<Record<string, FieldType>> = {
  integer: 'integer',
  number: 'decimal',
  boolean: 'boolean',
  object: 'json',
  array: 'json',
};

const textValues = (values: Json | undefined): readonly string[] =>
  Array.isArray(values) ? (values as readonly Json[]).filter((v): v is string => typeof v === 'string') : [];

const fieldType = (root: JsonObject, schema: JsonObject): FieldType => {
  const types = typesOf(root, schema);
  if (types.length !== 1 || types[0] !== 'string') return TYPES[types.find((t) => TYPES[t]) ?? ''] ?? 'json';
  if (textValues(keyword(root, schema, 'enum')).length > 0) return 'enum';
  return FORMATS[String(keyword(root, schema, 'format'))] ?? 'string';
};

const limits = (
  root: JsonObject,
  schema: JsonObject,
  type: FieldType,
): { readonly min?: number; readonly max?: number } => {
  const [low, high] = type === 'integer' || type === 'decimal' ? ['minimum', 'maximum'] : ['minLength', 'maxLength'];
  const [min, max] = [keyword(root, schema, low ?? ''), keyword(root, schema, high ?? '')];
  return { ...(typeof min === 'number' ? { min } : {}), ...(typeof max === 'number' ? { max } : {}) };
};

const MAX_COLUMN = 56;
/** snake_case out of any text, drawn once. */
const columnName = (name: string, taken: Set<string>): string => {
  const plain = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, MAX_COLUMN);
  const wish = /^[a-z]/.test(plain) ? plain : `m_${plain}`;
  let free = SYSTEM.includes(wish) ? `own_${wish}` : wish;
  for (let n = 2; taken.has(free); n += 1) free = `${wish}_${n}`;
  taken.add(free);
  return free;
};
