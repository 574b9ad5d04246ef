import type { EntityModel } from '@squados/contracts';
import { oneLine } from '../text/literals.js';
import { claimer, constantName, fileName, humanised, pascalName, typeName, valueName } from '../text/names.js';
import type { ActionView, CallsView, CallView, EntityView, FieldView, FilterView, RowField } from './app-model.js';
import { enumOf, type ContractOperation, type ObjectSchema } from './contract.js';
import { fieldView, type FieldContext } from './field-view.js';

/** The operations of one entity, found by their paths. */
export interface EntityOperations {
  readonly list?: ContractOperation;
  readonly create?: ContractOperation;
  readonly get?: ContractOperation;
  readonly update?: ContractOperation;
  readonly remove?: ContractOperation;
  readonly actions: readonly { readonly name: string; readonly operation: ContractOperation }[];
}

const ITEM = /^\{(\w+)\}$/;
const ACTION = /^[a-z][a-z0-9-]*$/;

const isAction = ({ method, input }: ContractOperation, item: string): boolean =>
  method === 'post' && ITEM.test(item) && input === undefined;

const restOf = (path: string, resource: string): readonly string[] | undefined => {
  const segments = path.split('/').filter((s) => s !== '');
  return segments[0] === resource ? segments.slice(1) : undefined;
};

export const operationsOf = (entity: EntityModel, operations: readonly ContractOperation[]): EntityOperations => {
  const mine = operations.flatMap((operation) => {
    const rest = restOf(operation.path, entity.resource);
    return rest === undefined ? [] : [{ operation, rest }];
  });
  const at = (depth: number, methods: readonly string[]): ContractOperation | undefined =>
    mine.find(
      ({ operation, rest }) =>
        rest.length === depth && methods.includes(operation.method) && (depth === 0 || ITEM.test(rest[0] ?? '')),
    )?.operation;
  const list = at(0, ['get']);
  const found = {
    list: list && isPaged(list) ? list : undefined,
    create: at(0, ['post']),
    get: at(1, ['get']),
    update: at(1, ['put']) ?? at(1, ['patch']),
    remove: at(1, ['delete']),
  };
  const actions = mine.flatMap(({ operation, rest }) =>
    rest.length === 2 && ACTION.test(rest[1] ?? '') && isAction(operation, rest[0] ?? '')
      ? [{ name: rest[1] ?? '', operation }]
      : [],
  );
  return { ...withoutAbsent(found), actions };
};

const PAGE = ['items', 'page', 'size', 'total'];

/** Lists are shown page by page; one that answers otherwise is none of ours, and the notes say so. */
const isPaged = ({ output }: ContractOperation): boolean => PAGE.every((name) => output?.properties.has(name));

const withoutAbsent = <T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;

const IDENTIFIER = /^[a-z][A-Za-z0-9]*$/;

const callOf = (operation: ContractOperation, fallback: string, claim: FieldContext['claim']): CallView => {
  const idParam = /\{(\w+)\}/.exec(operation.path)?.[1];
  const wish = IDENTIFIER.test(operation.id) ? operation.id : fallback;
  return {
    fn: claim(wish === fallback || wish.length > 3 ? valueName(wish) : fallback, 'Call'),
    method: operation.method.toUpperCase() as CallView['method'],
    path: operation.path,
    needsIfMatch: operation.parameters.some((p) => p.in === 'header' && p.name.toLowerCase() === 'if-match'),
    ...(idParam === undefined ? {} : { idParam }),
  };
};

const VERBS = { list: 'list', create: 'create', get: 'get', update: 'update', remove: 'delete' } as const;

const callsOf = (found: EntityOperations, { type, claim }: FieldContext): CallsView =>
  Object.fromEntries(
    (Object.keys(VERBS) as (keyof typeof VERBS)[]).flatMap((kind) => {
      const operation = found[kind];
      return operation ? [[kind, callOf(operation, `${VERBS[kind]}${type}`, claim)]] : [];
    }),
  );

const actionsOf = (found: EntityOperations, { entity, type, claim }: FieldContext): readonly ActionView[] =>
  found.actions.map(({ name, operation }) => {
    const moves = (entity.states?.transitions ?? []).filter((t) => t.action === name);
    const first = pascalName(name);
    return {
      name,
      label: humanised(name),
      call: callOf(operation, `${first.charAt(0).toLowerCase()}${first.slice(1)}${type}`, claim),
      ...(moves.length > 0 ? { from: [...new Set(moves.map((move) => move.from))] } : {}),
    };
  });

