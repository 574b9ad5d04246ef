import type { EntityView, FieldView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { indent, when, type Part } from '../text/lines.js';
import { humanised } from '../text/names.js';
import { canEdit } from './feature-file.js';
import { collapsed, path, rowAt, show, test } from './test-parts.js';

export const isRequired = (f: FieldView): boolean => !f.isNullable && f.kind !== 'boolean' && f.default === undefined;

const inputLabel = (f: FieldView): string => collapsed(`${f.label}${f.isNullable ? ' (optional)' : ''}`);

/** As an object holds them: keys that are whole numbers come first. */
const inKeyOrder = (values: readonly string[]): readonly string[] =>
  Object.keys(Object.fromEntries(values.map((value) => [value, true])));

/** Every value that can be chosen stands there in words. */
const choices = (e: EntityView): Part =>
  e.inputs
    .filter((f) => f.choice)
    .map((f) => [
      `expect(textsOf(fieldNamed(page, '${f.name}'), 'option')).toEqual([`,
      indent([
        'en.choose,',
        ...inKeyOrder(f.choice?.values ?? []).map((value) => `${quoted(collapsed(humanised(value)))},`),
      ]),
      ']);',
    ]);

export const labels = (e: EntityView): Part => [
  'expect(labelsOf(page)).toEqual({',
  indent(e.inputs.map((f) => `${f.name}: ${quoted(inputLabel(f))},`)),
  '});',
];

const refusals = (e: EntityView, required: readonly FieldView[]): Part => [
  `fireEvent.submit(screen.getByRole('form'));`,
  `expect(errorsOf(page)).toEqual({ ${required.map((f) => `${f.name}: en.violations.required`).join(', ')} });`,
  `expect(fieldNamed(page, '${required[0]?.name ?? ''}')).toHaveFocus();`,
  `expect(server.seen('POST', '/${e.resource}')).toEqual([]);`,
];

const missing = (e: EntityView): Part => {
  const required = e.inputs.filter(isRequired);
  return test('names what is missing, sends nothing, and breaks no rule of accessibility', [
    'const server = aServer();',
    show(quoted(`#/${e.resource}/new`)),
    when(required.length > 0, `await fill(page, { ${required.map((f) => `${f.name}: ''`).join(', ')} });`),
    when(e.inputs.length > 0, labels(e)),
    `expect(screen.getByRole('link', { name: en.cancel })).toHaveAttribute('href', ${quoted(`#/${e.resource}`)});`,
    when(required.length > 0, refusals(e, required)),
    'expect(await brokenRules(page)).toEqual([]);',
  ]);
};

const sending = (e: EntityView): Part =>
  test('sends what was typed and shows the new row', [
    `const server = aServer().on('POST', '/${e.resource}', { status: 201, body: a${e.type}, etag: '"7"' });`,
    show(quoted(`#/${e.resource}/new`)),
    `await fill(page, filled${e.type});`,
    choices(e),
    `fireEvent.submit(screen.getByRole('form'));`,
    'expect(await screen.findByText(en.saved)).toBeVisible();',
    `expect(server.seen('POST', '/${e.resource}').map(({ body }) => body)).toEqual([${e.value}Input]);`,
    when(e.calls.get, `expect(window.location.hash).toBe(${rowAt(e)});`),
  ]);

const refused = (e: EntityView, field: FieldView): Part => {
  const reply = `{ status: ${field.isUnique ? 409 : 422}, body: { detail: 'no', errors } }`;
  return test('shows what the server refuses at its field', [
    `const errors = [{ field: '${field.name}', message: 'not this one' }];`,
    `const server = aServer().on('POST', '/${e.resource}', ${reply});`,
    show(quoted(`#/${e.resource}/new`)),
    `await fill(page, filled${e.type});`,
    `fireEvent.submit(screen.getByRole('form'));`,
    `expect(await screen.findByRole('alert')).toHaveTextContent(/^no$/);`,
    `expect(errorsOf(page)).toEqual({ ${field.name}: 'not this one' });`,
  ]);
};

/** The form of a new row: what is missing, what is sent, what the server refuses. */
export const creationTests = (e: EntityView): readonly Part[] => {
  const field = e.inputs.find((f) => f.isUnique) ?? e.inputs[0];
  return [missing(e), sending(e), field && refused(e, field)];
};

/** The form of a row that is there, also when somebody else was faster. */
export const editingTests = (e: EntityView): readonly Part[] => {
  const { update } = e.calls;
  if (!update || !canEdit(e)) return [];
  const { method, needsIfMatch } = update;
  return [
    test('changes the version that was read', [
      `const server = aServer().on('${method}', ${path(e)}, { status: 412 });`,
      show(`\`#/${e.resource}/\${a${e.type}.id}/edit\``),
      `await screen.findByRole('form');`,
      `expect(await valuesOf(page, filled${e.type})).toEqual(filled${e.type});`,
      `fireEvent.submit(screen.getByRole('form'));`,
      `expect(await screen.findByRole('alert')).toHaveTextContent(en.problems.stale);`,
      `server.on('${method}', ${path(e)}, { status: 200, body: a${e.type} });`,
      `fireEvent.click(screen.getByRole('button', { name: en.reload }));`,
      `fireEvent.submit(await screen.findByRole('form'));`,
      'expect(await screen.findByText(en.saved)).toBeVisible();',
      `expect(server.seen('${method}', ${path(e)}).at(-1)).toMatchObject({`,
      indent([when(needsIfMatch, `headers: { 'If-Match': '"7"' },`), `body: ${e.value}Input,`]),
      '});',
    ]),
  ];
};
