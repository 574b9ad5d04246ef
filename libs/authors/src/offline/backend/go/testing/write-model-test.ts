import { go, goString, imports, members } from '../naming/go-text.js';
import { defaultOf, lengthOf, numberText, rulesOf } from '../entity/field-rules.js';
import { writableColumns, type GoColumn, type GoEntity } from '../entity/go-entity.js';
import { sampleIn, sampleOf, type Variant } from '../entity/sample.js';

/** One row of the table of cases: a field, what is sent for it (Go expression), and the message (Go expression; empty: none). */
type Case = readonly [field: string, value: string, problem: string];

const LEFT_OUT = '""';
const NONE = '""';

const presence = (c: GoColumn): readonly Case[] => {
  const mayBeLeftOut = !c.required || defaultOf(c) !== undefined;
  return [
    [c.name, LEFT_OUT, mayBeLeftOut ? NONE : 'text.Required'],
    [c.name, '"null"', c.required ? 'text.Required' : NONE],
    [c.name, wrongType(c), 'text.WrongType'],
  ];
};

const wrongType = (c: GoColumn): string =>
  c.type === 'bool' || /^int|Decimal|Document/.test(c.type) ? '`"x"`' : '"true"';

const lengths = (c: GoColumn): readonly Case[] => {
  if (!('field' in c.of) || !rulesOf(c).some((r) => r.startsWith('field.Length'))) return [];
  const { field } = c.of;
  const { least, most } = lengthOf(field);
  const plain = field.type === 'string' || field.type === 'text';
  return [
    [c.name, `letters(${most + 1})`, `fmt.Sprintf(text.TooLong, ${most})`],
    ...(plain ? ([[c.name, `letters(${most})`, NONE]] as const) : []),
    ...(plain && least > 0 ? ([[c.name, `letters(${least})`, NONE]] as const) : []),
    ...(least > 0 ? ([[c.name, `letters(${least - 1})`, `fmt.Sprintf(text.TooShort, ${least})`]] as const) : []),
    [c.name, '`"a\\u0000' + 'b'.repeat(Math.max(0, least - 2)) + '"`', 'text.NoZeroCharacter'],
    ...(plain
      ? []
      : ([
          [c.name, 'letters(' + String(Math.min(most, Math.max(3, least))) + ')', formatProblem(field.type)],
        ] as const)),
  ];
};
const formatProblem = (type: string): string => (type === 'email' ? 'text.NotAnEmail' : 'text.NotAURL');

const bounds = (c: GoColumn): readonly Case[] => {
  if (!('field' in c.of) || !['integer', 'decimal'].includes(c.of.field.type)) return [];
  const { field } = c.of;
  const isInteger = field.type === 'integer';
  const min = field.min === undefined || !isInteger ? field.min : Math.ceil(field.min);
  const max = field.max === undefined || !isInteger ? field.max : Math.floor(field.max);
  const sent = (n: number): string => `"${numberText(n)}"`;
  const told = (kind: string, n: number): string => `fmt.Sprintf(text.${kind}, "${numberText(n)}")`;
  return [
    ...(min === undefined
      ? []
      : ([
          [c.name, sent(min), NONE],
          [c.name, sent(min - 1), told('TooSmall', min)],
        ] as const)),
    ...(max === undefined
      ? []
      : ([
          [c.name, sent(max), NONE],
          [c.name, sent(max + 1), told('TooLarge', max)],
        ] as const)),
  ];
};

const choices = (c: GoColumn): readonly Case[] =>
  c.enum
    ? [
        ...c.enum.values.map((v): Case => [c.name, goString(JSON.stringify(v.value)), NONE]),
        [c.name, '`"no such value"`', 'text.NotAllowed'],
      ]
    : [];

const moments = (c: GoColumn): readonly Case[] =>
  c.type === 'time.Time' ? [[c.name, '`"9999-12-31T23:59:59-01:00"`', 'text.WrongFormat']] : [];

const casesOf = (c: GoColumn): readonly Case[] =>
  [...presence(c), ...lengths(c), ...bounds(c), ...choices(c), ...moments(c)].filter(
    ([, v], i, all) => all.findIndex((o) => o[1] === v) === i,
  );

/** The JSON object that a client could send. */
export const bodyOf = (entity: GoEntity, variant: Variant): string =>
  `{${writableColumns(entity)
    .map((c) => `${JSON.stringify(c.name)}: ${sampleOf(c, variant).json}`)
    .join(', ')}}`;

export const draftMembers = (entity: GoEntity, variant: Variant): readonly string[] =>
  members(writableColumns(entity).map((c) => [c.go, sampleIn(c, variant)]));

const draftLiteral = (entity: GoEntity, variant: Variant): string => {
  const lines = draftMembers(entity, variant);
  return lines.length === 0 ? 'Draft{}' : `Draft{\n\t${lines.join('\n\t')}\n}`;
};

