import type { Catalog, ColumnInfo, ConstraintInfo, IndexInfo, TableInfo } from './catalog.js';
import type { PgSession, Row } from './pg-session.js';

/** Objects of schemas that a script made itself; an object of an extension belongs to the extension. */
const OWN = (oid: string, catalog: string): string =>
  `NOT EXISTS (SELECT 1 FROM pg_depend e WHERE e.classid = 'pg_catalog.${catalog}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
const SCHEMAS = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'`;
const QUALIFIED = (name: string): string =>
  `CASE WHEN n.nspname = 'public' THEN ${name} ELSE n.nspname || '.' || ${name} END`;
const LETTERS = `WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key' WHEN 'c' THEN 'check' WHEN 'x' THEN 'exclusion' ELSE 'trigger' END`;
const ACTIONS = `WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade' WHEN 'n' THEN 'set null' ELSE 'set default' END`;
const NAMES = (relation: string, keys: string): string =>
  `ARRAY(SELECT a.attname::text FROM unnest(${keys}) WITH ORDINALITY part(num, ord) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = part.num ORDER BY part.ord)`;

const COLUMNS = `
SELECT ${QUALIFIED('c.relname')} AS table_name, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable,
       CASE WHEN a.attidentity <> '' THEN 'identity ' || a.attidentity::text WHEN a.attgenerated <> '' THEN 'generated ' || pg_get_expr(d.adbin, d.adrelid) ELSE pg_get_expr(d.adbin, d.adrelid) END AS default_text
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relkind IN ('r', 'p', 'f') AND ${SCHEMAS} AND ${OWN('c.oid', 'pg_class')} ORDER BY 1, a.attnum`;

const TABLES = `
SELECT ${QUALIFIED('c.relname')} AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND ${SCHEMAS} AND ${OWN('c.oid', 'pg_class')} ORDER BY 1`;

// Not-null constraints (contype n, since PostgreSQL 18) are told by the columns.
const CONSTRAINTS = `
SELECT ${QUALIFIED('c.relname')} AS table_name, k.conname AS name, CASE k.contype ${LETTERS} AS kind, pg_get_constraintdef(k.oid) AS definition,
       ${NAMES('k.conrelid', 'k.conkey')} AS columns, f.relname AS ref_table, ${NAMES('k.confrelid', 'k.confkey')} AS ref_columns, CASE k.confdeltype ${ACTIONS} AS on_delete
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_class f ON f.oid = k.confrelid
WHERE k.contype <> 'n' AND ${SCHEMAS} AND ${OWN('c.oid', 'pg_class')} ORDER BY 1, 2`;

const INDEXES = `
SELECT ${QUALIFIED('c.relname')} AS table_name, i.relname AS name, pg_get_indexdef(x.indexrelid) AS definition,
       x.indisunique AND x.indpred IS NULL AS is_unique, ${NAMES('x.indrelid', 'x.indkey::smallint[]')} AS columns
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p') AND ${SCHEMAS} AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = x.indexrelid AND k.contype IN ('p', 'u', 'x')) ORDER BY 1, 2`;

const ENUMS = `
SELECT ${QUALIFIED('t.typname')} AS name, array_agg(e.enumlabel::text ORDER BY e.enumsortorder) AS labels
FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_enum e ON e.enumtypid = t.oid WHERE ${SCHEMAS} GROUP BY 1 ORDER BY 1`;

