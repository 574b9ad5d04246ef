import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

/** Only for services that have a limit. */
export const DB_LIMIT: PlatformFile = {
  path: 'internal/platform/db/limit.go',
  source: go`
package db

import (
	"context"
	"fmt"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/text"
)

// Transactor begins transactions: a pool, a connection, or a transaction that another one is put into.
type Transactor interface {
	Querier
	Begin(ctx context.Context) (pgx.Tx, error)
}

// Limit is how many rows may share a reference. Both statements are about the row whose id is $1.
type Limit struct {
	// Column is the reference.
	Column string
	Most   int
	// Lock holds the row that is referred to: who writes another one that shares it waits, so that no two can both be the last.
	Lock string
	// Count answers how many rows share the reference, the row itself among them; none if it does not count.
	Count string
	// States are $2 of Count, where only rows in one of them count.
	States []string
}

// Check refuses a row that is one too many. It runs in the transaction that wrote the row.
func (l Limit) Check(ctx context.Context, tx Querier, id uuid.UUID) error {
	if _, err := tx.Exec(ctx, l.Lock, id); err != nil {
		return fmt.Errorf("lock what %s refers to: %w", l.Column, err)
	}
	args := []any{id}
	if l.States != nil {
		args = append(args, l.States)
	}
	var rows int
	if err := tx.QueryRow(ctx, l.Count, args...).Scan(&rows); err != nil {
		return fmt.Errorf("count what shares %s: %w", l.Column, err)
	}
	if rows > l.Most {
		reason := fault.Field{Name: l.Column, Message: fmt.Sprintf(text.TooMany, l.Most)}
		return fault.New(fault.Conflict, text.LimitReached, reason)
	}
	return nil
}
`,
};
