import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_QUERY: PlatformFile = {
  path: 'internal/platform/web/query.go',
  source: go`
package web

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/field"
	"${MODULE}/internal/platform/paging"
	"${MODULE}/internal/platform/text"
)

// Query reads the parameters of a request and collects what can't be read.
type Query struct {
	c        *gin.Context
	problems []fault.Field
}

// NewQuery begins to read the parameters of a request.
func NewQuery(c *gin.Context) *Query {
	return &Query{c: c}
}

// Err is nil when every parameter could be read.
func (q *Query) Err() error {
	if len(q.problems) == 0 {
		return nil
	}
	return fault.New(fault.Malformed, text.InvalidQuery, q.problems...)
}

// Page reads page, size and sort. sortable lists the columns that sort takes.
func (q *Query) Page(sortable []string, byDefault string) paging.Request {
	sort := q.c.DefaultQuery("sort", byDefault)
	column, descending := strings.CutPrefix(sort, "-")
	if !slices.Contains(sortable, column) {
		q.report("sort", text.NotAllowed)
	}
	return paging.Request{
		Page:       q.integer("page", paging.DefaultPage, paging.MaxPage),
		Size:       q.integer("size", paging.DefaultSize, paging.MaxSize),
		Column:     column,
		Descending: descending,
	}
}

func (q *Query) integer(name string, byDefault, most int) int {
	value, there := q.c.GetQuery(name)
	if !there {
		return byDefault
	}
	number, err := strconv.Atoi(value)
	if err != nil || number < 1 || number > most {
		q.report(name, text.NotAllowed)
	}
	return number
}

func (q *Query) report(name, message string) {
	q.problems = append(q.problems, fault.Field{Name: name, Message: message})
}

// UUID reads an identifier, or nothing when the parameter is not there.
func (q *Query) UUID(name string) *uuid.UUID {
	return read(q, name, parseUUID)
}

// Date reads a day.
func (q *Query) Date(name string) *field.Date {
	return read(q, name, field.ParseDate)
}

// Bool reads true or false.
func (q *Query) Bool(name string) *bool {
	return read(q, name, func(value string) (bool, error) {
		if value != "true" && value != "false" {
			return false, strconv.ErrSyntax
		}
		return value == "true", nil
	})
}

// OneOf reads one of the allowed values.
func OneOf[T ~string](q *Query, name string, allowed []T) *T {
	return read(q, name, func(value string) (T, error) {
		if !slices.Contains(allowed, T(value)) {
			return "", strconv.ErrRange
		}
		return T(value), nil
	})
}

func read[T any](q *Query, name string, parse func(string) (T, error)) *T {
	value, there := q.c.GetQuery(name)
	if !there {
		return nil
	}
	parsed, err := parse(value)
	if err != nil {
		q.report(name, text.WrongFormat)
		return nil
	}
	return &parsed
}
`,
};
