import { go, imports, members } from '../naming/go-text.js';
import {
  columnType,
  constantOf,
  foreignKeys,
  movingActions,
  touchingActions,
  uniqueConstraints,
  writableColumns,
  type GoColumn,
  type GoEntity,
} from '../entity/go-entity.js';
import { sampleOf } from '../entity/sample.js';
import { sortColumns } from '../entity/write-handler.js';
import { limitsOf, type GoLimit } from '../entity/write-limits.js';
import { needs } from './references.js';
import { rowFunction } from './write-dbtest.js';

interface Around {
  readonly entities: readonly GoEntity[];
  readonly beginning: ReadonlySet<string>;
}

const references = (entity: GoEntity): readonly GoColumn[] => entity.columns.filter((c) => 'relation' in c.of);

/** A reference is left empty where the row that it needs would be one more of the table itself, or can't be made. */
const setReference = (entity: GoEntity, c: GoColumn, { entities, beginning }: Around): readonly string[] => {
  if (!('relation' in c.of)) return [];
  const { target } = c.of.relation;
  const owner = entities.find((e) => e.plan.model.name === target);
  if (!owner) return [];
  const isLeft = !beginning.has(target) || needs(entities, target, entity.plan.model.name);
  const id = `dbtest.${rowFunction(owner)}(t, pool, nil)`;
  const value = isLeft ? 'nil' : c.required ? id : `newOf(${id})`;
  return [`sample.${c.go} = ${value}`, `other.${c.go} = ${value}`];
};

const startSource = (entity: GoEntity, around: Around): string => go`
// start answers an empty table and two drafts whose references are there.
func start(t *testing.T) (pool *pgxpool.Pool, sample, other Draft) {
	t.Helper()
	pool = dbtest.Open(t)
	sample, other = sampleDraft(), otherDraft()
	${references(entity).flatMap((c) => setReference(entity, c, around))}
	return pool, sample, other
}

func created(t *testing.T, rows *PostgresRepository, draft Draft) ${entity.type} {
	t.Helper()
	row, err := rows.Create(t.Context(), draft)
	if err != nil {
		t.Fatal(err)
	}
	return row
}

// draftOf is the part of a row that a client wrote.
func draftOf(row ${entity.type}) Draft {
	return ${
    writableColumns(entity).length === 0
      ? 'Draft{}'
      : `Draft{${writableColumns(entity)
          .map((c) => `${c.go}: row.${c.go}`)
          .join(', ')}}`
  }
}

// sameJSON compares as clients see it: decimals and times may differ in memory and be equal.
func sameJSON(t *testing.T, got, want any) bool {
	t.Helper()
	left, leftErr := json.Marshal(got)
	right, rightErr := json.Marshal(want)
	if err := errors.Join(leftErr, rightErr); err != nil {
		t.Fatal(err)
	}
	return string(left) == string(right)
}
`;

const keepTest = (entity: GoEntity): string => go`
func TestRepositoryKeepsWhatItIsGiven(t *testing.T) {
	pool, sample, _ := start(t)
	rows := NewRepository(pool)
	row := created(t, rows, sample)
	if row.ID == uuid.Nil || row.Version != 1 || row.CreatedAt.IsZero() || row.UpdatedAt.IsZero() || !sameJSON(t, draftOf(row), sample) {
		t.Errorf("created was %+v from %+v", row, sample)
	}
	again, err := rows.Get(t.Context(), row.ID)
	if err != nil || !sameJSON(t, again, row) {
		t.Errorf("the row is %+v, %v, not %+v", again, err, row)
	}
	if _, err := rows.Get(t.Context(), uuid.New()); !fault.Is(err, fault.NotFound) {
		t.Errorf("a row that is not there gives %v", err)
	}
	${initialState(entity)}
}
`;

const initialState = (entity: GoEntity): readonly string[] => {
  const initial = entity.plan.model.states?.initial;
  const value = entity.state?.enum?.values.find((v) => v.value === initial)?.go;
  if (!entity.state || value === undefined) return [];
  const star = entity.state.required ? '' : '*';
  return [
    `if ${star}row.${entity.state.go} != ${value} {\n\tt.Errorf("a new row begins as %s", ${star}row.${entity.state.go})\n}`,
  ];
};

