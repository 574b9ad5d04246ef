import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_PROBLEM: PlatformFile = {
  path: 'internal/platform/web/problem.go',
  source: go`
// Package web is how the service speaks HTTP: problems, bodies, parameters, versions, tokens, health.
package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/text"
)

// Limits of the contract's Problem.
const (
	maxDetail  = 2000
	maxName    = 100
	maxMessage = 500
	maxErrors  = 100
)

// Problem is an error as RFC 9457 has it.
type Problem struct {
	Type   string         \`json:"type"\`
	Title  string         \`json:"title"\`
	Status int            \`json:"status"\`
	Detail string         \`json:"detail,omitempty"\`
	Errors []FieldProblem \`json:"errors,omitempty"\`
}

// FieldProblem tells what is wrong with one field.
type FieldProblem struct {
	Field   string \`json:"field"\`
	Message string \`json:"message"\`
}

// Handle runs a handler and writes the problem that it answers, if any.
func Handle(handler func(c *gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := handler(c); err != nil {
			Fail(c, err)
		}
	}
}

// Fail writes an error as a problem and stops the request. What nobody expected is logged and not told.
func Fail(c *gin.Context, err error) {
	var expected *fault.Error
	switch {
	case errors.As(err, &expected):
		writeProblem(c, statusOf(expected.Kind), expected.Detail, expected.Fields...)
	case errors.Is(err, context.DeadlineExceeded):
		remember(c, err)
		writeProblem(c, http.StatusServiceUnavailable, text.NotReady)
	default:
		remember(c, err)
		writeProblem(c, http.StatusInternalServerError, text.Unexpected)
	}
}

// remember keeps an error for the log.
func remember(c *gin.Context, err error) {
	c.Errors = append(c.Errors, &gin.Error{Err: err, Type: gin.ErrorTypePrivate})
}

func statusOf(kind fault.Kind) int {
	switch kind {
	case fault.Malformed:
		return http.StatusBadRequest
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Stale:
		return http.StatusPreconditionFailed
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	}
	return http.StatusInternalServerError
}

func writeProblem(c *gin.Context, status int, detail string, fields ...fault.Field) {
	problem := Problem{Type: "about:blank", Title: text.Title(status), Status: status, Detail: cut(detail, maxDetail)}
	for _, field := range fields[:min(len(fields), maxErrors)] {
		told := FieldProblem{Field: cut(field.Name, maxName), Message: cut(field.Message, maxMessage)}
		problem.Errors = append(problem.Errors, told)
	}
	c.Header("Content-Type", "application/problem+json")
	c.AbortWithStatusJSON(status, problem)
}

func cut(value string, most int) string {
	if runes := []rune(value); len(runes) > most {
		return string(runes[:most])
	}
	return value
}
`,
};
