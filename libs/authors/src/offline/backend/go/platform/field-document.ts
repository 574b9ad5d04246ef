import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FIELD_DOCUMENT: PlatformFile = {
  path: 'internal/platform/field/document.go',
  source: go`
package field

import (
	"encoding/json"
	"errors"
)

var errDocument = errors.New("neither an object nor a list")

// Document is a JSON object or list that is kept as it came.
type Document json.RawMessage

// MarshalJSON writes the document as it is.
func (d Document) MarshalJSON() ([]byte, error) {
	return json.RawMessage(d).MarshalJSON()
}

// UnmarshalJSON takes an object or a list.
func (d *Document) UnmarshalJSON(data []byte) error {
	if data[0] != '{' && data[0] != '[' {
		return errDocument
	}
	*d = append(Document(nil), data...)
	return nil
}
`,
};