const changeTest = (entity: GoEntity): string => {
  const { state } = entity;
  const last = state?.enum?.values.at(-1)?.go;
  const moves =
    state && last !== undefined && movingActions(entity).length > 0
      ? [
          `if row, err = rows.SetState(t.Context(), row.ID, row.Version, ${last}); err != nil || row.${state.go} != ${last} {\n\tt.Errorf("the state is %s, %v", row.${state.go}, err)\n}`,
          `if _, err := rows.SetState(t.Context(), row.ID, row.Version+1, ${last}); !fault.Is(err, fault.Stale) {\n\tt.Errorf("another version gives %v", err)\n}`,
        ]
      : [];
  const touches =
    touchingActions(entity).length > 0
      ? [
          `touched, err := rows.Touch(t.Context(), row.ID, row.Version)\nif err != nil || touched.Version != row.Version+1 || !sameJSON(t, draftOf(touched), draftOf(row)) {\n\tt.Errorf("touched is %+v, %v", touched, err)\n}`,
          `if _, err := rows.Touch(t.Context(), row.ID, row.Version); !fault.Is(err, fault.Stale) {\n\tt.Errorf("an old version gives %v", err)\n}`,
          'row = touched',
        ]
      : [];
  return go`
func TestRepositoryChangesOneVersionAlone(t *testing.T) {
	pool, sample, other := start(t)
	rows := NewRepository(pool)
	old := created(t, rows, sample)
	row, err := rows.Update(t.Context(), old.ID, old.Version, other)
	if err != nil || row.Version != 2 || !sameJSON(t, draftOf(row), other) {
		t.Fatalf("updated is %+v, %v, from %+v", row, err, other)
	}
	if _, err := rows.Update(t.Context(), old.ID, old.Version, sample); !fault.Is(err, fault.Stale) {
		t.Errorf("an update of an old version gives %v", err)
	}
	${moves}
	${touches}
	if err := rows.Delete(t.Context(), old.ID, old.Version); !fault.Is(err, fault.Stale) {
		t.Errorf("a delete of an old version gives %v", err)
	}
	if err := rows.Delete(t.Context(), row.ID, row.Version); err != nil {
		t.Errorf("the delete gives %v", err)
	}
	if _, err := rows.Get(t.Context(), row.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("the deleted row gives %v", err)
	}
}
`;
};

/** A filter tells the two samples apart where their values differ and references don't come in between. */
const telling = (column: GoColumn): boolean =>
  'field' in column.of && column.writable && sampleOf(column, 0).json !== sampleOf(column, 1).json;

const filterChecks = (entity: GoEntity): readonly string[] =>
  entity.filters
    .map((f) => {
      const value = columnType(f.column).startsWith('*') ? `first.${f.go}` : `&first.${f.go}`;
      const found = telling(f.column) || 'relation' in f.column.of;
      const isNil = !f.column.required ? `first.${f.go} != nil` : '';
      const check = `{"${f.name}", Query{Page: page, ${f.go}: ${value}}, ${found ? '1' : '2'}},`;
      return isNil === '' || telling(f.column) ? check : '';
    })
    .filter((c) => c !== '');

const listTest = (entity: GoEntity): string => go`
func TestRepositoryListsPagesInOrder(t *testing.T) {
	pool, sample, other := start(t)
	rows := NewRepository(pool)
	first, second := created(t, rows, sample), created(t, rows, other)
	page := paging.Request{Page: 1, Size: 1, Column: "created_at"}
	for _, want := range []${entity.type}{first, second} {
		found, total, err := rows.List(t.Context(), Query{Page: page})
		if err != nil || total != 2 || len(found) != 1 || found[0].ID != want.ID {
			t.Errorf("page %d holds %v of %d, %v", page.Page, found, total, err)
		}
		page.Page++
	}
	page = paging.Request{Page: 1, Size: 10, Column: "created_at", Descending: true}
	found, _, err := rows.List(t.Context(), Query{Page: page})
	if err != nil || len(found) != 2 || found[0].ID != second.ID {
		t.Errorf("backwards it is %v, %v", found, err)
	}
	for _, column := range []string{${sortColumns(entity)
    .map((c) => `"${c}"`)
    .join(', ')}} {
		page.Column = column
		if found, _, err := rows.List(t.Context(), Query{Page: page}); err != nil || len(found) != 2 {
			t.Errorf("by %s it is %v, %v", column, found, err)
		}
	}
	${filterLoop(entity)}
	${noneInState(entity)}
}
`;

/** New rows are all in the first state: asking for the last one tells whether the filter is there. */
const noneInState = (entity: GoEntity): readonly string[] => {
  const filter = entity.filters.find((f) => f.column === entity.state);
  const values = entity.state?.enum?.values ?? [];
  const last = values.at(-1);
  if (!filter || !last || last.value === entity.plan.model.states?.initial) return [];
  return [
    `if _, total, err := rows.List(t.Context(), Query{Page: page, ${filter.go}: newFilter(${last.go})}); err != nil || total != 0 {\n\tt.Errorf("as %s there are %d, %v", ${last.go}, total, err)\n}`,
  ];
};