const defaultsTest = (entity: GoEntity): string => {
  const columns = writableColumns(entity).flatMap((c) => {
    const value = defaultOf(c);
    return value === undefined ? [] : [[c, value] as const];
  });
  if (columns.length === 0) return '';
  const checks = columns.map(([c, value]) => {
    const want = c.required ? value : `newOf[${c.type}](${value})`;
    const literal = want.includes('{') ? `(${want})` : want;
    return `if want := ${literal}; !reflect.DeepEqual(draft.${c.go}, ${typed(c, 'want')}) {\n\tt.Errorf("${c.name} is %v, not %v", draft.${c.go}, want)\n}`;
  });
  return go`
func TestReadDraftKnowsWhatIsMeantByALeftOutField(t *testing.T) {
	draft, err := ReadDraft(object(t, map[string]string{${columns.map(([c]) => `"${c.name}": ""`).join(', ')}}))
	if err != nil {
		t.Fatal(err)
	}
	${checks}
}
`;
};
const typed = (c: GoColumn, name: string): string =>
  c.required && /^(?:int|string)/.test(c.type) ? `${c.type}(${name})` : name;

const caseTest = (entity: GoEntity): string => {
  const cases = writableColumns(entity).flatMap(casesOf);
  return go`
func TestReadDraftChecksEveryField(t *testing.T) {
	cases := []struct{ field, value, problem string }{
		${cases.map(([name, value, problem]) => `{"${name}", ${value}, ${problem}},`)}
		{"no_such_field", "1", text.UnknownField},
	}
	for _, c := range cases {
		_, err := ReadDraft(object(t, map[string]string{c.field: c.value}))
		if c.problem == "" {
			if err != nil {
				t.Errorf("%s: %.40s is refused: %v", c.field, c.value, problems(err))
			}
			continue
		}
		want := []fault.Field{{Name: c.field, Message: c.problem}}
		if !fault.Is(err, fault.Invalid) || !reflect.DeepEqual(problems(err), want) {
			t.Errorf("%s: %.40s gives %v, not %v", c.field, c.value, problems(err), want)
		}
	}
}
`;
};

const supportSource = (entity: GoEntity): string => go`
const (
	sampleBody = ${goString(bodyOf(entity, 0))}
	otherBody  = ${goString(bodyOf(entity, 1))}
)

func sampleDraft() Draft {
	return ${draftLiteral(entity, 0)}
}

func otherDraft() Draft {
	return ${draftLiteral(entity, 1)}
}
${usesPointers(entity) ? ['\nfunc newOf[T any](value T) *T {\n\treturn &value\n}'] : []}

// object is the sample with some members changed, or left out where the change is empty.
func object(t *testing.T, changes map[string]string) field.Object {
	t.Helper()
	var body field.Object
	if err := json.Unmarshal([]byte(sampleBody), &body); err != nil {
		t.Fatal(err)
	}
	for name, value := range changes {
		body[name] = json.RawMessage(value)
		if value == "" {
			delete(body, name)
		}
	}
	return body
}

func problems(err error) []fault.Field {
	var failure *fault.Error
	if !errors.As(err, &failure) {
		return nil
	}
	return failure.Fields
}
`;

const usesPointers = (entity: GoEntity): boolean => entity.columns.some((c) => !c.required);

const lettersSource = go`
// letters is a JSON text of that length.
func letters(length int) string {
	return \`"\` + strings.Repeat("é", length) + \`"\`
}
`;

const validTest = go`
func TestReadDraftTakesWhatTheContractAllows(t *testing.T) {
	draft, err := ReadDraft(object(t, nil))
	if err != nil || !reflect.DeepEqual(draft, sampleDraft()) {
		t.Errorf("the draft is %+v, %v", draft, err)
	}
}
`;

/** `model_test.go`: every field's rule, at its bounds and beyond. */
export const writeModelTest = (entity: GoEntity): string => {
  const own = (name: string): string => `${entity.module}/internal/platform/${name}`;
  const parts = [validTest, defaultsTest(entity), caseTest(entity), supportSource(entity)].filter((p) => p !== '');
  const body = parts.join('\n');
  const uses = (word: string): boolean => body.includes(word);
  const withLetters = uses('letters(') ? [body, lettersSource].join('\n') : body;
  const paths = [
    ...['encoding/json', 'errors', 'reflect', 'testing'],
    ...(uses('fmt.') ? ['fmt'] : []),
    ...(uses('letters(') ? ['strings'] : []),
    ...(uses('time.Parse') ? ['time'] : []),
    ...(uses('uuid.') ? ['github.com/google/uuid'] : []),
    ...['fault', 'field', 'text'].map(own),
  ];
  return `package ${entity.pkg}\n\n${imports(paths, entity.module)}\n\n${withLetters}`;
};
