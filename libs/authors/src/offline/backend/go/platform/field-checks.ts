import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FIELD_CHECKS: PlatformFile = {
  path: 'internal/platform/field/checks.go',
  source: go`
// Package field reads and checks the fields of a request: what is missing, null or unknown, and what breaks a rule.
package field

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/text"
)

// Object is a JSON object whose members nobody has looked at yet.
type Object map[string]json.RawMessage

// Rule answers what is wrong with a value, or nothing.
type Rule[T any] func(value T) string

// Checks collects what is wrong with an object, so that a client learns all of it at once.
type Checks struct {
	object   Object
	unasked  map[string]bool
	problems []fault.Field
}

// Check begins to read an object.
func Check(object Object) *Checks {
	unasked := make(map[string]bool, len(object))
	for name := range object {
		unasked[name] = true
	}
	return &Checks{object: object, unasked: unasked}
}

// Err is nil when nothing was wrong. Members that nobody asked for are.
func (c *Checks) Err() error {
	problems := c.problems
	for _, name := range slices.Sorted(maps.Keys(c.unasked)) {
		problems = append(problems, fault.Field{Name: name, Message: text.UnknownField})
	}
	if len(problems) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, text.InvalidFields, problems...)
}

// Required is the value of a field that must be there.
func Required[T any](c *Checks, name string, rules ...Rule[T]) T {
	data, there := c.take(name)
	if !there || isNull(data) {
		c.report(name, text.Required)
		var nothing T
		return nothing
	}
	return checked(c, name, data, rules)
}

// Optional is the value of a field that may be left out or null.
func Optional[T any](c *Checks, name string, rules ...Rule[T]) *T {
	data, there := c.take(name)
	if !there || isNull(data) {
		return nil
	}
	value := checked(c, name, data, rules)
	return &value
}

// WithDefault is the value of a field that may be left out, but not null.
func WithDefault[T any](c *Checks, name string, fallback T, rules ...Rule[T]) T {
	if _, there := c.object[name]; !there {
		return fallback
	}
	return Required(c, name, rules...)
}

// OptionalWithDefault is the value of a field that may be null, and has a value of its own when left out.
func OptionalWithDefault[T any](c *Checks, name string, fallback T, rules ...Rule[T]) *T {
	if _, there := c.object[name]; !there {
		return &fallback
	}
	return Optional(c, name, rules...)
}

func (c *Checks) take(name string) (json.RawMessage, bool) {
	data, there := c.object[name]
	delete(c.unasked, name)
	return data, there
}

func (c *Checks) report(name, message string) {
	c.problems = append(c.problems, fault.Field{Name: name, Message: message})
}

func checked[T any](c *Checks, name string, data json.RawMessage, rules []Rule[T]) T {
	var value T
	if json.Unmarshal(data, &value) != nil {
		c.report(name, text.WrongType)
		return value
	}
	for _, rule := range rules {
		if message := rule(value); message != "" {
			c.report(name, message)
			break
		}
	}
	return value
}

func isNull(data json.RawMessage) bool {
	return bytes.Equal(data, []byte("null"))
}

// Must is a value that the source itself states, so that reading it can't fail.
func Must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}
`,
};