const filterLoop = (entity: GoEntity): readonly string[] => {
  const checks = filterChecks(entity);
  if (checks.length === 0) return [];
  return [
    go`
filtered := []struct {
	name  string
	query Query
	total int64
}{
	${checks}
}
for _, c := range filtered {
	if found, total, err := rows.List(t.Context(), c.query); err != nil || total != c.total || int64(len(found)) != c.total || !holdsID(found, first.ID) {
		t.Errorf("by %s there are %d: %v, %v", c.name, total, found, err)
	}
}
`.trimEnd(),
  ];
};

const holdsSource = (entity: GoEntity): string =>
  filterChecks(entity).length === 0
    ? ''
    : go`
func holdsID(rows []${entity.type}, id uuid.UUID) bool {
	return slices.ContainsFunc(rows, func(row ${entity.type}) bool { return row.ID == id })
}
`;

const uniqueTest = (entity: GoEntity): string => {
  const unique = uniqueConstraints(entity).filter(([, c]) => c.writable);
  if (unique.length === 0) return '';
  const cases = members(
    unique.map(([, c]) => [`"${c.name}"`, `func(draft *Draft) { draft.${c.go} = sample.${c.go} }`]),
  );
  return go`
func TestRepositoryNamesTheRowThatHasAValueAlready(t *testing.T) {
	pool, sample, other := start(t)
	rows := NewRepository(pool)
	owner := created(t, rows, sample)
	for column, repeat := range map[string]func(draft *Draft){
		${cases}
	} {
		draft := other
		repeat(&draft)
		_, err := rows.Create(t.Context(), draft)
		want := []fault.Field{{Name: column, Message: text.AlreadyTaken}}
		if !fault.Is(err, fault.Conflict) || !reflect.DeepEqual(problems(err), want) || !strings.Contains(err.Error(), owner.ID.String()) {
			t.Errorf("a repeated %s gives %v", column, err)
		}
	}
}
`;
};

const danglingTest = (entity: GoEntity): string => {
  const keys = foreignKeys(entity);
  if (keys.length === 0) return '';
  const cases = members(
    keys.map(([, c]) => [
      `"${c.name}"`,
      `func(draft *Draft) { draft.${c.go} = ${c.required ? 'uuid.New()' : 'newOf(uuid.New())'} }`,
    ]),
  );
  return go`
func TestRepositoryRefusesReferencesThatLeadNowhere(t *testing.T) {
	pool, sample, _ := start(t)
	rows := NewRepository(pool)
	row := created(t, rows, sample)
	for column, cut := range map[string]func(draft *Draft){
		${cases}
	} {
		draft := sample
		cut(&draft)
		_, err := rows.Update(t.Context(), row.ID, row.Version, draft)
		want := []fault.Field{{Name: column, Message: text.NoSuchReference}}
		if !fault.Is(err, fault.Invalid) || !reflect.DeepEqual(problems(err), want) {
			t.Errorf("a %s that leads nowhere gives %v", column, err)
		}
	}
}
`;
};

const inUseTest = (entity: GoEntity, { entities, beginning }: Around): string => {
  const user = entity.plan.usedBy.find(
    (u) =>
      u.relation.onDelete === 'restrict' &&
      u.relation.required &&
      u.entity !== entity.plan.model.name &&
      beginning.has(u.entity),
  );
  const owner = entities.find((e) => e.plan.model.name === user?.entity);
  if (!user || !owner) return '';
  return go`
func TestRepositoryKeepsARowThatOthersReferTo(t *testing.T) {
	pool, sample, _ := start(t)
	rows := NewRepository(pool)
	row := created(t, rows, sample)
	dbtest.${rowFunction(owner)}(t, pool, dbtest.References{"${user.relation.field}": row.ID})
	if err := rows.Delete(t.Context(), row.ID, row.Version); !fault.Is(err, fault.Conflict) {
		t.Errorf("the delete gives %v", err)
	}
}
`;
};

/** New rows count towards it, and a row to refer to can be made. */
const isTestable = (entity: GoEntity, { column, states }: GoLimit, { entities, beginning }: Around): boolean => {
  if (!('relation' in column.of) || !column.required) return false;
  const { target } = column.of.relation;
  const initial = entity.plan.model.states?.initial ?? '';
  const counts = states.length === 0 || (entity.state && states.includes(constantOf(entity.state, initial))) === true;
  return counts && beginning.has(target) && !needs(entities, target, entity.plan.model.name);
};

