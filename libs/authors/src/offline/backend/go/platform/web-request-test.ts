import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_REQUEST_TEST: PlatformFile = {
  path: 'internal/platform/web/request_test.go',
  source: go`
package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"

	"${MODULE}/internal/platform/text"
)

func TestBodiesAreOneJSONObject(t *testing.T) {
	cases := map[string]string{
		\`{"a": 1}\`:         "",
		\`\`:                 text.BodyNotObject,
		\`null\`:             text.BodyNotObject,
		\`[]\`:               text.BodyNotObject,
		\`{"a": 1\`:          text.BodyNotObject,
		\`{"a": 1} {}\`:      text.BodyNotObject,
		\`{"a": 1} garbage\`: text.BodyNotObject,
		\`{"a": "\` + strings.Repeat("x", maxBody) + \`"}\`: text.BodyTooLarge,
	}
	for body, want := range cases {
		request := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/rows/1", strings.NewReader(body))
		recorder := serve(t, request, func(c *gin.Context) error {
			object, err := Body(c)
			if err == nil && string(object["a"]) != "1" {
				t.Errorf("read was %v", object)
			}
			return err
		})
		if failed := recorder.Code == http.StatusBadRequest; failed != (want != "") || !strings.Contains(recorder.Body.String(), want) {
			t.Errorf("%.20s gives %d: %s", body, recorder.Code, recorder.Body)
		}
	}
}

func TestTargetsAreReadFromPathAndHeader(t *testing.T) {
	const id = "3f2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5c"
	cases := []struct {
		path    string
		ifMatch []string
		status  int
		allowed bool
		blame   string
	}{
		{"/rows/" + id, []string{\`"7"\`}, http.StatusOK, true, ""},
		{"/rows/" + id, []string{\`"6"\`, \`"7"\`}, http.StatusOK, true, ""},
		{"/rows/" + id, []string{""}, http.StatusOK, false, ""},
		{"/rows/" + id, []string{strings.Repeat("é", 40)}, http.StatusOK, false, ""},
		{"/rows/" + id, []string{strings.Repeat("é", 41)}, http.StatusBadRequest, false, ""},
		{"/rows/" + id, nil, http.StatusBadRequest, false, ""},
		{"/rows/7", []string{\`"7"\`}, http.StatusBadRequest, false, "id"},
		{"/rows/{" + id + "}", []string{\`"7"\`}, http.StatusBadRequest, false, "id"},
		{"/rows/" + strings.Repeat("x", 36), []string{\`"7"\`}, http.StatusBadRequest, false, "id"},
	}
	for _, c := range cases {
		request := get(t, c.path)
		request.Header["If-Match"] = c.ifMatch
		recorder := serve(t, request, func(context *gin.Context) error {
			row, match, err := Target(context)
			if err != nil {
				return err
			}
			if row.String() != id || match.Allows(7) != c.allowed {
				t.Errorf("%s with %v: read was %v, %v", c.path, c.ifMatch, row, match)
			}
			return Versioned(context, http.StatusOK, 7, gin.H{})
		})
		if recorder.Code != c.status || (c.status == http.StatusOK) != (recorder.Header().Get("ETag") == \`"7"\`) {
			t.Errorf("%s with %v gives %d: %s", c.path, c.ifMatch, recorder.Code, recorder.Body)
		}
		if blamed := strings.Contains(recorder.Body.String(), \`"field":"id"\`); blamed != (c.blame == "id") {
			t.Errorf("%s: the identifier is blamed: %t", c.path, blamed)
		}
	}
}
`,
};
