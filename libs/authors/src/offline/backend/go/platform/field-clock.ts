import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FIELD_CLOCK: PlatformFile = {
  path: 'internal/platform/field/clock.go',
  source: go`
package field

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

const (
	clockLayout  = "15:04:05.999999Z07:00"
	columnLayout = "15:04:05.999999"
)

// Clock is a time of day in UTC.
type Clock struct {
	moment time.Time
}

// ParseClock reads a time of day with its zone, as in 09:30:00Z or 09:30:00-03:00.
func ParseClock(value string) (Clock, error) {
	moment, err := time.Parse(clockLayout, value)
	if err != nil {
		return Clock{}, fmt.Errorf("read a time of day: %w", err)
	}
	return Clock{moment: moment.UTC()}, nil
}

// String is the time of day as in 09:30:00Z.
func (c Clock) String() string {
	return c.moment.UTC().Format(clockLayout)
}

// MarshalJSON writes the time of day as in "09:30:00Z".
func (c Clock) MarshalJSON() ([]byte, error) {
	return json.Marshal(c.String())
}

// UnmarshalJSON reads a time of day with its zone.
func (c *Clock) UnmarshalJSON(data []byte) error {
	var value string
	if err := json.Unmarshal(data, &value); err != nil {
		return fmt.Errorf("read a time of day: %w", err)
	}
	parsed, err := ParseClock(value)
	*c = parsed
	return err
}

// Scan reads the time of day from a column of the type time.
func (c *Clock) Scan(source any) error {
	value, ok := source.(string)
	if !ok {
		return fmt.Errorf("scan a time of day from %T", source)
	}
	moment, err := time.Parse(columnLayout, value)
	if err != nil {
		return fmt.Errorf("scan a time of day: %w", err)
	}
	c.moment = moment
	return nil
}

// Value gives the time of day to a column of the type time.
func (c Clock) Value() (driver.Value, error) {
	return c.moment.UTC().Format(columnLayout), nil
}
`,
};