const OTHERS = `
SELECT 'view' AS kind, ${QUALIFIED('c.relname')} AS name, pg_get_viewdef(c.oid) AS definition FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind IN ('v', 'm') AND ${SCHEMAS} AND ${OWN('c.oid', 'pg_class')}
UNION ALL SELECT 'sequence', ${QUALIFIED('c.relname')}, format_type(s.seqtypid, NULL) || ' ' || s.seqstart || ' ' || s.seqincrement || ' ' || s.seqmin || ' ' || s.seqmax || ' ' || s.seqcycle
  FROM pg_sequence s JOIN pg_class c ON c.oid = s.seqrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${SCHEMAS}
UNION ALL SELECT 'function', ${QUALIFIED('p.proname')} || '(' || pg_get_function_identity_arguments(p.oid) || ')', CASE WHEN p.prokind = 'a' THEN 'aggregate' ELSE pg_get_functiondef(p.oid) END
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE ${SCHEMAS} AND ${OWN('p.oid', 'pg_proc')}
UNION ALL SELECT 'trigger', ${QUALIFIED('c.relname')} || '.' || t.tgname, pg_get_triggerdef(t.oid)
  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND ${SCHEMAS}
UNION ALL SELECT 'domain', ${QUALIFIED('t.typname')}, format_type(t.typbasetype, t.typtypmod) FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE t.typtype = 'd' AND ${SCHEMAS}
UNION ALL SELECT 'policy', ${QUALIFIED('c.relname')} || '.' || y.polname, concat_ws(' ', y.polcmd, pg_get_expr(y.polqual, y.polrelid), pg_get_expr(y.polwithcheck, y.polrelid))
  FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${SCHEMAS}
UNION ALL SELECT 'extension', extname, '' FROM pg_extension WHERE extname <> 'plpgsql'
UNION ALL SELECT 'schema', nspname, '' FROM pg_namespace n WHERE ${SCHEMAS} AND nspname <> 'public'
ORDER BY 1, 2`;

const text = (row: Row, key: string): string => String(row[key] ?? '');
const list = (row: Row, key: string): string[] => (Array.isArray(row[key]) ? row[key].map(String) : []);

const columnOf = (row: Row): ColumnInfo => ({
  name: text(row, 'name'),
  type: text(row, 'type'),
  nullable: row['nullable'] === true,
  default: row['default_text'] === null ? null : text(row, 'default_text'),
});

const constraintOf = (row: Row): ConstraintInfo => ({
  name: text(row, 'name'),
  kind: text(row, 'kind') as ConstraintInfo['kind'],
  columns: list(row, 'columns'),
  definition: text(row, 'definition'),
  ...(row['kind'] === 'foreign key'
    ? {
        references: {
          table: text(row, 'ref_table'),
          columns: list(row, 'ref_columns'),
          onDelete: text(row, 'on_delete'),
        },
      }
    : {}),
});

const indexOf = (row: Row): IndexInfo => ({
  name: text(row, 'name'),
  unique: row['is_unique'] === true,
  columns: list(row, 'columns'),
  definition: text(row, 'definition'),
});

const byTable = (rows: readonly Row[]): Map<string, Row[]> => {
  const groups = new Map<string, Row[]>();
  for (const row of rows) groups.set(text(row, 'table_name'), [...(groups.get(text(row, 'table_name')) ?? []), row]);
  return groups;
};

const readTables = async (session: PgSession): Promise<TableInfo[]> => {
  const tables = await session.query(TABLES);
  const columns = byTable(await session.query(COLUMNS));
  const constraints = byTable(await session.query(CONSTRAINTS));
  const indexes = byTable(await session.query(INDEXES));
  return tables.map((row) => {
    const name = text(row, 'name');
    return {
      name,
      columns: (columns.get(name) ?? []).map(columnOf),
      constraints: (constraints.get(name) ?? []).map(constraintOf),
      indexes: (indexes.get(name) ?? []).map(indexOf),
    };
  });
};

/** Reads what the session's database holds now. Its search path is set back first, so that names print alike. */
export const readCatalog = async (session: PgSession): Promise<Catalog> => {
  await session.exec('SET search_path TO "$user", public');
  const enums = await session.query(ENUMS);
  const others = await session.query(OTHERS);
  return {
    tables: await readTables(session),
    enums: enums.map((row) => ({ name: text(row, 'name'), labels: list(row, 'labels') })),
    others: others.map((row) => ({
      kind: text(row, 'kind'),
      name: text(row, 'name'),
      definition: text(row, 'definition'),
    })),
  };
};
