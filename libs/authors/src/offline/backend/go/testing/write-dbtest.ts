import { go, imports } from '../naming/go-text.js';
import { sqlName } from '../naming/go-names.js';
import { lengthOf } from '../entity/field-rules.js';
import { sampleOf } from '../entity/sample.js';
import type { GoColumn, GoEntity } from '../entity/go-entity.js';

/** The function of package dbtest that makes a row of an entity: `NewLoan`. */
export const rowFunction = (entity: GoEntity): string => `New${entity.plan.model.name}`;

const DIGITS = 8;
/** Values of a unique column differ from row to row. */
const argumentOf = (column: GoColumn, entities: readonly GoEntity[]): string => {
  if ('relation' in column.of) {
    const { target } = column.of.relation;
    const owner = entities.find((e) => e.plan.model.name === target);
    return `given.or("${column.name}", func() uuid.UUID { return ${owner ? rowFunction(owner) : ''}(t, querier, nil) })`;
  }
  const { field } = column.of;
  if (!column.unique) return sampleOf(column, 0).sql;
  if (field.type === 'email') return 'serial(8)+"@example.org"';
  if (field.type === 'url') return '"https://example.org/"+serial(8)';
  if (field.type === 'string' || field.type === 'text')
    return `serial(${Math.min(lengthOf(field).most, Math.max(DIGITS, lengthOf(field).least))})`;
  if (field.type === 'integer' || field.type === 'decimal') return `next(${Math.ceil(field.min ?? 0)})`;
  return field.type === 'uuid' ? 'uuid.New()' : sampleOf(column, 0).sql;
};

const rowSource = (entity: GoEntity, entities: readonly GoEntity[]): string => {
  const { table } = entity.plan.model;
  const columns = entity.columns.filter((c) => c.required);
  const names = columns.map((c) => sqlName(c.name)).join(', ');
  const sql =
    columns.length === 0
      ? `INSERT INTO ${sqlName(table)} DEFAULT VALUES RETURNING id`
      : `INSERT INTO ${sqlName(table)} (${names}) VALUES (${columns.map((_c, i) => `$${i + 1}`).join(', ')}) RETURNING id`;
  const usesGiven = columns.some((c) => 'relation' in c.of);
  return go`
// ${rowFunction(entity)} makes a row of ${table}, and the rows that it refers to unless they are given.
func ${rowFunction(entity)}(t *testing.T, querier db.Querier, ${usesGiven ? 'given' : '_'} References) uuid.UUID {
	t.Helper()
	const sql = \`${sql}\`
	return insert(t, querier, sql${columns.length === 0 ? ')' : ','}
		${columns.map((c) => `${argumentOf(c, entities)},`)}
	${columns.length === 0 ? [] : [')']}
}
`;
};

const HEAD = go`
// References are rows that a new row is to refer to, by column.
type References map[string]uuid.UUID

func (r References) or(column string, make func() uuid.UUID) uuid.UUID {
	if id, given := r[column]; given {
		return id
	}
	return make()
}

func insert(t *testing.T, querier db.Querier, sql string, args ...any) uuid.UUID {
	t.Helper()
	var id uuid.UUID
	if err := querier.QueryRow(t.Context(), sql, args...).Scan(&id); err != nil {
		t.Fatalf("make a row: %v", err)
	}
	return id
}
`;

const COUNTER = go`
var rows atomic.Int64

// next is a number that no other row has.
func next(least int64) int64 {
	return least + rows.Add(1)
}

// serial is a text of that length that no other row has.
func serial(length int) string {
	text := strconv.FormatInt(next(0), 36)
	return strings.Repeat("0", max(0, length-len(text))) + text
}
`;

/** `rows.go`: a row of each table for tests that need one to refer to. */
export const writeDbtestRows = (entities: readonly GoEntity[], beginning: ReadonlySet<string>): string => {
  const { module = '' } = entities[0] ?? {};
  const rows = entities.filter((e) => beginning.has(e.plan.model.name)).map((e) => rowSource(e, entities));
  const needsCounter = rows.some((r) => /\b(?:serial|next)\(/.test(r));
  const text = [HEAD, ...(needsCounter ? [COUNTER] : []), ...rows].join('\n');
  const paths = [
    'testing',
    ...(needsCounter ? ['strconv', 'strings', 'sync/atomic'] : []),
    'github.com/google/uuid',
    `${module}/internal/platform/db`,
  ];
  return `package dbtest\n\n${imports(paths, module)}\n\n${text}`;
};