const SYSTEM = new Set(['id', 'version', 'created_at', 'updated_at']);
/** Properties and parameters that code can name; others are left to the server. */
const NAME = /^[a-z][A-Za-z0-9_]*$/;
const PAGING = new Set(['page', 'size']);
const NOTHING: ObjectSchema = { properties: new Map(), required: new Set() };

const viewsOf = (object: ObjectSchema | undefined, context: FieldContext): readonly FieldView[] =>
  [...(object?.properties.keys() ?? [])]
    .filter((name) => NAME.test(name))
    .map((name) => fieldView(object ?? NOTHING, name, context));

/** The same choice is one constant, whether the row or the input names it first. */
const sharing = (inputs: readonly FieldView[], rows: readonly FieldView[]): readonly FieldView[] =>
  inputs.map((input) => {
    const row = rows.find((r) => r.name === input.name);
    return row?.choice ? { ...input, choice: row.choice } : input;
  });

const filtersOf = (list: ContractOperation | undefined, fields: readonly FieldView[]): readonly FilterView[] =>
  (list?.parameters ?? [])
    .filter((p) => p.in === 'query' && !PAGING.has(p.name) && p.name !== 'sort' && NAME.test(p.name))
    .map((p) => {
      const field = fields.find((f) => f.name === p.name);
      const label = field?.label ?? humanised(p.name);
      return { name: p.name, label, kind: field?.kind ?? 'string', ...(field ? { field } : {}) };
    });

const sortOf = (
  list: ContractOperation | undefined,
): { readonly sorts: readonly string[]; readonly first?: string } => {
  const schema = list?.parameters.find((p) => p.in === 'query' && p.name === 'sort')?.schema ?? {};
  const first = schema['default'];
  return { sorts: enumOf(schema), ...(typeof first === 'string' ? { first } : {}) };
};

interface EntityInput {
  readonly entity: EntityModel;
  readonly found: EntityOperations;
  readonly reachable: ReadonlySet<string>;
  readonly note: (text: string) => void;
}

const contextOf = ({ entity, reachable, note }: EntityInput): FieldContext => {
  const type = typeName(entity.name);
  const constant = constantName(type);
  const claim = claimer([type, `${type}Input`, `${type}Query`, `${constant}_SORTS`]);
  return { entity, type, reachable, claim, note };
};

const namesOf = (entity: EntityModel, type: string) => ({
  type,
  value: valueName(type),
  constant: constantName(type),
  file: fileName(type),
  resource: entity.resource,
  label: oneLine(entity.label) || entity.name,
  labelPlural: oneLine(entity.labelPlural) || entity.name,
  sortsConstant: `${constantName(type)}_SORTS`,
});

/** What the list takes: sorting, paging, filters. */
const listViewOf = (list: ContractOperation | undefined, rowFields: readonly RowField[]) => {
  const { sorts, first } = sortOf(list);
  const hasPaging = list?.parameters.some((p) => p.name === 'page') ?? false;
  const filters = filtersOf(list, rowFields);
  return { sorts, hasPaging, filters, ...(first === undefined ? {} : { defaultSort: first }) };
};

const rowSchemaOf = ({ get, create, update }: EntityOperations): ObjectSchema | undefined =>
  get?.output ?? create?.output ?? update?.output;

/** One entity of the model with everything that the contract offers for it. */
export const entityView = (input: EntityInput): EntityView => {
  const { entity, found } = input;
  const context = contextOf(input);
  const rows = viewsOf(rowSchemaOf(found), context);
  const inputs = sharing(
    viewsOf(found.create?.input ?? found.update?.input, { ...context, claim: (wish) => wish }),
    rows,
  );
  const rowFields: readonly RowField[] = rows.map((f) => ({ ...f, system: SYSTEM.has(f.name) }));
  return {
    model: entity,
    ...namesOf(entity, context.type),
    ...listViewOf(found.list, rowFields),
    rowFields,
    fields: rowFields.filter((f) => !f.system),
    inputs,
    choices: rowFields.filter((f) => f.choice !== undefined),
    calls: callsOf(found, context),
    actions: actionsOf(found, context),
  };
};

/** Whether rows can be chosen and named elsewhere. */
export const isReachable = (found: EntityOperations): boolean => found.list !== undefined && found.get !== undefined;
