/** Catalogs that SQL can change, row by row. */
// prettier-ignore
const WHOLE = [
  'pg_authid', 'pg_auth_members', 'pg_extension', 'pg_cast', 'pg_operator', 'pg_opclass', 'pg_opfamily', 'pg_amop',
  'pg_amproc', 'pg_am', 'pg_language', 'pg_event_trigger', 'pg_db_role_setting', 'pg_tablespace', 'pg_largeobject_metadata',
  'pg_default_acl', 'pg_collation', 'pg_conversion', 'pg_ts_config', 'pg_ts_dict', 'pg_ts_parser', 'pg_ts_template',
  'pg_foreign_data_wrapper', 'pg_foreign_server', 'pg_publication', 'pg_subscription', 'pg_transform', 'pg_trigger', 'pg_policy',
  'pg_aggregate', 'pg_range', 'pg_enum', 'pg_constraint', 'pg_inherits', 'pg_statistic_ext',
  'pg_seclabel', 'pg_parameter_acl',
] as const;

/** Large catalogs: where each row stands and which transaction wrote it; any change to a row changes both. */
/** The comment on the schema is written anew by each cleaning. */
const OURS_ASIDE = {
  pg_proc: 'true',
  pg_rewrite: 'true',
  pg_description: "classoid <> 'pg_namespace'::regclass",
} as const;
const WRITTEN = ['pg_proc', 'pg_rewrite', 'pg_description'] as const;

/** Beside those, catalogs with columns that move by themselves (statistics, transaction ids, the oid of a recreated schema). */
const PARTS = [
  ...WRITTEN.map(
    (table) =>
      `SELECT '${table}' AS part, md5(string_agg(ctid::text || xmin::text, '|' ORDER BY ctid)) AS sum FROM pg_catalog.${table} t WHERE ${OURS_ASIDE[table]}`,
  ),
  ...WHOLE.map(
    (table) =>
      `SELECT '${table}' AS part, md5(string_agg(t::text, '|' ORDER BY t::text)) AS sum FROM pg_catalog.${table} t`,
  ),
  `SELECT 'pg_namespace', md5(string_agg(concat_ws(',', nspname, nspowner, nspacl), '|' ORDER BY nspname)) FROM pg_catalog.pg_namespace`,
  `SELECT 'pg_class', md5(string_agg(concat_ws(',', oid, relname, relnamespace, relkind, relowner, relacl, reltype, relrowsecurity), '|' ORDER BY oid)) FROM pg_catalog.pg_class WHERE relnamespace::regnamespace::text <> 'pg_toast'`,
  `SELECT 'pg_attribute', md5(string_agg(concat_ws(',', attrelid, attnum, attname, atttypid, attnotnull, attacl), '|' ORDER BY attrelid, attnum)) FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid WHERE c.relnamespace::regnamespace::text <> 'pg_toast'`,
  `SELECT 'pg_type', md5(string_agg(concat_ws(',', oid, typname, typnamespace, typtype, typacl), '|' ORDER BY oid)) FROM pg_catalog.pg_type`,
  `SELECT 'pg_database', md5(string_agg(concat_ws(',', datname, datdba, datallowconn, datconnlimit, datacl), '|' ORDER BY datname)) FROM pg_catalog.pg_database`,
  `SELECT 'settings', md5(string_agg(concat_ws('=', name, setting), '|' ORDER BY name)) FROM pg_catalog.pg_settings`,
  `SELECT 'session', concat_ws(',', current_user, session_user, current_database(), (SELECT count(*) FROM pg_catalog.pg_prepared_statements WHERE statement NOT LIKE '%fingerprint%'), (SELECT count(*) FROM pg_catalog.pg_cursors WHERE statement NOT LIKE '%fingerprint%'), (SELECT count(*) FROM pg_catalog.pg_locks WHERE locktype = 'advisory'), (SELECT count(*) FROM pg_catalog.pg_listening_channels()))`,
];

/** One row: a digest of everything that could outlive DROP SCHEMA public. */
export const FINGERPRINT_SQL = `SELECT md5(string_agg(part || ':' || coalesce(sum, ''), E'\\n' ORDER BY part)) AS fingerprint FROM (${PARTS.join(' UNION ALL ')}) AS parts(part, sum)`;
