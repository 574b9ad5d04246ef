import { MODULE, type PlatformFile } from './platform-file.js';
import { go } from '../naming/go-text.js';

export const FIELD_TEST: PlatformFile = {
  path: 'internal/platform/field/field_test.go',
  source: go`
package field

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"${MODULE}/internal/platform/fault"
	"${MODULE}/internal/platform/text"
)

func object(t *testing.T, source string) Object {
	t.Helper()
	var read Object
	if err := json.Unmarshal([]byte(source), &read); err != nil {
		t.Fatal(err)
	}
	return read
}

func messages(err error) map[string]string {
	var failure *fault.Error
	if !errors.As(err, &failure) {
		return nil
	}
	told := map[string]string{}
	for _, problem := range failure.Fields {
		told[problem.Name] = problem.Message
	}
	return told
}

func TestChecksReadWhatIsThere(t *testing.T) {
	checks := Check(object(t, \`{"name": "Ada", "age": 36, "note": null, "left": null}\`))
	name, age := Required(checks, "name", Length(1, 3)), Optional(checks, "age", Min[int32](1), Max[int32](36))
	note, absent := Optional[string](checks, "note"), Optional[string](checks, "absent")
	size, rank := WithDefault(checks, "size", "small"), OptionalWithDefault[int32](checks, "rank", 3)
	left := OptionalWithDefault[int32](checks, "left", 3)
	if err := checks.Err(); err != nil {
		t.Fatal(messages(err))
	}
	if name != "Ada" || *age != 36 || note != nil || absent != nil || size != "small" || *rank != 3 || left != nil {
		t.Errorf("read was %q %v %v %v %q %v %v", name, age, note, absent, size, rank, left)
	}
}

func TestChecksTellEverythingThatIsWrongAtOnce(t *testing.T) {
	checks := Check(object(t, \`{"none": null, "typed": "x", "size": null, "long": "abc", "odd": 1, "also": 2}\`))
	Required[string](checks, "missing")
	Required[string](checks, "none")
	Optional[int32](checks, "typed")
	WithDefault(checks, "size", "small")
	Required(checks, "long", Length(0, 2), func(string) string { return "a second message" })
	err := checks.Err()
	want := map[string]string{
		"missing": text.Required,
		"none":    text.Required,
		"typed":   text.WrongType,
		"size":    text.Required,
		"long":    fmt.Sprintf(text.TooLong, 2),
		"odd":     text.UnknownField,
		"also":    text.UnknownField,
	}
	if !fault.Is(err, fault.Invalid) || !reflect.DeepEqual(messages(err), want) {
		t.Errorf("told was %v", messages(err))
	}
}

func TestUnknownFieldsAreToldInTheirOrder(t *testing.T) {
	var failure *fault.Error
	if !errors.As(Check(object(t, \`{"c": 1, "a": 1, "b": 1}\`)).Err(), &failure) {
		t.Fatal("nothing was told")
	}
	for i, name := range []string{"a", "b", "c"} {
		if failure.Fields[i].Name != name {
			t.Errorf("told was %v", failure.Fields)
		}
	}
}

func TestRulesHoldAtTheirBounds(t *testing.T) {
	tooShort, tooLong := fmt.Sprintf(text.TooShort, 2), fmt.Sprintf(text.TooLong, 4)
	cases := map[string][2]string{
		"one letter":       {Length(2, 4)("é"), tooShort},
		"two letters":      {Length(2, 4)("éé"), ""},
		"four letters":     {Length(2, 4)("éééé"), ""},
		"five letters":     {Length(2, 4)("ééééé"), tooLong},
		"zero character":   {Length(0, 4)("a\x00b"), text.NoZeroCharacter},
		"below":            {Min[int32](3)(2), fmt.Sprintf(text.TooSmall, "3")},
		"least":            {Min[int32](3)(3), ""},
		"most":             {Max[int32](3)(3), ""},
		"above":            {Max[int32](3)(4), fmt.Sprintf(text.TooLarge, "3")},
		"below decimal":    {MinDecimal(Must(ParseDecimal("0.01")))(Must(ParseDecimal("0.009"))), fmt.Sprintf(text.TooSmall, "0.01")},
		"least decimal":    {MinDecimal(Must(ParseDecimal("0.01")))(Must(ParseDecimal("0.010"))), ""},
		"most decimal":     {MaxDecimal(Must(ParseDecimal("9.5")))(Must(ParseDecimal("9.50"))), ""},
		"above decimal":    {MaxDecimal(Must(ParseDecimal("9.5")))(Must(ParseDecimal("9.51"))), fmt.Sprintf(text.TooLarge, "9.5")},
		"listed":           {OneOf([]string{"a", "b"})("b"), ""},
		"not listed":       {OneOf([]string{"a", "b"})("c"), text.NotAllowed},
		"address":          {Email()("ada@example.org"), ""},
		"named address":    {Email()("Ada <ada@example.org>"), text.NotAnEmail},
		"no address":       {Email()("ada"), text.NotAnEmail},
		"absolute":         {URL()("https://example.org/a"), ""},
		"relative":         {URL()("/a"), text.NotAURL},
		"broken":           {URL()("http://[::1"), text.NotAURL},
		"last moment":      {Moment()(time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC)), ""},
		"after the last":   {Moment()(time.Date(9999, 12, 31, 23, 59, 59, 0, time.FixedZone("", -3600))), text.WrongFormat},
		"first moment":     {Moment()(time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)), ""},
		"before the first": {Moment()(time.Date(1, 1, 1, 0, 0, 0, 0, time.FixedZone("", 3600))), text.WrongFormat},
	}
	for name, c := range cases {
		if c[0] != c[1] {
			t.Errorf("%s gives %q, not %q", name, c[0], c[1])
		}
	}
}

func TestValuesAreWrittenAsTheyAreRead(t *testing.T) {
	cases := []struct{ source, written string }{
		{\`{"day": "2030-01-15"}\`, \`{"day":"2030-01-15"}\`},
		{\`{"day": "0001-01-01"}\`, \`{"day":"0001-01-01"}\`},
		{\`{"clock": "09:30:00Z"}\`, \`{"clock":"09:30:00Z"}\`},
		{\`{"clock": "09:30:00-03:00"}\`, \`{"clock":"12:30:00Z"}\`},
		{\`{"clock": "09:30:00.25Z"}\`, \`{"clock":"09:30:00.25Z"}\`},
		{\`{"amount": 10.50}\`, \`{"amount":10.5}\`},
		{\`{"amount": -3e2}\`, \`{"amount":-300}\`},
		{\`{"amount": 1.25E-2}\`, \`{"amount":0.0125}\`},
		{\`{"amount": 1.25e1}\`, \`{"amount":12.5}\`},
		{\`{"amount": 100}\`, \`{"amount":100}\`},
		{\`{"amount": 0.0}\`, \`{"amount":0}\`},
		{\`{"document": {"a": [1]}}\`, \`{"document":{"a":[1]}}\`},
		{\`{"document": [1]}\`, \`{"document":[1]}\`},
	}
	for _, c := range cases {
		var read struct {
			Day      *Date    \`json:"day,omitempty"\`
			Clock    *Clock   \`json:"clock,omitempty"\`
			Amount   *Decimal \`json:"amount,omitempty"\`
			Document Document \`json:"document,omitempty"\`
		}
		if err := json.Unmarshal([]byte(c.source), &read); err != nil {
			t.Errorf("%s gives %v", c.source, err)
		}
		if written, err := json.Marshal(read); err != nil || string(written) != c.written {
			t.Errorf("%s is written as %s, %v", c.source, written, err)
		}
	}
}

func TestValuesOfAnotherShapeAreRefused(t *testing.T) {
	cases := []struct {
		source string
		target any
		words  string
	}{
		{\`"2030-02-30"\`, new(Date), "read a date"},
		{\`"0000-12-31"\`, new(Date), "read a date: year 0"},
		{\`1\`, new(Date), "read a date: json"},
		{\`"25:00:00Z"\`, new(Clock), "read a time of day"},
		{\`"09:30:00"\`, new(Clock), "read a time of day"},
		{\`2\`, new(Clock), "read a time of day: json"},
		{\`"10.5"\`, new(Decimal), "sensible size"},
		{\`1e65\`, new(Decimal), "sensible size"},
		{\`1e-65\`, new(Decimal), "sensible size"},
		{\`"text"\`, new(Document), "neither an object nor a list"},
		{\`3\`, new(Document), "neither an object nor a list"},
	}
	for _, c := range cases {
		if err := json.Unmarshal([]byte(c.source), c.target); err == nil || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s as %T gives %v", c.source, c.target, err)
		}
	}
	if _, err := ParseDecimal(strings.Repeat("1", 64)); err != nil {
		t.Errorf("64 digits are refused: %v", err)
	}
	if _, err := ParseDecimal(strings.Repeat("1", 65)); err == nil {
		t.Error("65 digits are taken")
	}
	for _, value := range []string{"1/3", "0x1p2", "1_000", "", "1e"} {
		if parsed, err := ParseDecimal(value); err == nil {
			t.Errorf("%s is taken as %s", value, parsed)
		}
	}
	for _, exponent := range []string{"1e64", "1e-64"} {
		if _, err := ParseDecimal(exponent); err != nil {
			t.Errorf("%s is refused: %v", exponent, err)
		}
	}
}

func TestValuesGoToTheDatabaseAndComeBack(t *testing.T) {
	day, moment := Must(ParseDate("2030-01-15")), Must(ParseClock("09:30:00.5Z"))
	kept, err := day.Value()
	var again Date
	if err != nil || again.Scan(kept) != nil || again != day || again.Scan("2030") == nil {
		t.Errorf("the day came back as %v", again)
	}
	text, err := moment.Value()
	var clock Clock
	if err != nil || text != "09:30:00.5" || clock.Scan(text) != nil || clock.String() != "09:30:00.5Z" {
		t.Errorf("the time of day %v came back as %v", text, clock)
	}
	for _, source := range []any{time.Now(), "half past nine"} {
		if err := clock.Scan(source); err == nil || !strings.HasPrefix(err.Error(), "scan a time of day") {
			t.Errorf("%v scanned as a time of day gives %v", source, err)
		}
	}
}

func TestDecimalsAreExactAndEqualHoweverTheyAreWritten(t *testing.T) {
	amount := Must(ParseDecimal("10.50"))
	kept, err := amount.Value()
	var again Decimal
	if err != nil || kept != "10.5" || again.Scan(kept) != nil || again != amount || again.Scan(10.5) == nil || again.Scan("much") == nil {
		t.Errorf("%v came back as %v, %v", kept, again, err)
	}
	if amount != Must(ParseDecimal("105e-1")) || amount.Cmp(Must(ParseDecimal("9.99"))) != 1 || amount.Cmp(Must(ParseDecimal("10.51"))) != -1 {
		t.Errorf("%s is not itself", amount)
	}
	if nothing := (Decimal{}); nothing.String() != "0" || nothing.Cmp(Must(ParseDecimal("0"))) != 0 {
		t.Errorf("nothing is %s", nothing)
	}
}

func TestMustPanicsOnAnError(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("it went on")
		}
	}()
	Must(ParseDate("never"))
}
`,
};
