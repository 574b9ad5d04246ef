import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_AUTH_TEST: PlatformFile = {
  path: 'internal/platform/web/auth_test.go',
  source: go`
package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"${MODULE}/internal/platform/text"
)

func TestTokensDecideWhoMayDoWhat(t *testing.T) {
	router := NewRouter(Options{Logger: slog.New(slog.DiscardHandler), Timeout: time.Minute})
	router.Use(Authenticate(Tokens{Full: []string{"full", "other"}, ReadOnly: []string{"reader"}}))
	router.Any("/rows", func(c *gin.Context) { c.Status(http.StatusOK) })
	cases := []struct {
		method, header string
		status         int
	}{
		{http.MethodPost, "Bearer full", http.StatusOK},
		{http.MethodPost, "bearer other", http.StatusOK},
		{http.MethodGet, "Bearer reader", http.StatusOK},
		{http.MethodPost, "Bearer reader", http.StatusForbidden},
		{http.MethodGet, "Bearer unknown", http.StatusUnauthorized},
		{http.MethodGet, "Basic full", http.StatusUnauthorized},
		{http.MethodGet, "full", http.StatusUnauthorized},
		{http.MethodGet, "Bearer ", http.StatusUnauthorized},
		{http.MethodGet, "", http.StatusUnauthorized},
	}
	for _, c := range cases {
		request := httptest.NewRequestWithContext(t.Context(), c.method, "/rows", nil)
		request.Header.Set("Authorization", c.header)
		recorder := httptest.NewRecorder()
		router.ServeHTTP(recorder, request)
		asksForToken := recorder.Header().Get("WWW-Authenticate") == "Bearer"
		if recorder.Code != c.status || asksForToken != (c.status == http.StatusUnauthorized) {
			t.Errorf("%s with %q gives %d, %v", c.method, c.header, recorder.Code, recorder.Header())
		}
	}
}

type store struct{ err error }

func (s store) Ping(context.Context) error {
	return s.err
}

func TestHealthAsksTheStoreOnlyForReadiness(t *testing.T) {
	for _, c := range []struct {
		path   string
		err    error
		status int
		body   string
	}{
		{"/health/live", errors.New("gone"), http.StatusOK, \`{"status":"live"}\`},
		{"/health/ready", nil, http.StatusOK, \`{"status":"ready"}\`},
		{"/health/ready", errors.New("gone"), http.StatusServiceUnavailable, text.NotReady},
	} {
		router := NewRouter(Options{Logger: slog.New(slog.DiscardHandler), Timeout: time.Minute})
		Health(router, store{err: c.err})
		recorder := httptest.NewRecorder()
		router.ServeHTTP(recorder, get(t, c.path))
		if recorder.Code != c.status || !strings.Contains(recorder.Body.String(), c.body) {
			t.Errorf("%s gives %d: %s", c.path, recorder.Code, recorder.Body)
		}
	}
}
`,
};
