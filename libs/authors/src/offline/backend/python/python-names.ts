import type { EntityModel } from '@squados/contracts';
import type { EntityPlan } from '../shared/service-plan.js';

const KEYWORDS = new Set(
  (
    'false none true and as assert async await break class continue def del elif else except finally for from global if import in is ' +
    'lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Names that the bodies of generated classes use, or that Pydantic's and SQLAlchemy's base classes have. */
const TAKEN_ATTRIBUTES = new Set(
  (
    'str int bool dict list uuid dt sa orm db types schema paging pydantic typing decimal metadata registry type_annotation_map copy json ' +
    'construct validate parse_obj parse_raw parse_file from_orm update_forward_refs schema_json columns of offset page size sort sort_key ' +
    'is_descending self cls print super property'
  ).split(' '),
);
const TAKEN_MODULES = new Set(['routers', 'tables', 'rows', 'test', 'conftest']);
const TAKEN_CLASSES = new Set(['Annotated', 'Literal', 'Decimal', 'ClassVar', 'None', 'True', 'False', 'Any']);

const free = (name: string, taken: (name: string) => boolean): string => {
  let candidate = name;
  while (taken(candidate)) candidate += '_';
  return candidate;
};

/** Column → attribute, for every relation and field: the same word unless Python or a base class has it already. */
export const attributesOf = (entity: EntityModel): ReadonlyMap<string, string> => {
  const columns = [...entity.relations.map((r) => r.field), ...entity.fields.map((f) => f.name)];
  const names = new Map<string, string>();
  for (const column of columns) {
    const others = new Set([...columns.filter((c) => c !== column), ...names.values()]);
    names.set(
      column,
      free(plainName(column), (name) => isTaken(name) || others.has(name)),
    );
  }
  return names;
};

/** Pydantic keeps everything that begins with `model_` for itself. */
const plainName = (column: string): string => column.replace(/^model_/, 'the_model_');

const isTaken = (name: string): boolean => KEYWORDS.has(name) || TAKEN_ATTRIBUTES.has(name);

/** Names of an entity in code; `read` is the contract's schema, the others lean on the entity's name. */
export interface EntityNames {
  readonly module: string;
  readonly read: string;
  readonly input: string;
  readonly page: string;
  readonly fields: string;
  readonly query: string;
  readonly sort: string;
  readonly row: string;
  readonly repository: string;
  readonly service: string;
}

export const namesOf = (entity: EntityPlan): EntityNames => {
  const { name } = entity.model;
  const { read, input, page } = entity.schemas;
  const taken = new Set([read, input, page]);
  const own = (suffix: string): string => free(`${name}${suffix}`, (candidate) => taken.has(candidate));
  return {
    module: free(entity.module, (m) => KEYWORDS.has(m) || TAKEN_MODULES.has(m)),
    read: free(read, (c) => TAKEN_CLASSES.has(c)),
    input,
    page,
    fields: own('Fields'),
    query: own('Query'),
    sort: own('Sort'),
    row: `${name}Row`,
    repository: `${name}Repository`,
    service: `${name}Service`,
  };
};

const METHODS_OF_A_SERVICE = new Set([
  'page',
  'get',
  'told',
  'list_page',
  'answers',
  'session',
  'authorized',
  'create',
  'update',
  'delete',
  'row',
  'unique',
  'state',
  'read',
  'list',
  'service',
  'router',
]);

/** An action as a function: `mark-as-ready` → `mark_as_ready`, `return` → `return_`. */
export const actionName = (action: string): string =>
  free(action.replaceAll('-', '_'), (name) => KEYWORDS.has(name) || METHODS_OF_A_SERVICE.has(name));
