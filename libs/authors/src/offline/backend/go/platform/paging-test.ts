import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const PAGING_TEST: PlatformFile = {
  path: 'internal/platform/paging/paging_test.go',
  source: go`
package paging

import (
	"encoding/json"
	"testing"
)

func TestPagesFollowEachOther(t *testing.T) {
	for page, offset := range map[int]int{1: 0, 2: 20, 5: 80} {
		if got := (Request{Page: page, Size: 20}).Offset(); got != offset {
			t.Errorf("page %d begins at %d, not %d", page, got, offset)
		}
	}
}

func TestAPageSaysWhereItStands(t *testing.T) {
	cases := []struct {
		rows []int
		want string
	}{
		{[]int{4, 5}, \`{"items":[4,5],"page":2,"size":3,"total":5}\`},
		{nil, \`{"items":[],"page":2,"size":3,"total":5}\`},
	}
	for _, c := range cases {
		got, err := json.Marshal(Of(c.rows, Request{Page: 2, Size: 3}, 5))
		if err != nil || string(got) != c.want {
			t.Errorf("the page is %s, %v", got, err)
		}
	}
}
`,
};
