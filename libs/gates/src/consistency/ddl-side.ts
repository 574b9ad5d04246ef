import type { DomainModel, EntityModel, FieldModel, FieldType, RelationModel } from '@squados/contracts';
import type { Catalog, ColumnInfo, TableInfo } from '../sql/catalog.js';
import { fieldsOf } from './read-model.js';

/** Column types that can hold a field's values, as format_type prints them without their length. */
const TYPES: Readonly<Record<Exclude<FieldType, 'enum'>, readonly string[]>> = {
  string: ['character varying', 'text', 'character', 'citext'],
  text: ['text', 'character varying'],
  integer: ['integer', 'bigint', 'smallint'],
  decimal: ['numeric'],
  boolean: ['boolean'],
  date: ['date'],
  datetime: ['timestamp with time zone'],
  time: ['time without time zone', 'time with time zone'],
  uuid: ['uuid'],
  email: ['character varying', 'text', 'citext'],
  url: ['character varying', 'text'],
  json: ['jsonb', 'json'],
};

const SYSTEM: Readonly<Record<string, readonly string[]>> = {
  id: ['uuid', 'bigint', 'integer'],
  created_at: ['timestamp with time zone'],
  updated_at: ['timestamp with time zone'],
  version: ['integer', 'bigint'],
};

const ON_DELETE: Readonly<Record<RelationModel['onDelete'], readonly string[]>> = {
  restrict: ['restrict', 'no action'],
  cascade: ['cascade'],
  'set-null': ['set null'],
};

const bare = (type: string): string => type.replace(/\([^)]*\)/, '').trim();
const lengthOf = (type: string): number | undefined => {
  const length = /^character(?: varying)?\((\d+)\)$/.exec(type)?.[1];
  return length === undefined ? undefined : Number(length);
};

/** Definitions of the CHECK constraints that look at this column alone, as PostgreSQL prints them. */
const checksOf = (table: TableInfo, column: string): readonly string[] =>
  table.constraints
    .filter((c) => c.kind === 'check' && c.columns.length === 1 && c.columns[0] === column)
    .map((c) => c.definition);

/** Text literals of a printed expression. */
const literals = (definition: string): string[] =>
  [...definition.matchAll(/'((?:[^']|'')*)'/g)].map((m) => (m[1] ?? '').replaceAll("''", "'"));

const numbers = (definitions: readonly string[]): readonly number[] =>
  definitions.flatMap((text) => [...text.matchAll(/-?\d+(?:\.\d+)?/g)].map((m) => Number(m[0])));

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && [...a].sort().join('\0') === [...b].sort().join('\0');

