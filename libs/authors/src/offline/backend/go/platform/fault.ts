import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FAULT: PlatformFile = {
  path: 'internal/platform/fault/fault.go',
  source: go`
// Package fault names what can go wrong with a request, apart from how a client is told.
package fault

import "errors"

// Kind says which of the expected failures happened.
type Kind int

// The failures that clients are told about; everything else is a defect of the service.
const (
	Malformed Kind = iota + 1
	Forbidden
	Unauthorized
	NotFound
	Conflict
	Stale
	Invalid
)

// Field tells what is wrong with one field of a request.
type Field struct {
	Name    string
	Message string
}

// Error is an expected failure.
type Error struct {
	Kind   Kind
	Detail string
	Fields []Field
	Cause  error
}

// New answers a failure that a sentence explains.
func New(kind Kind, detail string, fields ...Field) *Error {
	return &Error{Kind: kind, Detail: detail, Fields: fields}
}

// Because answers a failure that another error caused.
func Because(cause error, kind Kind, detail string, fields ...Field) *Error {
	return &Error{Kind: kind, Detail: detail, Fields: fields, Cause: cause}
}

// Error is the detail, and the cause where there is one.
func (e *Error) Error() string {
	if e.Cause == nil {
		return e.Detail
	}
	return e.Detail + ": " + e.Cause.Error()
}

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error {
	return e.Cause
}

// Is reports whether an error is an expected failure of that kind.
func Is(err error, kind Kind) bool {
	var fault *Error
	return errors.As(err, &fault) && fault.Kind == kind
}
`,
};
