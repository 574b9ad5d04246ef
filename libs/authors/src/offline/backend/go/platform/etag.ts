import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const ETAG: PlatformFile = {
  path: 'internal/platform/etag/etag.go',
  source: go`
// Package etag tells one version of a row from another.
package etag

import (
	"slices"
	"strconv"
	"strings"
)

// Match is what If-Match asks of a row's version.
type Match struct {
	anything bool
	versions []int32
}

// Exactly matches one version.
func Exactly(version int32) Match {
	return Match{versions: []int32{version}}
}

// Format is the tag of a version.
func Format(version int32) string {
	return strconv.Quote(strconv.Itoa(int(version)))
}

// Parse reads If-Match: a star, or a list of tags. A weak tag, or one that no version has, matches nothing.
func Parse(header string) Match {
	var match Match
	for tag := range strings.SplitSeq(header, ",") {
		tag = strings.TrimSpace(tag)
		if tag == "*" {
			match.anything = true
			continue
		}
		version, err := strconv.ParseInt(strings.Trim(tag, \`"\`), 10, 32)
		if err == nil && Format(int32(version)) == tag {
			match.versions = append(match.versions, int32(version))
		}
	}
	return match
}

// Allows reports whether a row of this version may be changed.
func (m Match) Allows(version int32) bool {
	return m.anything || slices.Contains(m.versions, version)
}
`,
};
