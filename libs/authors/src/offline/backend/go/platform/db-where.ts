import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const DB_WHERE: PlatformFile = {
  path: 'internal/platform/db/where.go',
  source: go`
package db

import (
	"strconv"
	"strings"

	"${MODULE}/internal/platform/paging"
)

// Where builds the conditions of a query; values travel as arguments, never as text.
type Where struct {
	conditions []string
	args       []any
}

// Equal asks that a column holds a value; without a value it asks nothing.
func Equal[T any](w *Where, column string, value *T) {
	if value == nil {
		return
	}
	w.conditions = append(w.conditions, quoted(column)+" = "+w.Arg(*value))
}

// Arg adds an argument and answers its placeholder.
func (w *Where) Arg(value any) string {
	w.args = append(w.args, value)
	return "$" + strconv.Itoa(len(w.args))
}

// Args are the arguments so far, in the order of their placeholders.
func (w *Where) Args() []any {
	return w.args
}

// SQL is the WHERE clause, or nothing when nothing is asked.
func (w *Where) SQL() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// PageOf is the end of a query that answers one page. Rows that sort alike follow their id, so that pages never overlap.
func PageOf(w *Where, page paging.Request) string {
	direction := " ASC"
	if page.Descending {
		direction = " DESC"
	}
	return " ORDER BY " + quoted(page.Column) + direction + " NULLS LAST, id" + direction +
		" LIMIT " + w.Arg(page.Size) + " OFFSET " + w.Arg(page.Offset())
}
`,
};
