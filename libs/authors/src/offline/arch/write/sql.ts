import type { DomainModel } from '@squados/contracts';
import { catalogOf, quoted, type Column, type Part, type Table } from './catalog.js';
import { sqlComment, sqlText } from './escape.js';

/** The trigger function that all tables share; the first migration makes it, the last one down takes it away. */
const TOUCH = `CREATE FUNCTION touch_row() RETURNS trigger LANGUAGE plpgsql AS $touch$
BEGIN
  NEW.updated_at := now();
  NEW.version := OLD.version + 1;
  RETURN NEW;
END
$touch$;`;
const NO_TOUCH = 'DROP FUNCTION touch_row();';

const columnSql = (c: Column): string =>
  [quoted(c.name), c.type, c.notNull ? 'NOT NULL' : '', c.default === undefined ? '' : `DEFAULT ${c.default}`]
    .filter((p) => p !== '')
    .join(' ');
const constraintSql = (p: Part): string => `CONSTRAINT ${p.name} ${p.sql}`;
const columnComment = (table: string, c: Column): string =>
  `COMMENT ON COLUMN ${quoted(table)}.${quoted(c.name)} IS ${sqlText(c.comment)};`;
const tableComment = (t: Table): string => `COMMENT ON TABLE ${quoted(t.name)} IS ${sqlText(t.comment)};`;
const indexSql = (p: Part): string => `CREATE INDEX ${p.name} ${p.sql};`;
const addConstraint = (table: string, p: Part): string => `ALTER TABLE ${quoted(table)} ADD ${constraintSql(p)};`;
const dropConstraint = (table: string, p: Part): string => `ALTER TABLE ${quoted(table)} DROP CONSTRAINT ${p.name};`;

const createTable = (t: Table): readonly string[] => [
  `CREATE TABLE ${quoted(t.name)} (\n${[...t.columns.map(columnSql), ...t.constraints.map(constraintSql)].map((l) => `  ${l}`).join(',\n')}\n);`,
  tableComment(t),
  ...t.columns.map((c) => columnComment(t.name, c)),
  ...t.indexes.map(indexSql),
  `CREATE TRIGGER touch_row BEFORE UPDATE ON ${quoted(t.name)} FOR EACH ROW EXECUTE FUNCTION touch_row();`,
];

interface Change<T> {
  readonly added: readonly T[];
  readonly removed: readonly T[];
  readonly changed: readonly { readonly before: T; readonly after: T }[];
}

const compare = <T extends { readonly name: string }>(before: readonly T[], after: readonly T[]): Change<T> => {
  const old = new Map(before.map((b) => [b.name, b]));
  const now = new Set(after.map((a) => a.name));
  return {
    added: after.filter((a) => !old.has(a.name)),
    removed: before.filter((b) => !now.has(b.name)),
    changed: after.flatMap((a) => {
      const b = old.get(a.name);
      return b && JSON.stringify(a) !== JSON.stringify(b) ? [{ before: b, after: a }] : [];
    }),
  };
};

/** Parts that must go before columns change, and parts that come once they have. */
const replaced = (change: Change<Part>): { readonly out: readonly Part[]; readonly in: readonly Part[] } => ({
  out: [...change.removed, ...change.changed.map((c) => c.before)],
  in: [...change.added, ...change.changed.map((c) => c.after)],
});

