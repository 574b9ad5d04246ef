import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const API: PlatformFile = {
  path: 'api/api.go',
  source: go`
// Package api holds the contract that the service is held to.
package api

import _ "embed"

//go:embed openapi.json
var contract []byte

// Contract is the OpenAPI document as designed, as JSON.
func Contract() []byte {
	return contract
}
`,
};
