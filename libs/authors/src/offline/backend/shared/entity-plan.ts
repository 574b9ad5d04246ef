import type { DomainModel, EntityModel } from '@squados/contracts';
import { limitsOf } from './enforcement.js';
import { objectOf, type Contract, type ContractOperation, type ContractProblem } from './read-contract.js';
import type { EntityPlan, FilterPlan, OperationPlan } from './service-plan.js';

interface Surroundings {
  readonly model: DomainModel;
  readonly contract: Contract;
  readonly module: string;
}

/** One entity with its part of the contract, or what keeps them from fitting. */
export const entityPlan = (
  entity: EntityModel,
  around: Surroundings,
): { readonly entity?: EntityPlan; readonly problems: readonly ContractProblem[] } => {
  const mine = around.contract.operations.flatMap((o) => operationPlan(entity, o) ?? []);
  const list = contracted(around.contract, mine, 'list');
  const create = contracted(around.contract, mine, 'create');
  const schemas = schemasOf(create, list);
  const problems = [...missing(entity, mine), ...columnClash(entity)];
  if (problems.length > 0) return { problems };
  if (!list || !schemas) return { problems: [nameless(entity)] };
  const plan: EntityPlan = {
    model: entity,
    module: around.module,
    schemas,
    operations: mine,
    writable: { relations: entity.relations, fields: entity.fields.filter((f) => f.name !== entity.states?.field) },
    filters: filtersOf(entity, list),
    sort: sortOf(list),
    limits: limitsOf(entity, around.model.rules),
    usedBy: around.model.entities.flatMap((other) =>
      other.relations.filter((r) => r.target === entity.name).map((relation) => ({ entity: other.name, relation })),
    ),
  };
  return { entity: plan, problems: [] };
};

const schemasOf = (
  create: ContractOperation | undefined,
  list: ContractOperation | undefined,
): EntityPlan['schemas'] | undefined => {
  const { output: read, input } = create ?? {};
  const page = list?.output;
  return read && input && page ? { read, input, page } : undefined;
};

const nameless = (entity: EntityModel): ContractProblem => ({
  place: `/${entity.resource}`,
  message: `the contract names no schemas for ${entity.name}: what is read, what is written, a page of them`,
});

const ALWAYS = ['id', 'version', 'created_at', 'updated_at'];
const columnClash = (entity: EntityModel): readonly ContractProblem[] => {
  const columns = [...ALWAYS, ...entity.relations.map((r) => r.field), ...entity.fields.map((f) => f.name)];
  return columns
    .filter((name, i) => columns.indexOf(name) !== i)
    .map((name) => ({ place: entity.name, message: `two columns are called ${name}: rename one in the design` }));
};

const REQUIRED = ['list', 'create', 'read', 'update', 'delete'] as const;
const missing = (entity: EntityModel, operations: readonly OperationPlan[]): readonly ContractProblem[] =>
  REQUIRED.filter((kind) => !operations.some((o) => o.kind === kind)).map((kind) => ({
    place: `/${entity.resource}`,
    message: `the contract has no operation that would ${kind} ${entity.name}`,
  }));

const contracted = (
  contract: Contract,
  operations: readonly OperationPlan[],
  kind: OperationPlan['kind'],
): ContractOperation | undefined => {
  const id = operations.find((o) => o.kind === kind)?.operationId;
  return contract.operations.find((o) => o.operationId === id);
};

const METHODS = {
  list: 'get',
  create: 'post',
  read: 'get',
  update: 'put',
  delete: 'delete',
  action: 'post',
} as const;

/** What an operation does to the entity, by its path and method; undefined: it is not this entity's. */
const operationPlan = (entity: EntityModel, operation: ContractOperation): OperationPlan | undefined => {
  const found = kindOf(entity, operation);
  if (!found) return undefined;
  const { method: _m, parameters: _p, input: _i, output: _o, ...told } = operation;
  const transitions = entity.states?.transitions ?? [];
  return {
    ...told,
    kind: found.kind,
    method: METHODS[found.kind],
    ...(found.action === undefined ? {} : { action: found.action }),
    moves: transitions.filter((t) => t.action === found.action).map(({ from, to }) => ({ from, to })),
  };
};

const kindOf = (
  entity: EntityModel,
  { path, method }: ContractOperation,
): { readonly kind: OperationPlan['kind']; readonly action?: string } | undefined => {
  const [collection, item] = [`/${entity.resource}`, `/${entity.resource}/{id}`];
  if (path === collection)
    return method === 'get' ? { kind: 'list' } : method === 'post' ? { kind: 'create' } : undefined;
  if (path === item) return itemKind(method);
  const action = entity.operations.find((o) => o.kind === 'action' && path === `${item}/${o.action ?? ''}`)?.action;
  return action === undefined || method !== 'post' ? undefined : { kind: 'action', action };
};

const itemKind = (method: string): { readonly kind: OperationPlan['kind'] } | undefined => {
  if (method === 'get') return { kind: 'read' };
  if (method === 'put') return { kind: 'update' };
  return method === 'delete' ? { kind: 'delete' } : undefined;
};

const PAGING = new Set(['page', 'size', 'sort']);

const filtersOf = (entity: EntityModel, list: ContractOperation): readonly FilterPlan[] =>
  list.parameters.flatMap((parameter): readonly FilterPlan[] => {
    const name = String(parameter['name']);
    if (parameter['in'] !== 'query' || PAGING.has(name)) return [];
    const relation = entity.relations.find((r) => r.field === name);
    if (relation) return [{ name, of: 'relation', relation }];
    const field = entity.fields.find((f) => f.name === name);
    return field ? [{ name, of: 'field', field }] : [];
  });

const sortOf = (list: ContractOperation): EntityPlan['sort'] => {
  const schema = objectOf(list.parameters.find((p) => p['name'] === 'sort')?.['schema']);
  const values = Array.isArray(schema['enum']) ? schema['enum'].filter((v): v is string => typeof v === 'string') : [];
  const byDefault = schema['default'];
  return { values, byDefault: typeof byDefault === 'string' ? byDefault : (values[0] ?? '') };
};

/** Names of modules; two entities whose names differ in capitals alone get a number. */
export const moduleNames = (entities: readonly EntityModel[]): ReadonlyMap<string, string> => {
  const taken = new Set<string>();
  const names = new Map<string, string>();
  for (const { name } of entities) {
    const plain = snakeOf(name);
    let free = plain;
    for (let n = 2; taken.has(free); n++) free = `${plain}_${n}`;
    taken.add(free);
    names.set(name, free);
  }
  return names;
};

const snakeOf = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
