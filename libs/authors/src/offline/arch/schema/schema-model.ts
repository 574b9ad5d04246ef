import type { DomainModel, EntityModel, FieldModel, OperationModel, RelationModel } from '@squados/contracts';
import type { GivenColumn, GivenLink, GivenTable, SchemaPlan } from '@squados/importers/schemas';
import { columnClaimer, humanised, linkColumn, linkLabel, tableNames, type TableNames } from './schema-names.js';

/** What stands for the requirement where a schema was given. */
export const SCHEMA_SOURCE = 'SCHEMA';

const KINDS: readonly OperationModel['kind'][] = ['create', 'read', 'update', 'delete', 'list'];

const MAX_COMMENT = 300;
const commentOf = ({ comment }: { readonly comment?: string }): string | undefined =>
  comment?.replace(/\s+/g, ' ').trim().slice(0, MAX_COMMENT);

const fieldOf = (column: GivenColumn, name: string): FieldModel => {
  const description = commentOf(column);
  return {
    name,
    label: humanised(column.name),
    type: column.type,
    required: column.required,
    ...(column.unique ? { unique: true } : {}),
    ...(column.min === undefined ? {} : { min: column.min }),
    ...(column.max === undefined ? {} : { max: column.max }),
    ...(column.values ? { values: column.values } : {}),
    ...(column.default === undefined ? {} : { default: column.default }),
    ...(description ? { description } : {}),
    source: SCHEMA_SOURCE,
  };
};

const relationOf = (link: GivenLink, field: string, target: string): RelationModel => ({
  field,
  label: linkLabel(link.column),
  target,
  required: link.required,
  onDelete: link.onDelete,
});

/** A table with nothing but its key can't be shown or filled in. */
const ASSUMED: GivenColumn = { name: 'description', line: 0, type: 'text', required: false };

const entityOf = (table: GivenTable, names: ReadonlyMap<string, TableNames>, own: TableNames): EntityModel => {
  const claim = columnClaimer();
  const relations = table.links.map((link) =>
    relationOf(link, claim(linkColumn(link.column)), names.get(link.target)?.name ?? ''),
  );
  const isBare = table.columns.length === 0 && relations.length < 2;
  const columns = isBare ? [ASSUMED] : table.columns;
  return {
    ...own,
    description: commentOf(table) ?? `${table.file}:${table.line}`,
    fields: columns.map((column) => fieldOf(column, claim(column.name))),
    relations,
    operations: KINDS.map((kind) => ({ kind, requirement: SCHEMA_SOURCE })),
    requirements: [SCHEMA_SOURCE],
  };
};

const assumptionsOf = ({ tables, language }: SchemaPlan): readonly string[] => {
  const say = (pt: string, en: string): string => (language === 'pt' ? pt : en);
  const keys = tables.flatMap((table) => (table.key === undefined ? [] : [`${table.name}.${table.key}`]));
  return [
    say(
      'As linhas de cada tabela são distinguidas por um UUID, id, e têm version, created_at e updated_at.',
      'The rows of each table are told apart by a UUID, id, and have version, created_at and updated_at.',
    ),
    ...(keys.length > 0
      ? [say(`O id toma o lugar de: ${keys.join(', ')}.`, `The id takes the place of: ${keys.join(', ')}.`)]
      : []),
    say(
      'Cada tabela pode ser listada, consultada, criada, alterada e excluída.',
      'Each table can be listed, read, created, changed and deleted.',
    ),
    say(
      'Textos sem limite declarado aceitam até 255 caracteres se curtos e até 10.000 se longos.',
      'Texts without a stated limit take up to 255 characters where short, up to 10,000 where long.',
    ),
  ];
};

/** The domain model that a given schema amounts to. */
export const schemaModel = (plan: SchemaPlan): DomainModel => {
  const names = tableNames(plan.tables, plan.language);
  return {
    version: 1,
    product: plan.title,
    language: plan.language,
    entities: plan.tables.flatMap((table) => {
      const own = names.get(table.name);
      return own ? [entityOf(table, names, own)] : [];
    }),
    rules: [],
    assumptions: assumptionsOf(plan),
  };
};
