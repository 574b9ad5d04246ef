import type { FieldModel, RelationModel } from '@squados/contracts';
import type { EntityPlan, FilterPlan, ServicePlan } from '../../shared/service-plan.js';
import { constraintName, exported, packageName, uniqueNames } from '../naming/go-names.js';

/** An entity with every name that its Go code uses; no name is taken twice in its package. */
export interface GoEntity {
  readonly plan: EntityPlan;
  /** Path of the Go module. */
  readonly module: string;
  readonly basePath: string;
  readonly pkg: string;
  /** The type of a row: `Loan`. */
  readonly type: string;
  readonly columns: readonly GoColumn[];
  readonly filters: readonly { readonly go: string; readonly name: string; readonly column: GoColumn }[];
  readonly actions: readonly GoAction[];
  /** The column that holds the state, when the entity has states that actions change. */
  readonly state?: GoColumn;
}

export interface GoEnum {
  readonly type: string;
  readonly values: readonly { readonly go: string; readonly value: string }[];
}

/** A column that the design made: a relation or a field. */
export interface GoColumn {
  readonly name: string;
  readonly go: string;
  /** Without the star that an optional column has: `int32`, `field.Date`, `Status`. */
  readonly type: string;
  readonly required: boolean;
  readonly writable: boolean;
  readonly unique: boolean;
  readonly of: { readonly relation: RelationModel } | { readonly field: FieldModel };
  readonly enum?: GoEnum;
}

export interface GoAction {
  readonly name: string;
  /** `ActionReturn`. */
  readonly go: string;
  readonly moves: readonly { readonly from: string; readonly to: string }[];
}

const TYPES: Readonly<Record<Exclude<FieldModel['type'], 'enum' | 'integer'>, string>> = {
  string: 'string',
  text: 'string',
  email: 'string',
  url: 'string',
  decimal: 'field.Decimal',
  boolean: 'bool',
  date: 'field.Date',
  datetime: 'time.Time',
  time: 'field.Clock',
  uuid: 'uuid.UUID',
  json: 'field.Document',
};

const INT32 = 2_147_483_647;
const isWide = ({ min = 0, max = 0 }: FieldModel): boolean => Math.max(Math.abs(min), Math.abs(max)) > INT32;

/** Types and functions that every entity's package has. */
const OWN =
  'Action Draft Handler NewHandler NewRepository NewService PostgresRepository Query ReadDraft Repository Service';
const ROW = 'ID Version CreatedAt UpdatedAt';

type Unique = (wanted: string) => string;

const enumOf = (field: FieldModel, unique: Unique): GoEnum => {
  const type = unique(exported(field.name));
  const values = (field.values ?? []).map((value) => ({ go: unique(type + exported(value)), value }));
  return { type, values };
};

const typeOf = (field: FieldModel, held: GoEnum | undefined): string => {
  if (held) return held.type;
  if (field.type === 'integer') return isWide(field) ? 'int64' : 'int32';
  return field.type === 'enum' ? 'string' : TYPES[field.type];
};

const fieldColumn = (field: FieldModel, go: string, unique: Unique): Omit<GoColumn, 'writable'> => {
  const held = field.type === 'enum' ? enumOf(field, unique) : undefined;
  return {
    name: field.name,
    go,
    type: typeOf(field, held),
    required: field.required,
    unique: field.unique === true,
    of: { field },
    ...(held ? { enum: held } : {}),
  };
};

const columnsOf = (plan: EntityPlan, unique: Unique): readonly GoColumn[] => {
  const inRow = uniqueNames(ROW.split(' '));
  const { model, writable } = plan;
  const relations = model.relations.map((relation) => ({
    name: relation.field,
    go: inRow(exported(relation.field)),
    type: 'uuid.UUID',
    required: relation.required,
    writable: true,
    unique: false,
    of: { relation },
  }));
  const fields = model.fields.map((field) => ({
    ...fieldColumn(field, inRow(exported(field.name)), unique),
    writable: writable.fields.some((f) => f.name === field.name),
  }));
  return [...relations, ...fields];
};

const filterOf = (filter: FilterPlan, columns: readonly GoColumn[], inQuery: Unique): GoEntity['filters'] => {
  const column = columns.find((c) => c.name === filter.name);
  return column ? [{ go: inQuery(column.go), name: filter.name, column }] : [];
};

const modulePath = (plan: ServicePlan): string => `app.local/${plan.slug}`;

const goEntity = (plan: EntityPlan, service: ServicePlan): GoEntity => {
  const unique = uniqueNames(OWN.split(' '));
  const type = unique(plan.model.name);
  const columns = columnsOf(plan, unique);
  const inQuery = uniqueNames(['Page']);
  const actions = plan.operations
    .filter((o) => o.kind === 'action')
    .map((o) => ({ name: o.action ?? '', go: unique(`Action${exported(o.action ?? '')}`), moves: o.moves }));
  const state = columns.find((c) => c.name === plan.model.states?.field && c.enum);
  return {
    plan,
    module: modulePath(service),
    basePath: service.basePath,
    pkg: packageName(plan.module),
    type,
    columns,
    filters: plan.filters.flatMap((f) => filterOf(f, columns, inQuery)),
    actions,
    ...(state ? { state } : {}),
  };
};

/** The service's entities, named; packages whose names fall together get a number. */
export const goEntities = (service: ServicePlan): readonly GoEntity[] => {
  const unique = uniqueNames([]);
  return service.entities.map((plan) => {
    const entity = goEntity(plan, service);
    return { ...entity, pkg: unique(entity.pkg) };
  });
};

/** Actions that change the state, and those that count the version up alone. */
export const movingActions = (entity: GoEntity): readonly GoAction[] =>
  entity.state ? entity.actions.filter((a) => a.moves.length > 0) : [];
export const touchingActions = (entity: GoEntity): readonly GoAction[] =>
  entity.actions.filter((a) => !movingActions(entity).includes(a));

/** The name of the enum's constant for a value. */
export const constantOf = (column: GoColumn, value: string): string =>
  column.enum?.values.find((v) => v.value === value)?.go ?? '""';

export const writableColumns = (entity: GoEntity): readonly GoColumn[] => entity.columns.filter((c) => c.writable);

/** Constraints that a write can break, each with its column. */
export const uniqueConstraints = (entity: GoEntity): readonly (readonly [constraint: string, column: GoColumn])[] =>
  entity.columns
    .filter((c) => c.unique)
    .map((c) => [constraintName('uq', entity.plan.model.table, c.name), c] as const);
export const foreignKeys = (entity: GoEntity): readonly (readonly [constraint: string, column: GoColumn])[] =>
  entity.columns
    .filter((c) => 'relation' in c.of)
    .map((c) => [constraintName('fk', entity.plan.model.table, c.name), c] as const);

/** The type as a column of a row has it. */
export const columnType = (column: GoColumn): string => (column.required ? column.type : `*${column.type}`);

const PACKAGES: Readonly<Record<string, string>> = { uuid: 'github.com/google/uuid', time: 'time' };
/** Import paths that the types of these columns need. */
export const typeImports = (entity: GoEntity, columns: readonly GoColumn[]): readonly string[] =>
  columns.flatMap((c) => {
    const pkg = /^([a-z]+)\./.exec(c.type)?.[1];
    if (pkg === undefined) return [];
    return [pkg === 'field' ? `${entity.module}/internal/platform/field` : (PACKAGES[pkg] ?? '')];
  });
