import type { DomainModel, EntityModel, FieldModel, RelationModel } from '@squados/contracts';
import { digest, isReserved } from '../text/identifiers.js';
import { sqlText } from './escape.js';

/** One table of the schema, every part by its own name, so that two versions can be compared part by part. */
export interface Table {
  readonly name: string;
  readonly comment: string;
  readonly columns: readonly Column[];
  /** Primary key, unique and check constraints. */
  readonly constraints: readonly Part[];
  /** Added after all tables are there. */
  readonly foreignKeys: readonly Part[];
  readonly indexes: readonly Part[];
}

export interface Column {
  readonly name: string;
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: string;
  readonly comment: string;
}

/** A named part of a table and the SQL that defines it. */
export interface Part {
  readonly name: string;
  readonly sql: string;
}

export const SHORT_TEXT = 255;
export const LONG_TEXT = 10_000;
const MAX_NAME = 63;

/** An identifier, quoted when PostgreSQL would take it for a keyword. */
export const quoted = (name: string): string => (isReserved(name) ? `"${name}"` : name);

const named = (...parts: readonly string[]): string => {
  const name = parts.join('_');
  return name.length <= MAX_NAME ? name : `${name.slice(0, MAX_NAME - 9)}_${digest(name)}`;
};

const longest = (values: readonly string[]): number => Math.max(...values.map((v) => v.length), 1);

const INT_MAX = 2_147_483_647;
const isWide = (field: FieldModel): boolean => Math.max(Math.abs(field.max ?? 0), Math.abs(field.min ?? 0)) > INT_MAX;

const TYPES: Readonly<Record<FieldModel['type'], (field: FieldModel) => string>> = {
  string: (f) => `varchar(${f.max ?? SHORT_TEXT})`,
  text: () => 'text',
  integer: (f) => (isWide(f) ? 'bigint' : 'integer'),
  decimal: () => 'numeric',
  boolean: () => 'boolean',
  date: () => 'date',
  datetime: () => 'timestamptz',
  time: () => 'time',
  uuid: () => 'uuid',
  email: (f) => `varchar(${f.max ?? 254})`,
  url: (f) => `varchar(${f.max ?? 2048})`,
  json: () => 'jsonb',
  enum: (f) => `varchar(${longest(f.values ?? [])})`,
};

const defaultOf = (field: FieldModel): string | undefined => {
  if (field.default === undefined) return undefined;
  return typeof field.default === 'string' ? sqlText(field.default) : String(field.default);
};

const fieldColumn = (field: FieldModel): Column => {
  const value = defaultOf(field);
  return {
    name: field.name,
    type: TYPES[field.type](field),
    notNull: field.required,
    ...(value === undefined ? {} : { default: value }),
    comment: field.description ? `${field.label}: ${field.description}` : field.label,
  };
};

const relationColumn = (relation: RelationModel): Column => ({
  name: relation.field,
  type: 'uuid',
  notNull: relation.required,
  comment: relation.label,
});

const ALWAYS: Readonly<Record<DomainModel['language'], readonly [string, string, string, string]>> = {
  pt: ['Identificador', 'Versão, para o controle otimista de concorrência', 'Criado em', 'Alterado em'],
  en: ['Identifier', 'Version, for optimistic locking', 'Created at', 'Changed at'],
};

const columnsOf = (entity: EntityModel, language: DomainModel['language']): readonly Column[] => {
  const [id, version, created, updated] = ALWAYS[language];
  return [
    { name: 'id', type: 'uuid', notNull: true, default: 'gen_random_uuid()', comment: id },
    ...entity.relations.map(relationColumn),
    ...entity.fields.map(fieldColumn),
    { name: 'version', type: 'integer', notNull: true, default: '1', comment: version },
    { name: 'created_at', type: 'timestamptz', notNull: true, default: 'now()', comment: created },
    { name: 'updated_at', type: 'timestamptz', notNull: true, default: 'now()', comment: updated },
  ];
};

const NUMERIC = new Set<FieldModel['type']>(['integer', 'decimal']);
const TEXTUAL = new Set<FieldModel['type']>(['string', 'text', 'email', 'url']);

const boundsOf = (field: FieldModel): readonly string[] => {
  const name = quoted(field.name);
  const size = NUMERIC.has(field.type) ? name : `char_length(${name})`;
  const { min = TEXTUAL.has(field.type) && field.required ? 1 : undefined } = field;
  return [...(min === undefined ? [] : [`${size} >= ${min}`]), ...upper(field, size)];
};

/** A short text's type holds its limit already. */
const upper = (field: FieldModel, size: string): readonly string[] => {
  const max = field.max ?? (field.type === 'text' ? LONG_TEXT : undefined);
  return max === undefined || field.type === 'string' ? [] : [`${size} <= ${max}`];
};

const checksOf = (entity: EntityModel, field: FieldModel): readonly Part[] => {
  const check = (suffix: string, condition: string): Part => ({
    name: named('ck', entity.table, field.name, suffix),
    sql: `CHECK (${condition})`,
  });
  if (field.type === 'enum' && field.values)
    return [check('values', `${quoted(field.name)} IN (${field.values.map(sqlText).join(', ')})`)];
  if (!NUMERIC.has(field.type) && !TEXTUAL.has(field.type)) return [];
  const bounds = boundsOf(field);
  return bounds.length > 0 ? [check('range', bounds.join(' AND '))] : [];
};

const constraintsOf = (entity: EntityModel): readonly Part[] => [
  { name: named('pk', entity.table), sql: 'PRIMARY KEY (id)' },
  ...entity.fields
    .filter((f) => f.unique)
    .map((f) => ({ name: named('uq', entity.table, f.name), sql: `UNIQUE (${quoted(f.name)})` })),
  ...entity.fields.flatMap((f) => checksOf(entity, f)),
];

const ON_DELETE = { restrict: 'RESTRICT', cascade: 'CASCADE', 'set-null': 'SET NULL' } as const;

const foreignKeysOf = (entity: EntityModel, model: DomainModel): readonly Part[] =>
  entity.relations.flatMap((r) => {
    const target = model.entities.find((e) => e.name === r.target);
    if (!target) return [];
    return [
      {
        name: named('fk', entity.table, r.field),
        sql: `FOREIGN KEY (${quoted(r.field)}) REFERENCES ${quoted(target.table)} (id) ON DELETE ${ON_DELETE[r.onDelete]}`,
      },
    ];
  });

const indexesOf = (entity: EntityModel): readonly Part[] => {
  const index = (column: string): Part => ({
    name: named('ix', entity.table, column),
    sql: `ON ${quoted(entity.table)} (${quoted(column)})`,
  });
  return [
    ...entity.relations.map((r) => index(r.field)),
    ...(entity.states ? [index(entity.states.field)] : []),
    index('created_at'),
  ];
};

/** The tables that hold a model, in its order. */
export const catalogOf = (model: DomainModel): readonly Table[] =>
  model.entities.map((entity) => ({
    name: entity.table,
    comment: `${entity.label} (${entity.requirements.join(', ')})`,
    columns: columnsOf(entity, model.language),
    constraints: constraintsOf(entity),
    foreignKeys: foreignKeysOf(entity, model),
    indexes: indexesOf(entity),
  }));
