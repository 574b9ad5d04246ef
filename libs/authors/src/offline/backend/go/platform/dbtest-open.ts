import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const DBTEST_OPEN: PlatformFile = {
  path: 'internal/platform/dbtest/open.go',
  source: go`
// Package dbtest gives tests a database of their own, and rows in it.
package dbtest

import (
	"context"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5/pgxpool"

	"${MODULE}/internal/platform/db"
	"${MODULE}/migrations"
)

const maxConns = 4

// Open answers a pool on a migrated schema that goes with the test. Without DATABASE_URL the test is skipped.
func Open(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool := Empty(t)
	if _, err := db.NewMigrator(pool, migrations.Scripts()).Up(t.Context()); err != nil {
		t.Fatalf("migrate the test's schema: %v", err)
	}
	return pool
}

// Empty answers a pool on a schema without tables.
func Empty(t *testing.T) *pgxpool.Pool {
	t.Helper()
	pool, err := db.Open(t.Context(), URL(t), maxConns)
	if err != nil {
		t.Fatalf("open the test's schema: %v", err)
	}
	t.Cleanup(pool.Close)
	return pool
}

// URL is the address of a schema of the test's own, which goes with the test.
func URL(t *testing.T) string {
	t.Helper()
	address := os.Getenv("DATABASE_URL")
	if address == "" {
		t.Skip("DATABASE_URL is not set: no PostgreSQL to test with")
	}
	parsed, err := url.Parse(address)
	if err != nil {
		t.Fatalf("read DATABASE_URL: %v", err)
	}
	schema := "test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	command(t, address, "CREATE SCHEMA "+schema)
	t.Cleanup(func() { command(t, address, "DROP SCHEMA "+schema+" CASCADE") })
	query := parsed.Query()
	query.Set("search_path", schema)
	parsed.RawQuery = query.Encode()
	return parsed.String()
}

func command(t *testing.T, address, sql string) {
	t.Helper()
	pool, err := db.Open(context.Background(), address, 1)
	if err != nil {
		t.Fatalf("open the test database: %v", err)
	}
	defer pool.Close()
	if _, err := pool.Exec(context.Background(), sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}
`,
};
