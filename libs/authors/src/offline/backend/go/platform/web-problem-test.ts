import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_PROBLEM_TEST: PlatformFile = {
  path: 'internal/platform/web/problem_test.go',
  source: go`
package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/text"
)

// serve answers what a router with one route gives to a request.
func serve(t *testing.T, request *http.Request, handler func(c *gin.Context) error) *httptest.ResponseRecorder {
	t.Helper()
	router := NewRouter(Options{Logger: slog.New(slog.DiscardHandler), Timeout: time.Minute})
	router.Any("/rows/:id", Handle(handler))
	recorder := httptest.NewRecorder()
	router.ServeHTTP(recorder, request)
	return recorder
}

func get(t *testing.T, path string) *http.Request {
	t.Helper()
	return httptest.NewRequestWithContext(t.Context(), http.MethodGet, path, nil)
}

func TestProblemsTellTheirStatusTitleAndFields(t *testing.T) {
	statuses := map[fault.Kind]int{
		fault.Malformed: 400, fault.Forbidden: 403, fault.NotFound: 404, fault.Conflict: 409, fault.Stale: 412, fault.Invalid: 422, 0: 500,
	}
	for kind, status := range statuses {
		recorder := serve(t, get(t, "/rows/1"), func(*gin.Context) error {
			return fmt.Errorf("deep inside: %w", fault.New(kind, "what happened", fault.Field{Name: "isbn", Message: "is taken"}))
		})
		want := fmt.Sprintf(
			\`{"type":"about:blank","title":%q,"status":%d,"detail":"what happened","errors":[{"field":"isbn","message":"is taken"}]}\`,
			text.Title(status), status)
		if recorder.Code != status || recorder.Body.String() != want || recorder.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%d: %s", recorder.Code, recorder.Body)
		}
	}
}

func TestProblemsKeepWithinTheContract(t *testing.T) {
	fields := make([]fault.Field, 101)
	for i := range fields {
		fields[i] = fault.Field{Name: strings.Repeat("é", 101), Message: strings.Repeat("é", 501)}
	}
	recorder := serve(t, get(t, "/rows/1"), func(*gin.Context) error {
		return fault.New(fault.Invalid, strings.Repeat("é", 2001), fields...)
	})
	body := recorder.Body.String()
	if strings.Count(body, \`"field"\`) != 100 || strings.Count(body, "é") != 2000+100*600 {
		t.Errorf("there are %d fields and %d letters", strings.Count(body, \`"field"\`), strings.Count(body, "é"))
	}
}

func TestWhatNobodyExpectedIsLoggedAndNotTold(t *testing.T) {
	cases := map[int]func(c *gin.Context) error{
		500: func(*gin.Context) error { return errors.New("secret words") },
		503: func(*gin.Context) error { return fmt.Errorf("secret words: %w", context.DeadlineExceeded) },
	}
	for status, handler := range cases {
		var log bytes.Buffer
		router := NewRouter(Options{Logger: slog.New(slog.NewJSONHandler(&log, nil)), Timeout: time.Minute})
		router.GET("/rows/:id", Handle(handler))
		recorder := httptest.NewRecorder()
		router.ServeHTTP(recorder, get(t, "/rows/1"))
		if recorder.Code != status || strings.Contains(recorder.Body.String(), "secret") {
			t.Errorf("%d: %s", recorder.Code, recorder.Body)
		}
		failed, _, _ := strings.Cut(log.String(), "\n")
		for _, part := range []string{\`"level":"ERROR"\`, \`"msg":"request failed"\`, \`"route":"/rows/:id"\`, \`"error":"secret words\`} {
			if !strings.Contains(failed, part) {
				t.Errorf("%s is not in %s", part, failed)
			}
		}
	}
}

func TestAPanicIsAFailureLikeOthers(t *testing.T) {
	recorder := serve(t, get(t, "/rows/1"), func(*gin.Context) error { panic("secret words") })
	if recorder.Code != http.StatusInternalServerError || strings.Contains(recorder.Body.String(), "secret") {
		t.Errorf("%d: %s", recorder.Code, recorder.Body)
	}
}

func TestRequestsAreBoundedAndLogged(t *testing.T) {
	var log bytes.Buffer
	router := NewRouter(Options{Logger: slog.New(slog.NewJSONHandler(&log, nil)), Timeout: time.Millisecond})
	router.GET("/rows/:id", Handle(func(c *gin.Context) error {
		<-c.Request.Context().Done()
		return c.Request.Context().Err()
	}))
	recorder := httptest.NewRecorder()
	router.ServeHTTP(recorder, get(t, "/rows/1"))
	if recorder.Code != http.StatusServiceUnavailable {
		t.Errorf("the status is %d", recorder.Code)
	}
	for _, part := range []string{\`"method":"GET"\`, \`"route":"/rows/:id"\`, \`"status":503\`, \`"duration_ms":\`} {
		if !strings.Contains(log.String(), part) {
			t.Errorf("%s is not in %s", part, log.String())
		}
	}
}
`,
};