const baseType = (type: string): string => type.replace(/\(.*$/, '');

const alterColumn = (table: string, before: Column, after: Column): readonly string[] => {
  const at = `ALTER TABLE ${quoted(table)} ALTER COLUMN ${quoted(after.name)}`;
  if (baseType(before.type) !== baseType(after.type)) return [dropColumn(table, before), ...addColumn(table, after)];
  return [
    ...(before.type === after.type ? [] : [`${at} TYPE ${after.type} USING ${quoted(after.name)}::${after.type};`]),
    ...(before.default === after.default
      ? []
      : [after.default === undefined ? `${at} DROP DEFAULT;` : `${at} SET DEFAULT ${after.default};`]),
    ...(before.notNull === after.notNull ? [] : [`${at} ${after.notNull ? 'SET' : 'DROP'} NOT NULL;`]),
    ...(before.comment === after.comment ? [] : [columnComment(table, after)]),
  ];
};

const addColumn = (table: string, c: Column): readonly string[] => [
  `ALTER TABLE ${quoted(table)} ADD COLUMN ${columnSql(c)};`,
  columnComment(table, c),
];
const dropColumn = (table: string, c: Column): string => `ALTER TABLE ${quoted(table)} DROP COLUMN ${quoted(c.name)};`;

interface Steps {
  /** Foreign keys out, before anything they lean on changes. */
  readonly loosen: readonly string[];
  readonly shape: readonly string[];
  /** Foreign keys in, once every table stands. */
  readonly tie: readonly string[];
}

const alterTable = (before: Table, after: Table): Steps => {
  const name = after.name;
  const keys = replaced(compare(before.foreignKeys, after.foreignKeys));
  const rules = replaced(compare(before.constraints, after.constraints));
  const indexes = replaced(compare(before.indexes, after.indexes));
  const columns = compare(before.columns, after.columns);
  return {
    loosen: keys.out.map((p) => dropConstraint(name, p)),
    shape: [
      ...indexes.out.map((p) => `DROP INDEX ${p.name};`),
      ...rules.out.map((p) => dropConstraint(name, p)),
      ...columns.removed.map((c) => dropColumn(name, c)),
      ...columns.changed.flatMap((c) => alterColumn(name, c.before, c.after)),
      ...columns.added.flatMap((c) => addColumn(name, c)),
      ...rules.in.map((p) => addConstraint(name, p)),
      ...indexes.in.map(indexSql),
      ...(before.comment === after.comment ? [] : [tableComment(after)]),
    ],
    tie: keys.in.map((p) => addConstraint(name, p)),
  };
};

/** The statements that lead from one version of the schema to another; the reverse is the same with the two exchanged. */
export const statementsBetween = (before: readonly Table[], after: readonly Table[]): readonly string[] => {
  const change = compare(before, after);
  const altered = change.changed.map((c) => alterTable(c.before, c.after));
  return [
    ...(before.length === 0 && after.length > 0 ? [TOUCH] : []),
    ...altered.flatMap((s) => s.loosen),
    ...change.removed.flatMap((t) => t.foreignKeys.map((k) => dropConstraint(t.name, k))),
    ...change.removed.map((t) => `DROP TABLE ${quoted(t.name)};`),
    ...change.added.flatMap(createTable),
    ...altered.flatMap((s) => s.shape),
    ...change.added.flatMap((t) => t.foreignKeys.map((k) => addConstraint(t.name, k))),
    ...altered.flatMap((s) => s.tie),
    ...(before.length > 0 && after.length === 0 ? [NO_TOUCH] : []),
  ];
};

const script = (title: string, statements: readonly string[], empty: string): string =>
  `${[sqlComment(title), '', ...(statements.length === 0 ? [sqlComment(empty)] : ['BEGIN;', '', ...statements, '', 'COMMIT;'])].join('\n')}\n`;

const EMPTY = { pt: 'Este requisito não muda o esquema.', en: 'This requirement does not change the schema.' } as const;

/** The whole schema as one script (`schema.sql`). */
export const writeSchema = (model: DomainModel): string =>
  script(`${model.product} – PostgreSQL`, statementsBetween([], catalogOf(model)), EMPTY[model.language]);

/** The migration from one model to the next, up and down. */
export const writeMigration = (
  before: DomainModel,
  after: DomainModel,
  title: string,
): { readonly up: string; readonly down: string } => {
  const [old, now] = [catalogOf(before), catalogOf(after)];
  return {
    up: script(title, statementsBetween(old, now), EMPTY[after.language]),
    down: script(`${title} (down)`, statementsBetween(now, old), EMPTY[after.language]),
  };
};
