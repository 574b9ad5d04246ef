import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const DB_TEST: PlatformFile = {
  path: 'internal/platform/db/db_test.go',
  source: go`
package db_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"${MODULE}/internal/platform/db"
	"${MODULE}/internal/platform/dbtest"
	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/paging"
	"${MODULE}/internal/platform/text"
	"${MODULE}/migrations"
)

func TestConditionsTravelAsArguments(t *testing.T) {
	var where db.Where
	name, none := "O'Brien", (*string)(nil)
	db.Equal(&where, "order", &name)
	db.Equal(&where, "city", none)
	db.Equal(&where, "state", &name)
	if want := \` WHERE "order" = $1 AND "state" = $2\`; where.SQL() != want {
		t.Errorf("the conditions are %s", where.SQL())
	}
	got := db.PageOf(&where, paging.Request{Page: 3, Size: 10, Column: "due_date", Descending: true})
	if want := \` ORDER BY "due_date" DESC NULLS LAST, id DESC LIMIT $3 OFFSET $4\`; got != want {
		t.Errorf("the page is %s", got)
	}
	if want := []any{name, name, 10, 20}; !reflect.DeepEqual(where.Args(), want) {
		t.Errorf("the arguments are %v", where.Args())
	}
}

func TestNoConditionIsNoClause(t *testing.T) {
	var where db.Where
	if where.SQL() != "" || len(where.Args()) > 0 {
		t.Errorf("the conditions are %q, %v", where.SQL(), where.Args())
	}
	got := db.PageOf(&where, paging.Request{Page: 1, Size: 5, Column: "id"})
	if want := \` ORDER BY "id" ASC NULLS LAST, id ASC LIMIT $1 OFFSET $2\`; got != want {
		t.Errorf("the page is %s", got)
	}
}

func failure(code, constraint string) error {
	return &pgconn.PgError{Code: code, ConstraintName: constraint}
}

func TestErrorsOfTheDatabaseAreToldByTheirCode(t *testing.T) {
	for _, code := range []string{"23514", "23502", "22001", "22003", "22P05", "22021"} {
		if err := db.WriteError(failure(code, "")); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s gives %v", code, err)
		}
	}
	for _, err := range []error{failure("53300", ""), errors.New("no connection"), fault.New(fault.Stale, "changed")} {
		if got := db.WriteError(err); !errors.Is(got, err) || fault.Is(got, fault.Invalid) {
			t.Errorf("%v became %v", err, got)
		}
	}
	if err := db.DeleteError(failure("23503", "fk")); !fault.Is(err, fault.Conflict) {
		t.Errorf("a row in use gives %v", err)
	}
	if err := db.DeleteError(failure("53300", "")); fault.Is(err, fault.Conflict) {
		t.Errorf("another failure gives %v", err)
	}
	if db.Constraint(failure("23505", "uq_books_isbn")) != "uq_books_isbn" || db.Constraint(errors.New("other")) != "" {
		t.Error("the constraint is not told")
	}
}

// answering is a database that answers one text, or fails.
type answering struct {
	db.Querier
	text string
	err  error
}

func (a answering) QueryRow(context.Context, string, ...any) pgx.Row {
	return a
}

func (a answering) Scan(targets ...any) error {
	if target, ok := targets[0].(*string); ok {
		*target = a.text
	}
	return a.err
}

func TestARepeatedValueNamesItsFieldAndItsOwner(t *testing.T) {
	cause := failure("23505", "uq_books_isbn")
	key := db.Key{Table: "books", Column: "isbn", Value: "123"}
	want := []fault.Field{{Name: "isbn", Message: text.AlreadyTaken}}
	for _, c := range []struct {
		database answering
		detail   string
	}{
		{answering{text: "the owner"}, "the owner"},
		{answering{err: pgx.ErrNoRows}, text.Repeated},
	} {
		var told *fault.Error
		err := db.Repeated(t.Context(), c.database, cause, key)
		if !errors.As(err, &told) || !errors.Is(err, cause) || told.Kind != fault.Conflict ||
			!strings.Contains(told.Detail, c.detail) || !reflect.DeepEqual(told.Fields, want) {
			t.Errorf("told is %+v", told)
		}
	}
	if err := db.Dangling(cause, "book_id"); !fault.Is(err, fault.Invalid) || !errors.Is(err, cause) {
		t.Errorf("a reference that leads nowhere gives %v", err)
	}
}

func tables(t *testing.T, pool *pgxpool.Pool) []string {
	t.Helper()
	rows, err := pool.Query(t.Context(), "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestMigrationsGoUpDownAndUpAgain(t *testing.T) {
	pool := dbtest.Empty(t)
	migrator := db.NewMigrator(pool, migrations.Scripts())
	up, err := migrator.Up(t.Context())
	if err != nil || len(up) == 0 || !slices.IsSorted(up) {
		t.Fatalf("up ran %v, %v", up, err)
	}
	all := tables(t, pool)
	if again, err := migrator.Up(t.Context()); err != nil || again != nil {
		t.Errorf("a second up ran %v, %v", again, err)
	}
	down, err := migrator.Down(t.Context(), len(up))
	slices.Reverse(down)
	if err != nil || !slices.Equal(down, up) || !slices.Equal(tables(t, pool), []string{"schema_migrations"}) {
		t.Fatalf("down ran %v, %v, and left %v", down, err, tables(t, pool))
	}
	if _, err := migrator.Up(t.Context()); err != nil || !slices.Equal(tables(t, pool), all) {
		t.Errorf("up again gives %v, %v", tables(t, pool), err)
	}
}

func TestAMigrationThatFailsLeavesNothingBehind(t *testing.T) {
	pool := dbtest.Empty(t)
	scripts := fstest.MapFS{
		"1.up.sql":   {Data: []byte("BEGIN;\nCREATE TABLE one (id int);\nCOMMIT;\n")},
		"1.down.sql": {Data: []byte("DROP TABLE one;")},
		"2.up.sql":   {Data: []byte("BEGIN;\nCREATE TABLE two (id int);\nCREATE TABLE one (id int);\nCOMMIT;\n")},
	}
	migrator := db.NewMigrator(pool, scripts)
	done, err := migrator.Up(t.Context())
	if err == nil || !slices.Equal(done, []string{"1"}) || !slices.Equal(tables(t, pool), []string{"one", "schema_migrations"}) {
		t.Errorf("done is %v, %v, there are %v", done, err, tables(t, pool))
	}
	if done, err := migrator.Down(t.Context(), 0); err != nil || done != nil {
		t.Errorf("nothing to take back gives %v, %v", done, err)
	}
	if done, err := migrator.Down(t.Context(), 5); err != nil || !slices.Equal(done, []string{"1"}) {
		t.Errorf("taken back is %v, %v", done, err)
	}
	delete(scripts, "1.down.sql")
	delete(scripts, "2.up.sql")
	if _, err := migrator.Up(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := migrator.Down(t.Context(), 1); err == nil {
		t.Error("a migration without a way back was taken back")
	}
}

func TestTwoThatMigrateAtOnceDoSoOneAfterTheOther(t *testing.T) {
	pool := dbtest.Empty(t)
	failed := make(chan error, 2)
	for range 2 {
		go func() {
			_, err := db.NewMigrator(pool, migrations.Scripts()).Up(t.Context())
			failed <- err
		}()
	}
	if err := errors.Join(<-failed, <-failed); err != nil {
		t.Error(err)
	}
}

func TestTimesAreReadInUTC(t *testing.T) {
	var now time.Time
	if err := dbtest.Empty(t).QueryRow(t.Context(), "SELECT now()").Scan(&now); err != nil || now.Location() != time.UTC {
		t.Errorf("now is %v, %v", now, err)
	}
}

func TestOpenTellsWhatIsWrong(t *testing.T) {
	for _, url := range []string{"postgresql://:bad:port", "postgresql://u@127.0.0.1:1/d?connect_timeout=1"} {
		if pool, err := db.Open(t.Context(), url, 1); err == nil {
			pool.Close()
			t.Errorf("%s was opened", url)
		}
	}
}
`,
};
