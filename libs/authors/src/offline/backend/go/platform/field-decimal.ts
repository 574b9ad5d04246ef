import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FIELD_DECIMAL: PlatformFile = {
  path: 'internal/platform/field/decimal.go',
  source: go`
package field

import (
	"bytes"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"
)

// maxDecimal bounds the digits and the exponent that a client may send.
const maxDecimal = 64

var errDecimal = errors.New("not a decimal number of sensible size")

// Decimal is an exact decimal number, which is a number in JSON, too. Equal numbers are equal values.
type Decimal struct {
	text string
}

// ParseDecimal reads a decimal number as in 10.50 or 1.05e1.
func ParseDecimal(value string) (Decimal, error) {
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(value), "e")
	_, fraction, _ := strings.Cut(mantissa, ".")
	shift := 0
	if hasExponent {
		parsed, err := strconv.Atoi(exponent)
		if err != nil || parsed < -maxDecimal || parsed > maxDecimal {
			return Decimal{}, errDecimal
		}
		shift = parsed
	}
	number, ok := new(big.Rat).SetString(value)
	if !ok || len(mantissa) > maxDecimal || strings.ContainsAny(value, "/_xobp") {
		return Decimal{}, errDecimal
	}
	return Decimal{text: plain(number, max(0, len(fraction)-shift))}, nil
}

// plain writes a number without exponent and without zeros that say nothing.
func plain(number *big.Rat, digits int) string {
	if digits == 0 {
		return number.FloatString(0)
	}
	return strings.TrimSuffix(strings.TrimRight(number.FloatString(digits), "0"), ".")
}

// Cmp is below zero, zero or above zero as the number is less than, equal to or greater than another.
func (d Decimal) Cmp(other Decimal) int {
	return d.number().Cmp(other.number())
}

func (d Decimal) number() *big.Rat {
	number, ok := new(big.Rat).SetString(d.String())
	if !ok {
		return new(big.Rat)
	}
	return number
}

// String is the number as in 10.5.
func (d Decimal) String() string {
	if d.text == "" {
		return "0"
	}
	return d.text
}

// MarshalJSON writes a number, without quotes.
func (d Decimal) MarshalJSON() ([]byte, error) {
	return []byte(d.String()), nil
}

// UnmarshalJSON reads a number; a text that looks like one is refused.
func (d *Decimal) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(\`"\`)) {
		return errDecimal
	}
	parsed, err := ParseDecimal(string(data))
	*d = parsed
	return err
}

// Scan reads the number from a column of the type numeric.
func (d *Decimal) Scan(source any) error {
	value, ok := source.(string)
	if !ok {
		return fmt.Errorf("scan a decimal number from %T", source)
	}
	parsed, err := ParseDecimal(value)
	*d = parsed
	return err
}

// Value gives the number to a column of the type numeric.
func (d Decimal) Value() (driver.Value, error) {
	return d.String(), nil
}
`,
};
