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
		path, ifMatch string
		status        int
	}{
		{"/rows/" + id, \`"7"\`, http.StatusOK},
		{"/rows/" + id, "", http.StatusBadRequest},
		{"/rows/7", \`"7"\`, http.StatusBadRequest},
		{"/rows/{" + id + "}", \`"7"\`, http.StatusBadRequest},
		{"/rows/" + strings.Repeat("x", 36), \`"7"\`, http.StatusBadRequest},
	}
	for _, c := range cases {
		request := get(t, c.path)
		request.Header.Set("If-Match", c.ifMatch)
		recorder := serve(t, request, func(c *gin.Context) error {
			row, match, err := Target(c)
			if err != nil {
				return err
			}
			if row.String() != id || !match.Allows(7) || match.Allows(6) {
				t.Errorf("read was %v, %v", row, match)
			}
			return Versioned(c, http.StatusOK, 7, gin.H{})
		})
		if recorder.Code != c.status || (c.status == http.StatusOK) != (recorder.Header().Get("ETag") == \`"7"\`) {
			t.Errorf("%s with %s gives %d: %s", c.path, c.ifMatch, recorder.Code, recorder.Body)
		}
	}
}
`,
};
