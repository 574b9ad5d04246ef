import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_AUTH: PlatformFile = {
  path: 'internal/platform/web/auth.go',
  source: go`
package web

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/text"
)

// Tokens are the bearer tokens that the service knows.
type Tokens struct {
	// Full may do everything.
	Full []string
	// ReadOnly may only read.
	ReadOnly []string
}

// Authenticate lets nobody through without a known token, and those that may only read to reads alone.
func Authenticate(tokens Tokens) gin.HandlerFunc {
	full, readOnly := digests(tokens.Full), digests(tokens.ReadOnly)
	return func(c *gin.Context) {
		token := bearer(c.GetHeader("Authorization"))
		switch {
		case knows(full, token):
			c.Next()
		case !knows(readOnly, token):
			c.Header("WWW-Authenticate", "Bearer")
			writeProblem(c, http.StatusUnauthorized, text.TokenMissing)
		case c.Request.Method != http.MethodGet:
			Fail(c, fault.New(fault.Forbidden, text.ReadOnlyToken))
		default:
			c.Next()
		}
	}
}

func bearer(header string) string {
	scheme, token, _ := strings.Cut(header, " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}

func digests(tokens []string) [][sha256.Size]byte {
	hashed := make([][sha256.Size]byte, len(tokens))
	for i, token := range tokens {
		hashed[i] = sha256.Sum256([]byte(token))
	}
	return hashed
}

// knows compares digests in constant time, so that answers don't tell how much of a token was right.
func knows(known [][sha256.Size]byte, token string) bool {
	given := sha256.Sum256([]byte(token))
	found := 0
	for _, digest := range known {
		found |= subtle.ConstantTimeCompare(digest[:], given[:])
	}
	return found == 1
}
`,
};
