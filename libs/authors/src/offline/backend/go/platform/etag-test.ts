import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const ETAG_TEST: PlatformFile = {
  path: 'internal/platform/etag/etag_test.go',
  source: go`
package etag

import "testing"

func TestIfMatchAllowsTheVersionsThatItNames(t *testing.T) {
	cases := []struct {
		header  string
		version int32
		allowed bool
	}{
		{\`"7"\`, 7, true},
		{\`"7"\`, 8, false},
		{\`"6", "7"\`, 7, true},
		{\`"6", "7"\`, 5, false},
		{\`*\`, 7, true},
		{\`"6", *\`, 7, true},
		{\`W/"7"\`, 7, false},
		{\`7\`, 7, false},
		{\`"07"\`, 7, false},
		{\`"seven"\`, 0, false},
		{\`"99999999999"\`, 7, false},
		{\`\`, 0, false},
	}
	for _, c := range cases {
		if Parse(c.header).Allows(c.version) != c.allowed {
			t.Errorf("If-Match %s and version %d: allowed is %t", c.header, c.version, !c.allowed)
		}
	}
}

func TestTheTagOfAVersionMatchesIt(t *testing.T) {
	if Format(12) != \`"12"\` || !Parse(Format(12)).Allows(12) || !Exactly(12).Allows(12) || Exactly(12).Allows(11) {
		t.Errorf("the tag is %s", Format(12))
	}
}
`,
};