const limitTest = (entity: GoEntity, around: Around): string => {
  const limits = limitsOf(entity, around.entities).filter((limit) => isTestable(entity, limit, around));
  if (limits.length === 0) return '';
  const tests = limits.map(
    (limit) => go`
func TestRepositoryLimitsHowManyRowsShare${limit.column.go}(t *testing.T) {
	pool, sample, other := start(t)
	rows := NewRepository(pool)
	last := created(t, rows, sample)
	${limitChecks(entity, limit)}
}
`,
  );
  return go`
${tests.join('\n')}
// isFull reports whether a limit on that column refused a write.
func isFull(err error, column string) bool {
	var refused *fault.Error
	return errors.As(err, &refused) && refused.Kind == fault.Conflict && len(refused.Fields) == 1 && refused.Fields[0].Name == column
}
`;
};

const limitChecks = (entity: GoEntity, { column, most, states }: GoLimit): readonly string[] => {
  const row = `dbtest.${rowFunction(entity)}(t, pool, dbtest.References{"${column.name}": sample.${column.go}})`;
  const free = entity.state?.enum?.values.find((v) => states.length > 0 && !states.includes(v.go))?.go;
  const leaves =
    free === undefined || movingActions(entity).length === 0
      ? []
      : [
          `if _, err := rows.SetState(t.Context(), last.ID, last.Version+1, ${free}); err != nil {\n\tt.Fatal(err)\n}`,
          `if _, err := rows.Create(t.Context(), more); err != nil {\n\tt.Errorf("a row that no longer counts leaves no room: %v", err)\n}`,
        ];
  return [
    'more := other',
    `more.${column.go} = sample.${column.go}`,
    ...(most > 1 ? [`for range ${most - 1} {\n\t${row}\n}`] : []),
    `if _, err := rows.Update(t.Context(), last.ID, last.Version, sample); err != nil {\n\tt.Errorf("the last row that is allowed is refused: %v", err)\n}`,
    `if _, err := rows.Create(t.Context(), more); !isFull(err, "${column.name}") {\n\tt.Errorf("one row too many gives %v", err)\n}`,
    `if _, total, err := rows.List(t.Context(), Query{Page: paging.Request{Page: 1, Size: 1, Column: "id"}}); err != nil || total != ${most} {\n\tt.Errorf("%d rows are there, %v", total, err)\n}`,
    ...leaves,
  ];
};

const BROKEN_TEST = go`
func TestRepositoryPassesOnFailuresOfTheStore(t *testing.T) {
	pool, sample, _ := start(t)
	rows := NewRepository(pool)
	row := created(t, rows, sample)
	pool.Close()
	_, createErr := rows.Create(t.Context(), sample)
	_, getErr := rows.Get(t.Context(), row.ID)
	_, _, listErr := rows.List(t.Context(), Query{Page: paging.Request{Page: 1, Size: 1, Column: "id"}})
	deleteErr := rows.Delete(t.Context(), row.ID, row.Version)
	for call, err := range map[string]error{"create": createErr, "get": getErr, "list": listErr, "delete": deleteErr} {
		var expected *fault.Error
		if err == nil || errors.As(err, &expected) {
			t.Errorf("%s on a closed pool gives %v", call, err)
		}
	}
}
`;

/** `repository_test.go`: the rows in a real PostgreSQL, skipped without one. */
export const writeRepositoryTest = (entity: GoEntity, around: Around): string => {
  const own = (name: string): string => `${entity.module}/internal/platform/${name}`;
  const text = [
    keepTest(entity),
    changeTest(entity),
    listTest(entity),
    uniqueTest(entity),
    danglingTest(entity),
    inUseTest(entity, around),
    limitTest(entity, around),
    BROKEN_TEST,
    startSource(entity, around),
    holdsSource(entity),
  ]
    .filter((p) => p !== '')
    .join('\n');
  const uses = (word: string): boolean => text.includes(word);
  const paths = [
    ...['encoding/json', 'errors', 'testing', 'github.com/google/uuid', 'github.com/jackc/pgx/v5/pgxpool'],
    ...(uses('reflect.') ? ['reflect'] : []),
    ...(uses('slices.') ? ['slices'] : []),
    ...(uses('strings.') ? ['strings'] : []),
    ...['dbtest', 'fault', 'paging'].map(own),
    ...(uses('text.') ? [own('text')] : []),
  ];
  return `package ${entity.pkg}\n\n${imports(paths, entity.module)}\n\n${text}`;
};
