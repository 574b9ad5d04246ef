import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const WEB_QUERY_TEST: PlatformFile = {
  path: 'internal/platform/web/query_test.go',
  source: go`
package web

import (
	"errors"
	"strings"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/field"
	"${MODULE}/internal/platform/paging"
)

type asked struct {
	page  paging.Request
	id    *uuid.UUID
	day   *field.Date
	flag  *bool
	color *string
	err   error
}

func ask(t *testing.T, query string) asked {
	t.Helper()
	var read asked
	serve(t, get(t, "/rows/1?"+query), func(c *gin.Context) error {
		params := NewQuery(c)
		read = asked{
			page:  params.Page([]string{"name", "size"}, "-name"),
			id:    params.UUID("id"),
			day:   params.Date("day"),
			flag:  params.Bool("flag"),
			color: OneOf(params, "color", []string{"red", "blue"}),
			err:   params.Err(),
		}
		return nil
	})
	return read
}

func TestParametersAreRead(t *testing.T) {
	none := ask(t, "")
	if none.err != nil || none.page != (paging.Request{Page: 1, Size: 20, Column: "name", Descending: true}) ||
		none.id != nil || none.day != nil || none.flag != nil || none.color != nil {
		t.Errorf("without parameters it is %+v", none)
	}
	all := ask(t, "page=1000000&size=100&sort=size&id=3f2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5c&day=2030-01-15&flag=false&color=blue")
	if all.err != nil || all.page != (paging.Request{Page: 1_000_000, Size: 100, Column: "size"}) ||
		all.id.String() != "3f2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5c" || all.day.String() != "2030-01-15" || *all.flag || *all.color != "blue" {
		t.Errorf("with all it is %+v", all)
	}
	if read := ask(t, "flag=true"); read.flag == nil || !*read.flag {
		t.Errorf("a true flag is %+v", read)
	}
}

func TestParametersThatCannotBeReadAreNamed(t *testing.T) {
	for _, query := range []string{
		"page=0", "page=1000001", "page=x", "size=0", "size=101", "sort=other", "sort=--name", "id=1", "day=15", "flag=1", "color=green",
	} {
		read := ask(t, query)
		name, _, _ := strings.Cut(query, "=")
		var failure *fault.Error
		if !errors.As(read.err, &failure) || failure.Kind != fault.Malformed || len(failure.Fields) != 1 || failure.Fields[0].Name != name {
			t.Errorf("%s gives %v", query, read.err)
		}
	}
	var failure *fault.Error
	if !errors.As(ask(t, "page=0&size=0&day=x").err, &failure) || len(failure.Fields) != 3 {
		t.Errorf("told was %+v", failure)
	}
}
`,
};
