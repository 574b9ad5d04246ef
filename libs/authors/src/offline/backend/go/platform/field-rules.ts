import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FIELD_RULES: PlatformFile = {
  path: 'internal/platform/field/rules.go',
  source: go`
package field

import (
	"cmp"
	"fmt"
	"net/mail"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"${MODULE}/internal/platform/text"
)

// Length bounds the characters of a text. No text may hold the zero character, which PostgreSQL can't store.
func Length(least, most int) Rule[string] {
	return func(value string) string {
		length := utf8.RuneCountInString(value)
		switch {
		case strings.ContainsRune(value, 0):
			return text.NoZeroCharacter
		case length < least:
			return fmt.Sprintf(text.TooShort, least)
		case length > most:
			return fmt.Sprintf(text.TooLong, most)
		}
		return ""
	}
}

// Min bounds a number from below.
func Min[T cmp.Ordered](least T) Rule[T] {
	return func(value T) string {
		if value < least {
			return fmt.Sprintf(text.TooSmall, fmt.Sprint(least))
		}
		return ""
	}
}

// Max bounds a number from above.
func Max[T cmp.Ordered](most T) Rule[T] {
	return func(value T) string {
		if value > most {
			return fmt.Sprintf(text.TooLarge, fmt.Sprint(most))
		}
		return ""
	}
}

// MinDecimal bounds a decimal number from below.
func MinDecimal(least Decimal) Rule[Decimal] {
	return func(value Decimal) string {
		if value.Cmp(least) < 0 {
			return fmt.Sprintf(text.TooSmall, least.String())
		}
		return ""
	}
}

// MaxDecimal bounds a decimal number from above.
func MaxDecimal(most Decimal) Rule[Decimal] {
	return func(value Decimal) string {
		if value.Cmp(most) > 0 {
			return fmt.Sprintf(text.TooLarge, most.String())
		}
		return ""
	}
}

// OneOf allows the listed values alone.
func OneOf[T ~string](allowed []T) Rule[T] {
	return func(value T) string {
		if slices.Contains(allowed, value) {
			return ""
		}
		return text.NotAllowed
	}
}

// Email allows a bare address, without a display name.
func Email() Rule[string] {
	return func(value string) string {
		if address, err := mail.ParseAddress(value); err != nil || address.Address != value {
			return text.NotAnEmail
		}
		return ""
	}
}

// URL allows an absolute address.
func URL() Rule[string] {
	return func(value string) string {
		if address, err := url.Parse(value); err != nil || !address.IsAbs() {
			return text.NotAURL
		}
		return ""
	}
}

const lastYear = 9999

// Moment allows what can be written as RFC 3339 in UTC.
func Moment() Rule[time.Time] {
	return func(value time.Time) string {
		if year := value.UTC().Year(); year < 1 || year > lastYear {
			return text.WrongFormat
		}
		return ""
	}
}
`,
};
