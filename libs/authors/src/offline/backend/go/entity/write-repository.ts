import { go, imports } from '../naming/go-text.js';
import { sqlName } from '../naming/go-names.js';
import {
  foreignKeys,
  movingActions,
  touchingActions,
  uniqueConstraints,
  writableColumns,
  type GoColumn,
  type GoEntity,
} from './go-entity.js';

const BACKTICK = '`';
const raw = (sql: string): string => BACKTICK + sql + BACKTICK;

const tableOf = (entity: GoEntity): string => sqlName(entity.plan.model.table);

const columnList = (entity: GoEntity): string =>
  ['id', ...entity.columns.map((c) => sqlName(c.name)), 'version', 'created_at', 'updated_at'].join(', ');

/** Where rows are limited, a write and its count are one transaction. */
const isLimited = (entity: GoEntity): boolean => entity.plan.limits.length > 0;
const querier = (entity: GoEntity): string => (isLimited(entity) ? 'db.Transactor' : 'db.Querier');

/** `row, err := r.one(…)`, or the same in a transaction that counts. */
const written = (entity: GoEntity, call: string): string =>
  isLimited(entity)
    ? `r.limited(ctx, func(tx *PostgresRepository) (${entity.type}, error) {\n\treturn tx.${call}\n})`
    : `r.${call}`;

const headSource = (entity: GoEntity): string => go`
const columns = ${raw(columnList(entity))}

// PostgresRepository keeps rows in the table ${entity.plan.model.table}.
type PostgresRepository struct {
	db ${querier(entity)}
}

// NewRepository answers a repository over a pool or a transaction.
func NewRepository(querier ${querier(entity)}) *PostgresRepository {
	return &PostgresRepository{db: querier}
}
`;

const listSource = (entity: GoEntity): string => go`
// List answers the rows of one page, and how many there are on all pages.
func (r *PostgresRepository) List(ctx context.Context, query Query) (rows []${entity.type}, total int64, err error) {
	var where db.Where
	${entity.filters.map((f) => `db.Equal(&where, "${f.name}", query.${f.go})`)}
	count := ${raw(`SELECT count(*) FROM ${tableOf(entity)}`)} + where.SQL()
	if err := r.db.QueryRow(ctx, count, where.Args()...).Scan(&total); err != nil {
		return nil, 0, fmt.Errorf("count ${entity.plan.model.table}: %w", err)
	}
	page := ${raw('SELECT ')} + columns + ${raw(` FROM ${tableOf(entity)}`)} + where.SQL() + db.PageOf(&where, query.Page)
	found, err := r.db.Query(ctx, page, where.Args()...)
	if err != nil {
		return nil, 0, fmt.Errorf("list ${entity.plan.model.table}: %w", err)
	}
	if rows, err = pgx.CollectRows(found, scan); err != nil {
		return nil, 0, fmt.Errorf("list ${entity.plan.model.table}: %w", err)
	}
	return rows, total, nil
}
`;

const getSource = (entity: GoEntity): string => go`
// Get answers one row.
func (r *PostgresRepository) Get(ctx context.Context, id uuid.UUID) (${entity.type}, error) {
	const sql = ${raw('SELECT ')} + columns + ${raw(` FROM ${tableOf(entity)} WHERE id = $1`)}
	row, err := r.one(ctx, sql, id)
	if errors.Is(err, pgx.ErrNoRows) {
		return ${entity.type}{}, fault.New(fault.NotFound, text.NoSuchRow)
	}
	return row, err
}
`;

const draftArgs = (columns: readonly GoColumn[]): string => columns.map((c) => `, draft.${c.go}`).join('');

const insertSql = (entity: GoEntity, columns: readonly GoColumn[]): string =>
  columns.length === 0
    ? `INSERT INTO ${tableOf(entity)} DEFAULT VALUES RETURNING `
    : `INSERT INTO ${tableOf(entity)} (${columns.map((c) => sqlName(c.name)).join(', ')})
	VALUES (${columns.map((_c, i) => `$${i + 1}`).join(', ')})
	RETURNING `;

const updateSql = (entity: GoEntity, columns: readonly GoColumn[]): string => {
  const sets =
    columns.length === 0 ? 'updated_at = now()' : columns.map((c, i) => `${sqlName(c.name)} = $${i + 3}`).join(', ');
  return `UPDATE ${tableOf(entity)} SET ${sets}
	WHERE id = $1 AND version = $2
	RETURNING `;
};

const writesSource = (entity: GoEntity): string => {
  const columns = writableColumns(entity);
  const { type } = entity;
  const draft = columns.length === 0 ? '_' : 'draft';
  const failed = failedCall(entity);
  return go`
// Create keeps a new row.
func (r *PostgresRepository) Create(ctx context.Context, ${draft} Draft) (${type}, error) {
	const sql = ${raw(insertSql(entity, columns))} + columns
	row, err := ${written(entity, `one(ctx, sql${draftArgs(columns)})`)}
	if err != nil {
		return ${type}{}, ${failed}
	}
	return row, nil
}

// Update replaces what a row holds, if it still has that version.
func (r *PostgresRepository) Update(ctx context.Context, id uuid.UUID, version int32, ${draft} Draft) (${type}, error) {
	const sql = ${raw(updateSql(entity, columns))} + columns
	row, err := ${written(entity, `changed(ctx, sql, id, version${draftArgs(columns)})`)}
	if err != nil {
		return ${type}{}, ${failed}
	}
	return row, nil
}

// Delete takes a row away, if it still has that version.
func (r *PostgresRepository) Delete(ctx context.Context, id uuid.UUID, version int32) error {
	const sql = ${raw(`DELETE FROM ${tableOf(entity)} WHERE id = $1 AND version = $2`)}
	done, err := r.db.Exec(ctx, sql, id, version)
	if err != nil {
		return db.DeleteError(err)
	}
	if done.RowsAffected() == 0 {
		return fault.New(fault.Stale, text.StaleVersion)
	}
	return nil
}
`;
};

