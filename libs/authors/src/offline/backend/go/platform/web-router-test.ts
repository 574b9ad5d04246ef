import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_ROUTER_TEST: PlatformFile = {
  path: 'internal/platform/web/router_test.go',
  source: go`
package web

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
)

func TestUnknownAddressesAndMethodsAreProblems(t *testing.T) {
	router := NewRouter(Options{Logger: slog.New(slog.DiscardHandler), Timeout: time.Minute})
	router.GET("/rows", func(*gin.Context) {})
	for _, c := range []struct {
		method, path string
		status       int
	}{
		{http.MethodGet, "/nothing", http.StatusNotFound},
		{http.MethodGet, "/rows/", http.StatusNotFound},
		{http.MethodPatch, "/rows", http.StatusMethodNotAllowed},
	} {
		recorder := httptest.NewRecorder()
		router.ServeHTTP(recorder, httptest.NewRequestWithContext(t.Context(), c.method, c.path, nil))
		if recorder.Code != c.status || recorder.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s %s gives %d: %s", c.method, c.path, recorder.Code, recorder.Body)
		}
	}
}

func TestBrowsersOfAllowedOriginsAreLetIn(t *testing.T) {
	router := NewRouter(Options{Logger: slog.New(slog.DiscardHandler), Timeout: time.Minute, Origins: []string{"https://one.example"}})
	router.GET("/rows", func(c *gin.Context) { c.Status(http.StatusOK) })
	cases := []struct {
		method, origin, allowed string
		status                  int
	}{
		{http.MethodGet, "https://one.example", "https://one.example", http.StatusOK},
		{http.MethodOptions, "https://one.example", "https://one.example", http.StatusNoContent},
		{http.MethodGet, "https://two.example", "", http.StatusOK},
		{http.MethodOptions, "https://two.example", "", http.StatusMethodNotAllowed},
	}
	for _, c := range cases {
		request := httptest.NewRequestWithContext(t.Context(), c.method, "/rows", nil)
		request.Header.Set("Origin", c.origin)
		recorder := httptest.NewRecorder()
		router.ServeHTTP(recorder, request)
		if recorder.Code != c.status || recorder.Header().Get("Access-Control-Allow-Origin") != c.allowed ||
			(recorder.Header().Get("Vary") == "Origin") != (c.allowed != "") {
			t.Errorf("%s from %s gives %d, %v", c.method, c.origin, recorder.Code, recorder.Header())
		}
		wantsMore := c.allowed != "" && c.method == http.MethodOptions
		if got := recorder.Header().Get("Access-Control-Allow-Headers"); (got == "Authorization, Content-Type, If-Match") != wantsMore {
			t.Errorf("%s from %s allows %q", c.method, c.origin, got)
		}
		if got := recorder.Header().Get("Access-Control-Expose-Headers"); (got == "ETag, Location") != (c.allowed != "") {
			t.Errorf("%s from %s exposes %q", c.method, c.origin, got)
		}
	}
}
`,
};
