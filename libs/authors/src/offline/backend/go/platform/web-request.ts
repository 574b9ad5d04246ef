import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_REQUEST: PlatformFile = {
  path: 'internal/platform/web/request.go',
  source: go`
package web

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"${MODULE}/internal/platform/etag"
	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/field"
	"${MODULE}/internal/platform/text"
)

const (
	maxBody    = 1 << 20
	maxIfMatch = 40
	uuidLength = 36
)

// Body reads the request's body, which must be one JSON object.
func Body(c *gin.Context) (field.Object, error) {
	decoder := json.NewDecoder(http.MaxBytesReader(c.Writer, c.Request.Body, maxBody))
	var object field.Object
	if err := decoder.Decode(&object); err != nil {
		return nil, unreadable(err)
	}
	if object == nil {
		return nil, fault.New(fault.Malformed, text.BodyNotObject)
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, fault.New(fault.Malformed, text.BodyNotObject)
	}
	return object, nil
}

func unreadable(err error) error {
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return fault.Because(err, fault.Malformed, text.BodyTooLarge)
	}
	return fault.Because(err, fault.Malformed, text.BodyNotObject)
}

// ID reads the identifier in the path.
func ID(c *gin.Context) (uuid.UUID, error) {
	id, err := parseUUID(c.Param("id"))
	if err != nil {
		return uuid.Nil, fault.Because(err, fault.Malformed, text.InvalidQuery, fault.Field{Name: "id", Message: text.WrongFormat})
	}
	return id, nil
}

var errNotUUID = errors.New("not written as 8-4-4-4-12 digits")

func parseUUID(value string) (uuid.UUID, error) {
	if len(value) != uuidLength {
		return uuid.Nil, errNotUUID
	}
	return uuid.Parse(value)
}

// Target reads which row a change is for, and which versions of it.
func Target(c *gin.Context) (uuid.UUID, etag.Match, error) {
	id, err := ID(c)
	if err != nil {
		return uuid.Nil, etag.Match{}, err
	}
	match, err := IfMatch(c)
	return id, match, err
}

// IfMatch reads which versions a change may meet; the header must be there.
func IfMatch(c *gin.Context) (etag.Match, error) {
	values := c.Request.Header.Values("If-Match")
	if len(values) == 0 {
		missing := fault.Field{Name: "If-Match", Message: text.Required}
		return etag.Match{}, fault.New(fault.Malformed, text.IfMatchMissing, missing)
	}
	header := strings.Join(values, ",")
	if utf8.RuneCountInString(header) > maxIfMatch {
		tooLong := fault.Field{Name: "If-Match", Message: fmt.Sprintf(text.TooLong, maxIfMatch)}
		return etag.Match{}, fault.New(fault.Malformed, text.InvalidQuery, tooLong)
	}
	return etag.Parse(header), nil
}

// Versioned answers a row as JSON, with its version as ETag.
func Versioned(c *gin.Context, status int, version int32, row any) error {
	c.Header("ETag", etag.Format(version))
	c.JSON(status, row)
	return nil
}
`,
};
