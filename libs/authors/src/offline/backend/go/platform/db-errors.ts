import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const DB_ERRORS: PlatformFile = {
  path: 'internal/platform/db/errors.go',
  source: go`
package db

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/text"
)

// Condition names of PostgreSQL (appendix A of its manual).
const (
	foreignKeyViolation = "23503"
	checkViolation      = "23514"
	notNullViolation    = "23502"
	stringTooLong       = "22001"
	numberOutOfRange    = "22003"
	untranslatable      = "22P05"
	invalidBytes        = "22021"
)

// Key is a column that holds no value twice, and the value that was to be written.
type Key struct {
	Table  string
	Column string
	Value  any
}

// Constraint is the name of the constraint that a statement broke, or nothing.
func Constraint(err error) string {
	var failure *pgconn.PgError
	if !errors.As(err, &failure) {
		return ""
	}
	return failure.ConstraintName
}

// Repeated tells that another row has the key already, and which.
func Repeated(ctx context.Context, querier Querier, err error, key Key) error {
	sql := "SELECT id::text FROM " + quoted(key.Table) + " WHERE " + quoted(key.Column) + " = $1"
	taken := fault.Field{Name: key.Column, Message: text.AlreadyTaken}
	var owner string
	if failure := querier.QueryRow(ctx, sql, key.Value).Scan(&owner); failure != nil {
		return fault.Because(errors.Join(err, failure), fault.Conflict, text.Repeated, taken)
	}
	return fault.Because(err, fault.Conflict, fmt.Sprintf(text.RepeatedBy, owner), taken)
}

// Dangling tells that a column refers to a row that is not there.
func Dangling(err error, column string) error {
	return fault.Because(err, fault.Invalid, text.InvalidFields, fault.Field{Name: column, Message: text.NoSuchReference})
}

// WriteError tells what a failed insert or update means where no constraint of the table explains it.
func WriteError(err error) error {
	var failure *pgconn.PgError
	if !errors.As(err, &failure) {
		return err
	}
	switch failure.Code {
	case checkViolation, notNullViolation, stringTooLong, numberOutOfRange, untranslatable, invalidBytes:
		return fault.Because(err, fault.Invalid, text.InvalidFields)
	}
	return err
}

// DeleteError tells what a failed delete means: a row that others refer to stays.
func DeleteError(err error) error {
	var failure *pgconn.PgError
	if errors.As(err, &failure) && failure.Code == foreignKeyViolation {
		return fault.Because(err, fault.Conflict, text.RowInUse)
	}
	return fmt.Errorf("delete a row: %w", err)
}

func quoted(name string) string {
	return pgx.Identifier{name}.Sanitize()
}
`,
};
