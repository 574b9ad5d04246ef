import { FIELD_TYPES, type DomainModel, type EntityModel, type FieldModel, type Finding } from '@squados/contracts';
import type { TextFile } from '../pool/job.js';

type Loose = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const missingTexts = (node: Loose, keys: readonly string[]): string[] =>
  keys.filter((key) => typeof node[key] !== 'string' || node[key] === '');

const fieldFaults = (field: unknown, at: string): string[] => {
  if (!isObject(field)) return [`${at} is not an object`];
  const known = (FIELD_TYPES as readonly unknown[]).includes(field['type']);
  return [
    ...missingTexts(field, ['name', 'type']).map((key) => `${at} has no ${key}`),
    ...(known ? [] : [`${at} has the unknown type ${JSON.stringify(field['type'])}`]),
    ...(typeof field['required'] === 'boolean' ? [] : [`${at} does not say whether it is required`]),
    ...(field['type'] === 'enum' && !(isList(field['values']) && field['values'].length > 0)
      ? [`${at} is an enum without values`]
      : []),
  ];
};

const relationFaults = (relation: unknown, at: string): string[] =>
  isObject(relation)
    ? missingTexts(relation, ['field', 'target', 'onDelete']).map((key) => `${at} has no ${key}`)
    : [`${at} is not an object`];

const stateFaults = (states: unknown, at: string): string[] => {
  if (states === undefined) return [];
  if (!isObject(states) || !isList(states['states']) || typeof states['field'] !== 'string')
    return [`${at}.states has no field or no states`];
  const known = new Set(states['states']);
  const transitions = isList(states['transitions']) ? states['transitions'].filter(isObject) : [];
  const unknown = transitions.flatMap((t) => [t['from'], t['to']]).filter((state) => !known.has(state));
  return [
    ...(known.has(states['initial'])
      ? []
      : [`${at}.states begins with ${JSON.stringify(states['initial'])}, which is not one of them`]),
    ...unknown.map((state) => `${at}.states has a transition with the unknown state ${JSON.stringify(state)}`),
  ];
};

const entityFaults = (entity: unknown, i: number): string[] => {
  if (!isObject(entity)) return [`entities[${i}] is not an object`];
  const at = typeof entity['name'] === 'string' ? entity['name'] : `entities[${i}]`;
  const lists = ['fields', 'relations', 'operations']
    .filter((key) => !isList(entity[key]))
    .map((key) => `${at} has no list of ${key}`);
  const texts = missingTexts(entity, ['name', 'table', 'resource']).map((key) => `${at} has no ${key}`);
  const fields = isList(entity['fields']) ? entity['fields'] : [];
  const relations = isList(entity['relations']) ? entity['relations'] : [];
  return [
    ...lists,
    ...texts,
    ...fields.flatMap((field, n) => fieldFaults(field, `${at}.fields[${n}]`)),
    ...relations.flatMap((relation, n) => relationFaults(relation, `${at}.relations[${n}]`)),
    ...stateFaults(entity['states'], at),
  ];
};

const twice = (names: readonly string[]): string[] => [
  ...new Set(names.filter((name, i) => names.indexOf(name) !== i)),
];

const graphFaults = (entities: readonly EntityModel[]): string[] => {
  const names = new Set(entities.map((e) => e.name));
  return [
    ...twice(entities.map((e) => e.name)).map((name) => `entity ${name} is defined twice`),
    ...twice(entities.map((e) => e.table)).map((table) => `table ${table} belongs to two entities`),
    ...twice(entities.map((e) => e.resource)).map((resource) => `resource ${resource} belongs to two entities`),
    ...entities.flatMap((e) =>
      twice([...e.fields.map((f) => f.name), ...e.relations.map((r) => r.field)]).map(
        (field) => `${e.name}.${field} is defined twice`,
      ),
    ),
    ...entities.flatMap((e) =>
      e.relations
        .filter((r) => !names.has(r.target))
        .map((r) => `${e.name}.${r.field} leads to the unknown entity ${r.target}`),
    ),
  ];
};

const faultsOf = (root: unknown): string[] => {
  if (!isObject(root) || !isList(root['entities'])) return ['the model has no list of entities'];
  const shape = root['entities'].flatMap(entityFaults);
  if (root['version'] !== 1) shape.unshift(`the model's version is ${JSON.stringify(root['version'])}, known is 1`);
  return shape.length > 0 ? shape : graphFaults((root as unknown as DomainModel).entities);
};

/** Fields as columns see them: the state field is there even when the model lists it under `states` alone. */
export const fieldsOf = (entity: EntityModel): readonly FieldModel[] => {
  const { states } = entity;
  if (!states) return entity.fields;
  const listed = entity.fields.map((f) =>
    f.name === states.field && f.type === 'enum' ? { ...f, values: states.states } : f,
  );
  if (listed.some((f) => f.name === states.field)) return listed;
  return [
    ...listed,
    {
      name: states.field,
      label: states.field,
      type: 'enum',
      required: true,
      values: states.states,
      default: states.initial,
      source: 'states',
    },
  ];
};

/** Reads the model and refuses one that contradicts itself. */
export const readModel = ({
  path,
  text,
}: TextFile): { readonly model: DomainModel } | { readonly faults: readonly Finding[] } => {
  const fault = (message: string): Finding => ({ path, rule: 'model', severity: 'error', message });
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    return { faults: [fault(`not JSON: ${error instanceof Error ? error.message : String(error)}`)] };
  }
  const faults = faultsOf(root);
  return faults.length > 0 ? { faults: faults.map(fault) } : { model: root as DomainModel };
};
