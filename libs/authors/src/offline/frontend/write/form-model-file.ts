import type { EntityView, FieldView } from '../app-model/app-model.js';
import { isNumeric } from '../app-model/samples.js';
import { quoted } from '../text/literals.js';
import { enclosed, file, imported, indent, type Part } from '../text/lines.js';

interface RuleCall {
  readonly fn: string;
  readonly text: string;
}

const KIND_RULES: Partial<Record<FieldView['kind'], string>> = {
  integer: 'integer',
  decimal: 'decimal',
  date: 'date',
  datetime: 'dateTime',
  time: 'time',
  uuid: 'uuid',
  relation: 'uuid',
  email: 'email',
  url: 'url',
  json: 'json',
};

const plain = (fn: string): RuleCall => ({ fn, text: fn });
const limited = (fn: string, limit: number | undefined): readonly RuleCall[] =>
  limit === undefined ? [] : [{ fn, text: `${fn}(${String(limit)})` }];

const hasLength = ({ kind }: FieldView): boolean =>
  kind === 'string' || kind === 'text' || kind === 'email' || kind === 'url';

const limits = (f: FieldView): readonly RuleCall[] => [
  ...(hasLength(f) ? limited('minLength', (f.minLength ?? 0) > 1 ? f.minLength : undefined) : []),
  ...(hasLength(f) ? limited('maxLength', f.maxLength) : []),
  ...(isNumeric(f) ? [...limited('min', f.minimum), ...limited('max', f.maximum)] : []),
];

const isRequired = (f: FieldView): boolean => !f.isNullable && f.kind !== 'boolean';

const rulesOf = (f: FieldView): readonly RuleCall[] => {
  const kind = KIND_RULES[f.kind];
  return [
    ...(isRequired(f) ? [plain('required')] : []),
    ...(kind === undefined ? [] : [plain(kind)]),
    ...limits(f),
    ...(f.choice ? [{ fn: 'oneOf', text: `oneOf(${f.choice.constant})` }] : []),
    ...(f.pattern === undefined ? [] : [{ fn: 'matches', text: `matches(${quoted(f.pattern)})` }]),
  ];
};

const CONVERTERS: Partial<Record<FieldView['kind'], string>> = {
  integer: 'toNumber',
  decimal: 'toNumber',
  boolean: 'toBoolean',
  datetime: 'toDateTime',
  time: 'toTime',
  json: 'toJson',
  enum: 'toChoice',
};
const READERS: Partial<Record<FieldView['kind'], string>> = {
  integer: 'fromNumber',
  decimal: 'fromNumber',
  boolean: 'fromBoolean',
  datetime: 'fromDateTime',
  time: 'fromTime',
  json: 'fromJson',
};

const converter = (f: FieldView): RuleCall => {
  const fn = `${CONVERTERS[f.kind] ?? 'toText'}${f.isNullable ? 'OrNull' : ''}`;
  return { fn, text: `${fn}(values.${f.name}${f.choice ? `, ${f.choice.constant}` : ''})` };
};

const reader = (e: EntityView, f: FieldView): RuleCall => {
  const fn = READERS[f.kind] ?? 'fromText';
  return { fn, text: `${fn}(${rowOf(e).value}.${f.name})` };
};

/** A row may lack what only the input has. */
export const isInRow = (e: EntityView, f: FieldView): boolean =>
  e.rowFields.some((r) => r.name === f.name && r.kind === f.kind && r.choice?.constant === f.choice?.constant);

const rowOf = (e: EntityView): { readonly type: string; readonly value: string } => e.row ?? e;

/** What stands in the form of a new row. */
export const initialText = (f: FieldView): string => {
  if (f.default !== undefined) return String(f.default);
  return f.kind === 'boolean' && !f.isNullable ? 'false' : '';
};

const converters = (e: EntityView): readonly string[] =>
  [
    ...new Set([
      ...e.inputs.map((f) => converter(f).fn),
      ...(e.calls.update ? e.inputs.filter((f) => isInRow(e, f)).map((f) => reader(e, f).fn) : []),
    ]),
  ].sort();

const rules = (e: EntityView): readonly string[] =>
  [...new Set(e.inputs.flatMap((f) => rulesOf(f).map((rule) => rule.fn)))].sort();

const constants = (e: EntityView): readonly string[] => [...new Set(e.inputs.flatMap((f) => f.choice?.constant ?? []))];

const imports = (e: EntityView): Part => [
  imported(
    [...constants(e), ...(e.calls.update ? [`type ${rowOf(e).type}`] : []), `type ${e.type}Input`],
    `../../api/${e.file}`,
  )
    .replace(/^import \{ type (\w+), type (\w+) \}/, 'import type { $1, $2 }')
    .replace(/^import \{ type (\w+) \}/, 'import type { $1 }'),
  imported(converters(e), '../../forms/convert'),
  rules(e).length > 0
    ? imported([...rules(e), 'type Rules'], '../../forms/rules')
    : `import type { Rules } from '../../forms/rules';`,
  '',
];

const edited = (e: EntityView): Part =>
  e.calls.update && [
    '',
    `/** The form of a row that is there. */`,
    `export const ${e.value}Values = (${rowOf(e).value}: ${rowOf(e).type}): ${e.type}Values => ({`,
    indent(e.inputs.map((f) => `${f.name}: ${isInRow(e, f) ? reader(e, f).text : quoted(initialText(f))},`)),
    '});',
  ];

/** `book-form-model.ts`: what stands in the form, which rules it keeps, and how it becomes what the API takes. */
export const formModelFile = (e: EntityView): string =>
  file(
    imports(e),
    '/** What stands in the form, field by field, as text. */',
    `export interface ${e.type}Values {`,
    indent(e.inputs.map((f) => `readonly ${f.name}: string;`)),
    '}',
    '',
    "/** The contract's rules. */",
    `export const ${e.value}Rules: Rules<${e.type}Values> = {`,
    indent(
      e.inputs.map(
        (f) => `${enclosed({ open: `${f.name}: [`, items: rulesOf(f).map((r) => r.text), close: ']', at: 3 })},`,
      ),
    ),
    '};',
    '',
    '/** The form of a new row. */',
    `export const new${e.type}: ${e.type}Values = {`,
    indent(e.inputs.map((f) => `${f.name}: ${quoted(initialText(f))},`)),
    '};',
    edited(e),
    '',
    '/** What the API takes, from values that passed the rules. */',
    `export const to${e.type}Input = (values: ${e.type}Values): ${e.type}Input => ({`,
    indent(e.inputs.map((f) => `${f.name}: ${converter(f).text},`)),
    '});',
  );
