import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FAULT_TEST: PlatformFile = {
  path: 'internal/platform/fault/fault_test.go',
  source: go`
package fault

import (
	"errors"
	"fmt"
	"testing"
)

func TestAFailureIsKnownByItsKindHoweverItIsWrapped(t *testing.T) {
	wrapped := fmt.Errorf("while saving: %w", New(Conflict, "taken", Field{Name: "isbn", Message: "is taken"}))
	if !Is(wrapped, Conflict) || Is(wrapped, Stale) || Is(errors.New("other"), Conflict) || Is(nil, Conflict) {
		t.Error("the kind is not told apart")
	}
	var failure *Error
	if !errors.As(wrapped, &failure) || failure.Fields[0].Name != "isbn" {
		t.Errorf("the fields are lost: %+v", failure)
	}
}

func TestAFailureKeepsItsCause(t *testing.T) {
	cause := errors.New("no connection")
	failure := Because(cause, Invalid, "can't be kept", Field{Name: "a", Message: "b"})
	if !errors.Is(failure, cause) || failure.Error() != "can't be kept: no connection" || len(failure.Fields) != 1 || failure.Kind != Invalid {
		t.Errorf("the failure is %+v", failure)
	}
	if plain := New(Stale, "changed"); plain.Error() != "changed" || plain.Unwrap() != nil {
		t.Errorf("the failure is %+v", plain)
	}
}
`,
};
