import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const DB_MIGRATE: PlatformFile = {
  path: 'internal/platform/db/migrate.go',
  source: go`
package db

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	upSuffix   = ".up.sql"
	downSuffix = ".down.sql"

	createVersions = "CREATE TABLE IF NOT EXISTS schema_migrations (" +
		"name text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
	// The lock is held for the session: two instances that start together migrate one after the other.
	lockVersions   = "SELECT pg_advisory_lock(hashtext('schema_migrations'), hashtext(current_schema()))"
	unlockVersions = "SELECT pg_advisory_unlock(hashtext('schema_migrations'), hashtext(current_schema()))"
)

// Migrator brings the schema up to the scripts of a folder, or back.
type Migrator struct {
	pool    *pgxpool.Pool
	scripts fs.FS
}

// NewMigrator takes scripts named NAME.up.sql and NAME.down.sql; they run in the order of their names.
func NewMigrator(pool *pgxpool.Pool, scripts fs.FS) *Migrator {
	return &Migrator{pool: pool, scripts: scripts}
}

// Up runs every script that has not run yet and answers their names.
func (m *Migrator) Up(ctx context.Context) ([]string, error) {
	names, err := m.names()
	if err != nil {
		return nil, err
	}
	var done []string
	err = m.locked(ctx, func(conn *pgx.Conn, applied map[string]bool) error {
		for _, name := range names {
			if applied[name] {
				continue
			}
			if err := m.run(ctx, conn, step{name + upSuffix, "INSERT INTO schema_migrations (name) VALUES ($1)", name}); err != nil {
				return err
			}
			done = append(done, name)
		}
		return nil
	})
	return done, err
}

// Down takes back the last scripts that ran, at most count of them, and answers their names.
func (m *Migrator) Down(ctx context.Context, count int) ([]string, error) {
	names, err := m.names()
	if err != nil {
		return nil, err
	}
	var undone []string
	err = m.locked(ctx, func(conn *pgx.Conn, applied map[string]bool) error {
		for i := len(names) - 1; i >= 0 && len(undone) < count; i-- {
			name := names[i]
			if !applied[name] {
				continue
			}
			if err := m.run(ctx, conn, step{name + downSuffix, "DELETE FROM schema_migrations WHERE name = $1", name}); err != nil {
				return err
			}
			undone = append(undone, name)
		}
		return nil
	})
	return undone, err
}

func (m *Migrator) names() ([]string, error) {
	files, err := fs.Glob(m.scripts, "*"+upSuffix)
	if err != nil {
		return nil, fmt.Errorf("list the migrations: %w", err)
	}
	sort.Strings(files)
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = strings.TrimSuffix(file, upSuffix)
	}
	return names, nil
}

func (m *Migrator) locked(ctx context.Context, work func(conn *pgx.Conn, applied map[string]bool) error) (err error) {
	held, err := m.pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("connect for the migrations: %w", err)
	}
	defer held.Release()
	conn := held.Conn()
	if _, err := conn.Exec(ctx, lockVersions); err != nil {
		return fmt.Errorf("lock the migrations: %w", err)
	}
	defer func() {
		_, failure := conn.Exec(context.WithoutCancel(ctx), unlockVersions)
		err = errors.Join(err, failure)
	}()
	if _, err := conn.Exec(ctx, createVersions); err != nil {
		return fmt.Errorf("prepare the table of migrations: %w", err)
	}
	applied, err := appliedNames(ctx, conn)
	if err != nil {
		return err
	}
	return work(conn, applied)
}

func appliedNames(ctx context.Context, conn *pgx.Conn) (map[string]bool, error) {
	rows, err := conn.Query(ctx, "SELECT name FROM schema_migrations")
	if err != nil {
		return nil, fmt.Errorf("read the table of migrations: %w", err)
	}
	names, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return nil, fmt.Errorf("read the table of migrations: %w", err)
	}
	applied := make(map[string]bool, len(names))
	for _, name := range names {
		applied[name] = true
	}
	return applied, nil
}

type step struct {
	file, record, name string
}

func (m *Migrator) run(ctx context.Context, conn *pgx.Conn, s step) error {
	script, err := fs.ReadFile(m.scripts, s.file)
	if err != nil {
		return fmt.Errorf("read %s: %w", s.file, err)
	}
	return pgx.BeginFunc(ctx, conn, func(tx pgx.Tx) error {
		if _, err := tx.Conn().PgConn().Exec(ctx, statements(string(script))).ReadAll(); err != nil {
			return fmt.Errorf("run %s: %w", s.file, err)
		}
		if _, err := tx.Exec(ctx, s.record, s.name); err != nil {
			return fmt.Errorf("record %s: %w", s.file, err)
		}
		return nil
	})
}

// statements leaves out the script's own BEGIN and COMMIT: script and record belong to one transaction.
func statements(script string) string {
	lines := strings.Split(script, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line != "BEGIN;" && line != "COMMIT;" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}
`,
};