/** Values that a column admits: its enum type's labels, or the literals of a CHECK that lists them. */
const admitted = (catalog: Catalog, table: TableInfo, column: ColumnInfo): readonly string[] | undefined => {
  const type = catalog.enums.find((e) => e.name === column.type);
  if (type) return type.labels;
  const listing = checksOf(table, column.name).find((text) => /= ANY \(|= '/.test(text));
  return listing === undefined ? undefined : [...new Set(literals(listing))];
};

interface Side {
  readonly catalog: Catalog;
  readonly table: TableInfo;
  readonly entity: EntityModel;
}

const at = ({ entity, table }: Side, field: string): string =>
  `${entity.name}.${field} (column ${table.name}.${field})`;

const enumFaults = (side: Side, field: FieldModel, column: ColumnInfo): string[] => {
  const values = field.values ?? [];
  const allowed = admitted(side.catalog, side.table, column);
  if (allowed === undefined) return [`${at(side, field.name)} admits any value: no CHECK lists ${values.join(', ')}`];
  return sameSet(allowed, values)
    ? []
    : [`${at(side, field.name)} admits ${allowed.join(', ')}, the model says ${values.join(', ')}`];
};

const TEXTUAL = new Set<FieldType>(['string', 'text', 'email', 'url']);
const NUMERIC = new Set<FieldType>(['integer', 'decimal']);

const tooLong = (side: Side, field: FieldModel, length: number | undefined): string[] => {
  if (field.max === undefined || length === field.max || numbers(checksOf(side.table, field.name)).includes(field.max))
    return [];
  const holds = length === undefined ? 'any length' : `at most ${length} characters`;
  return [`${at(side, field.name)} holds ${holds}, the model says at most ${field.max}`];
};

const tooShort = (side: Side, field: FieldModel): string[] => {
  if (field.min === undefined || field.min <= 0) return [];
  const limits = numbers(checksOf(side.table, field.name));
  // `> 0` says the same as `>= 1`.
  const isHeld = limits.includes(field.min) || (field.min === 1 && limits.includes(0));
  return isHeld ? [] : [`${at(side, field.name)} has no CHECK for at least ${field.min} characters`];
};

const NATURAL_LIMIT: ReadonlySet<FieldType> = new Set(['email', 'url']);

const invented = (side: Side, field: FieldModel, length: number | undefined): string[] =>
  field.max === undefined && length !== undefined && length < 255 && !NATURAL_LIMIT.has(field.type)
    ? [`${at(side, field.name)} holds at most ${length} characters, the model sets no limit`]
    : [];

const lengthFaults = (side: Side, field: FieldModel, column: ColumnInfo): string[] => {
  const length = lengthOf(column.type);
  return [...tooLong(side, field, length), ...tooShort(side, field), ...invented(side, field, length)];
};

const rangeFaults = (side: Side, field: FieldModel): string[] => {
  const limits = numbers(checksOf(side.table, field.name));
  const wanted = [
    ['least', field.min],
    ['most', field.max],
  ] as const;
  return wanted.flatMap(([word, limit]) =>
    limit === undefined || limits.includes(limit)
      ? []
      : [`${at(side, field.name)} has no CHECK for at ${word} ${limit}`],
  );
};

const plainDefault = (text: string): string =>
  text
    .replace(/::[\w ."]+(?:\([^)]*\))?$/, '')
    .replace(/^\((.*)\)$/, '$1')
    .replace(/^'(.*)'$/s, '$1')
    .replaceAll("''", "'");

const defaultFaults = (side: Side, field: FieldModel, column: ColumnInfo): string[] => {
  if (field.default === undefined) return [];
  const actual = column.default === null ? undefined : plainDefault(column.default);
  const same =
    actual === String(field.default) || (typeof field.default === 'number' && Number(actual) === field.default);
  return same
    ? []
    : [
        `${at(side, field.name)} has ${actual === undefined ? 'no default' : `the default ${actual}`}, the model says ${String(field.default)}`,
      ];
};

const isUnique = (table: TableInfo, column: string): boolean =>
  table.constraints.some((c) => (c.kind === 'unique' || c.kind === 'primary key') && c.columns.join() === column) ||
  table.indexes.some(
    (i) =>
      i.unique &&
      (i.columns.join() === column ||
        i.definition.includes(`(lower((${column})::text))`) ||
        i.definition.includes(`(lower(${column}))`)),
  );

const typeFaults = (side: Side, field: FieldModel, column: ColumnInfo): string[] => {
  if (field.type === 'enum') return enumFaults(side, field, column);
  if (!TYPES[field.type].includes(bare(column.type)))
    return [`${at(side, field.name)} is ${column.type}, the model says ${field.type}`];
  if (TEXTUAL.has(field.type)) return lengthFaults(side, field, column);
  return NUMERIC.has(field.type) ? rangeFaults(side, field) : [];
};

const nullFault = (side: Side, column: ColumnInfo, required: boolean): string[] =>
  column.nullable === !required
    ? []
    : [
        `${at(side, column.name)} is ${column.nullable ? 'nullable' : 'NOT NULL'}, the model says ${required ? 'required' : 'optional'}`,
      ];

const fieldFaults = (side: Side, field: FieldModel): string[] => {
  const column = side.table.columns.find((c) => c.name === field.name);
  if (!column) return [`${side.entity.name}.${field.name} has no column in table ${side.table.name}`];
  const unique =
    field.unique === true && !isUnique(side.table, field.name)
      ? [`${at(side, field.name)} is not unique, the model says unique`]
      : [];
  const pattern =
    field.pattern !== undefined && !checksOf(side.table, field.name).some((text) => text.includes('~'))
      ? [`${at(side, field.name)} has no CHECK for the pattern ${field.pattern}`]
      : [];
  return [
    ...typeFaults(side, field, column),
    ...nullFault(side, column, field.required),
    ...unique,
    ...pattern,
    ...defaultFaults(side, field, column),
  ];
};

const relationFaults = (side: Side, relation: RelationModel, model: DomainModel): string[] => {
  const column = side.table.columns.find((c) => c.name === relation.field);
  if (!column) return [`${side.entity.name}.${relation.field} has no column in table ${side.table.name}`];
  const target = model.entities.find((e) => e.name === relation.target)?.table ?? relation.target;
  const keys = side.table.constraints.filter((c) => c.kind === 'foreign key' && c.columns.join() === relation.field);
  const key = keys.find((c) => c.references?.table === target);
  const nulls = nullFault(side, column, relation.required);
  if (!key) return [...nulls, `${at(side, relation.field)} has no foreign key to ${target}`];
  const action = key.references?.onDelete ?? '';
  return ON_DELETE[relation.onDelete].includes(action)
    ? nulls
    : [...nulls, `${at(side, relation.field)} is ON DELETE ${action}, the model says ${relation.onDelete}`];
};

const systemFaults = (side: Side): string[] =>
  Object.entries(SYSTEM).flatMap(([name, types]) => {
    const column = side.table.columns.find((c) => c.name === name);
    if (!column) return [`table ${side.table.name} has no column ${name}, which every entity has`];
    return types.includes(bare(column.type)) && !column.nullable
      ? []
      : [
          `column ${side.table.name}.${name} is ${column.type}${column.nullable ? ', nullable' : ''}; it must be ${types[0] ?? ''} NOT NULL`,
        ];
  });

const keyFault = ({ table }: Side): string[] =>
  table.constraints.some((c) => c.kind === 'primary key' && c.columns.join() === 'id')
    ? []
    : [`table ${table.name} has no primary key on id`];

const extraColumns = (side: Side): string[] => {
  const known = new Set([
    ...Object.keys(SYSTEM),
    ...fieldsOf(side.entity).map((f) => f.name),
    ...side.entity.relations.map((r) => r.field),
  ]);
  const related = new Set(side.entity.relations.map((r) => r.field));
  const keys = side.table.constraints.filter(
    (c) => c.kind === 'foreign key' && !c.columns.every((name) => related.has(name)),
  );
  return [
    ...side.table.columns
      .filter((c) => !known.has(c.name))
      .map((c) => `column ${side.table.name}.${c.name} is not in the model`),
    ...keys.map(
      (c) =>
        `foreign key ${side.table.name}(${c.columns.join(', ')}) → ${c.references?.table ?? ''} is not in the model`,
    ),
  ];
};

const entityFaults = (model: DomainModel, catalog: Catalog, entity: EntityModel): string[] => {
  const table = catalog.tables.find((t) => t.name === entity.table);
  if (!table) return [`${entity.name} has no table ${entity.table}`];
  const side = { catalog, table, entity };
  return [
    ...keyFault(side),
    ...systemFaults(side),
    ...fieldsOf(entity).flatMap((field) => fieldFaults(side, field)),
    ...entity.relations.flatMap((relation) => relationFaults(side, relation, model)),
    ...extraColumns(side),
  ];
};

/** Where the loaded database and the model differ, in either direction. */
export const ddlFaults = (model: DomainModel, catalog: Catalog): readonly string[] => {
  const tables = new Set(model.entities.map((e) => e.table));
  return [
    ...model.entities.flatMap((entity) => entityFaults(model, catalog, entity)),
    ...catalog.tables.filter((t) => !tables.has(t.name)).map((t) => `table ${t.name} is not in the model`),
  ];
};
