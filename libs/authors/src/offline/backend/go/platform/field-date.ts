import type { PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FIELD_DATE: PlatformFile = {
  path: 'internal/platform/field/date.go',
  source: go`
package field

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"
)

// Date is a day of the calendar, with neither time nor zone.
type Date struct {
	day time.Time
}

// ParseDate reads a day as in 2030-01-15.
func ParseDate(value string) (Date, error) {
	day, err := time.Parse(time.DateOnly, value)
	if err != nil {
		return Date{}, fmt.Errorf("read a date: %w", err)
	}
	if day.Year() < 1 {
		return Date{}, fmt.Errorf("read a date: year %d", day.Year())
	}
	return Date{day: day}, nil
}

// String is the day as in 2030-01-15.
func (d Date) String() string {
	return d.day.Format(time.DateOnly)
}

// MarshalJSON writes the day as in "2030-01-15".
func (d Date) MarshalJSON() ([]byte, error) {
	return json.Marshal(d.String())
}

// UnmarshalJSON reads a day as in "2030-01-15".
func (d *Date) UnmarshalJSON(data []byte) error {
	var value string
	if err := json.Unmarshal(data, &value); err != nil {
		return fmt.Errorf("read a date: %w", err)
	}
	parsed, err := ParseDate(value)
	*d = parsed
	return err
}

// Scan reads the day from a column of the type date.
func (d *Date) Scan(source any) error {
	day, ok := source.(time.Time)
	if !ok {
		return fmt.Errorf("scan a date from %T", source)
	}
	d.day = day
	return nil
}

// Value gives the day to a column of the type date.
func (d Date) Value() (driver.Value, error) {
	return d.day, nil
}
`,
};
