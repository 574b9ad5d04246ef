import type { DomainModel, EntityModel } from '@squados/contracts';
import { sqlComment, sqlText } from '../write/escape.js';

const quoted = (name: string): string => `"${name}"`;
const MAX_NAME = 50;

const createTable = (entity: EntityModel): readonly string[] => {
  const table = entity.table.slice(0, MAX_NAME);
  return [
    `CREATE TABLE ${quoted(entity.table)} (
  id uuid NOT NULL DEFAULT gen_random_uuid(),
  scope text NOT NULL,
  key text NOT NULL,
  document jsonb NOT NULL,
  version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  CONSTRAINT ${quoted(`${table}_pk`)} PRIMARY KEY (id),
  CONSTRAINT ${quoted(`${table}_key`)} UNIQUE (scope, key),
  CONSTRAINT ${quoted(`${table}_object`)} CHECK (jsonb_typeof(document) = 'object')
);`,
    `COMMENT ON TABLE ${quoted(entity.table)} IS ${sqlText(entity.description)};`,
    `COMMENT ON COLUMN ${quoted(entity.table)}.scope IS ${sqlText('What the path says before the record: a JSON list.')};`,
    `COMMENT ON COLUMN ${quoted(entity.table)}.document IS ${sqlText(`The record as the contract writes it: ${entity.fields.map((f) => f.name).join(', ')}`.slice(0, 900))};`,
    `CREATE INDEX ${quoted(`${table}_order`)} ON ${quoted(entity.table)} (scope, created_at, id);`,
  ];
};

const script = (title: string, statements: readonly string[]): string =>
  `${[sqlComment(title), '', 'BEGIN;', '', ...statements, '', 'COMMIT;'].join('\n')}\n`;

/** One table per resource: what records are found by as columns, the record itself as the contract's JSON. */
export const givenSchema = ({ entities, product }: DomainModel): string =>
  script(`${product} – PostgreSQL`, entities.flatMap(createTable));

export const givenMigration = (model: DomainModel): { readonly up: string; readonly down: string } => ({
  up: givenSchema(model),
  down: script(
    `${model.product} (down)`,
    [...model.entities].reverse().map((e) => `DROP TABLE ${quoted(e.table)};`),
  ),
});