const stateSource = (entity: GoEntity): string => {
  if (!entity.state || movingActions(entity).length === 0) return '';
  const sql = `UPDATE ${tableOf(entity)} SET ${sqlName(entity.state.name)} = $3 WHERE id = $1 AND version = $2 RETURNING `;
  return go`
// SetState leads a row to another state, if it still has that version.
func (r *PostgresRepository) SetState(ctx context.Context, id uuid.UUID, version int32, state ${entity.state.type}) (${entity.type}, error) {
	const sql = ${raw(sql)} + columns
	return ${written(entity, 'changed(ctx, sql, id, version, state)')}
}
`;
};

const touchSource = (entity: GoEntity): string => {
  if (touchingActions(entity).length === 0) return '';
  const sql = `UPDATE ${tableOf(entity)} SET updated_at = now() WHERE id = $1 AND version = $2 RETURNING `;
  return go`
// Touch counts a row's version up, if it still has that version.
func (r *PostgresRepository) Touch(ctx context.Context, id uuid.UUID, version int32) (${entity.type}, error) {
	const sql = ${raw(sql)} + columns
	return r.changed(ctx, sql, id, version)
}
`;
};

const rowsSource = (entity: GoEntity): string => {
  const targets = ['ID', ...entity.columns.map((c) => c.go), 'Version', 'CreatedAt', 'UpdatedAt'].map(
    (n) => `&row.${n},`,
  );
  return go`
// changed runs an update that names the version it builds on.
func (r *PostgresRepository) changed(ctx context.Context, sql string, args ...any) (${entity.type}, error) {
	row, err := r.one(ctx, sql, args...)
	if errors.Is(err, pgx.ErrNoRows) {
		return ${entity.type}{}, fault.New(fault.Stale, text.StaleVersion)
	}
	return row, err
}

func (r *PostgresRepository) one(ctx context.Context, sql string, args ...any) (${entity.type}, error) {
	rows, err := r.db.Query(ctx, sql, args...)
	if err != nil {
		return ${entity.type}{}, fmt.Errorf("query ${entity.plan.model.table}: %w", err)
	}
	row, err := pgx.CollectExactlyOneRow(rows, scan)
	if err != nil {
		return ${entity.type}{}, fmt.Errorf("query ${entity.plan.model.table}: %w", err)
	}
	return row, nil
}

func scan(found pgx.CollectableRow) (${entity.type}, error) {
	var row ${entity.type}
	err := found.Scan(
		${targets}
	)
	return row, err
}
`;
};

const repeatable = (entity: GoEntity): ReturnType<typeof uniqueConstraints> =>
  uniqueConstraints(entity).filter(([, c]) => c.writable);

const failedCall = (entity: GoEntity): string => {
  if (!hasConstraints(entity)) return 'db.WriteError(err)';
  return repeatable(entity).length > 0 ? 'r.failed(ctx, err, draft)' : 'failed(err)';
};

const hasConstraints = (entity: GoEntity): boolean => repeatable(entity).length > 0 || foreignKeys(entity).length > 0;

const failedSource = (entity: GoEntity): string => {
  if (!hasConstraints(entity)) return '';
  const unique = repeatable(entity);
  const key = (c: GoColumn): string =>
    `db.Key{Table: "${entity.plan.model.table}", Column: "${c.name}", Value: draft.${c.go}}`;
  const cases = [
    ...unique.map(([name, c]) => `case "${name}":\n\treturn db.Repeated(ctx, r.db, err, ${key(c)})`),
    ...foreignKeys(entity).map(([name, c]) => `case "${name}":\n\treturn db.Dangling(err, "${c.name}")`),
  ];
  const head =
    unique.length > 0
      ? 'func (r *PostgresRepository) failed(ctx context.Context, err error, draft Draft) error {'
      : 'func failed(err error) error {';
  return go`
// failed tells what a failed write means, by the constraint that it broke.
${head}
	switch db.Constraint(err) {
	${cases}
	}
	return db.WriteError(err)
}
`;
};

/** `repository.go`: the rows in PostgreSQL. */
export const writeRepository = (entity: GoEntity): string => {
  const own = (name: string): string => `${entity.module}/internal/platform/${name}`;
  const paths = [
    'context',
    'errors',
    'fmt',
    'github.com/google/uuid',
    'github.com/jackc/pgx/v5',
    ...['db', 'fault', 'text'].map(own),
  ];
  return [
    `package ${entity.pkg}\n`,
    `${imports(paths, entity.module)}\n`,
    headSource(entity),
    listSource(entity),
    getSource(entity),
    writesSource(entity),
    stateSource(entity),
    touchSource(entity),
    rowsSource(entity),
    failedSource(entity),
  ]
    .filter((part) => part !== '')
    .join('\n');
};
