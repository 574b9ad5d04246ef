import type { CallView, EntityView, FieldView } from '../app-model/app-model.js';
import { sampleOf } from '../app-model/samples.js';
import { quoted } from '../text/literals.js';
import { file, imported, indent, when, type Part } from '../text/lines.js';
import { stateField } from './actions-file.js';
import { idOfRow, literal } from './fixtures-file.js';
import { initialText, isInRow } from './form-model-file.js';
import { hasBadRows, namesValues, rules } from './rules-tests.js';
import { canPoint, listedBy, namingField } from './target-file.js';

const hasForm = (e: EntityView): boolean => (e.calls.create ?? e.calls.update) !== undefined;

const callRow = (name: string, call: string, expected: readonly string[]): string =>
  `[${quoted(name)}, (http) => ${name}(http${call}), { ${expected.join(', ')} }],`;

const urlOf = (e: EntityView, { path }: CallView): string =>
  path.includes('{') ? `url: \`${path.replace(/\{\w+\}/, `\${a${e.type}.id}`)}\`` : `url: ${quoted(path)}`;

const IF_MATCH = `headers: expect.objectContaining({ 'If-Match': '"7"' })`;

const changing = (e: EntityView, call: CallView, body?: string): string =>
  callRow(call.fn, `, ${call.needsIfMatch ? 'version' : `a${e.type}.id`}${body === undefined ? '' : `, ${body}`}`, [
    `method: '${call.method}'`,
    urlOf(e, call),
    ...(call.needsIfMatch ? [IF_MATCH] : []),
    `body: ${body ?? 'undefined'}`,
  ]);

const callRows = (e: EntityView): readonly string[] => {
  const { list, get, create, update, remove } = e.calls;
  const input = `${e.value}Input`;
  return [
    ...(list
      ? [
          callRow(list.fn, `, ${e.hasPaging ? '{ page: 2 }' : '{}'}`, [
            `method: 'GET'`,
            `url: '${list.path}${e.hasPaging ? '?page=2' : ''}'`,
          ]),
        ]
      : []),
    ...(get ? [callRow(get.fn, `, 'a/b'`, [`method: 'GET'`, `url: '${get.path.replace(/\{\w+\}/, 'a%2Fb')}'`])] : []),
    ...(create
      ? [callRow(create.fn, `, ${input}`, [`method: 'POST'`, `url: '${create.path}'`, `body: ${input}`])]
      : []),
    ...(update ? [changing(e, update, input)] : []),
    ...[...(remove ? [remove] : []), ...e.actions.map((a) => a.call)].map((call) => changing(e, call)),
  ];
};

const allCalls = (e: EntityView): readonly CallView[] => [
  ...Object.values(e.calls as Readonly<Record<string, CallView>>),
  ...e.actions.map((a) => a.call),
];

const calls = (e: EntityView): Part => [
  allCalls(e).some((c) => c.needsIfMatch) && [`const version = { id: a${e.type}.id, etag: '"7"' };`, ''],
  `describe('the client of ${e.type}', () => {`,
  indent([
    'it.each<readonly [string, (http: Http) => Promise<unknown>, object]>([',
    indent(callRows(e)),
    `])('%s asks what the contract says', async (_name, call, expected) => {`,
    indent([
      'const server = new FakeServer();',
      `await call(createHttp({ apiBase: '', fetch: server.fetch }));`,
      'expect(server.calls).toEqual([expect.objectContaining(expected)]);',
    ]),
    '});',
  ]),
  '});',
];

const nullable = (e: EntityView): readonly FieldView[] => e.inputs.filter((f) => f.isNullable);

const isRoundTrip = (e: EntityView): boolean =>
  e.calls.update !== undefined && e.inputs.every((f) => isInRow(e, f) && sampleOf(f) !== undefined);

export const form = (e: EntityView): Part => [
  '',
  `describe('the form of ${e.type}', () => {`,
  indent([
    `it('begins as the contract says', () => {`,
    indent([
      `expect(new${e.type}).toEqual({`,
      indent(e.inputs.map((f) => `${f.name}: ${quoted(initialText(f))},`)),
      '});',
    ]),
    '});',
    '',
    `it('becomes what the API takes', () => {`,
    indent(`expect(to${e.type}Input(filled${e.type})).toEqual(${e.value}Input);`),
    '});',
    isRoundTrip(e) && [
      '',
      `it('shows a row as it is', () => {`,
      indent(`expect(${e.value}Values(a${e.type})).toEqual(filled${e.type});`),
      '});',
    ],
    nullable(e).length > 0 && [
      '',
      `it('sends null for what was left empty', () => {`,
      indent([
        `const empty = { ${nullable(e)
          .map((f) => `${f.name}: ''`)
          .join(', ')} };`,
        `const nothing = { ${nullable(e)
          .map((f) => `${f.name}: null`)
          .join(', ')} };`,
        `expect(to${e.type}Input({ ...filled${e.type}, ...empty })).toEqual({ ...${e.value}Input, ...nothing });`,
      ]),
      '});',
    ],
  ]),
  '});',
];

interface Asked {
  readonly text: string;
  readonly value: string;
}

export const asked = (e: EntityView): readonly (readonly [string, Asked])[] => (e.calls.list ? parametersOf(e) : []);

const parametersOf = (e: EntityView): readonly (readonly [string, Asked])[] => [
  ...(e.hasPaging ? [['page', { text: '2', value: '2' }] as const] : []),
  ...(e.sorts.length > 0
    ? [['sort', { text: e.sorts.at(-1) ?? '', value: quoted(e.sorts.at(-1) ?? '') }] as const]
    : []),
  ...e.filters.map((f) => {
    const sample = f.field && sampleOf(f.field);
    const isText = typeof sample?.wire === 'string';
    const value = isText ? quoted(sample.form) : literal(sample?.wire ?? 'a');
    return [f.name, { text: sample?.form ?? 'a', value }] as const;
  }),
];

/** Parameters whose values the contract limits: anything else is left out of the call. */
const limited = (e: EntityView): readonly string[] => [
  ...(e.hasPaging ? ['page'] : []),
  ...(e.sorts.length > 0 ? ['sort'] : []),
  ...e.filters.filter((f) => f.field?.choice ?? ['boolean', 'integer', 'decimal'].includes(f.kind)).map((f) => f.name),
];

export const query = (e: EntityView): Part =>
  e.calls.list !== undefined &&
  asked(e).length > 0 && [
    '',
    `describe('the address of the list of ${e.type}', () => {`,
    indent([
      `it('says what the API is asked', () => {`,
      indent([
        `const address = new URLSearchParams({ ${asked(e)
          .map(([name, { text }]) => `${name}: ${quoted(text)}`)
          .join(', ')} });`,
        `expect(read${e.type}Query(address)).toEqual({`,
        indent(asked(e).map(([name, { value }]) => `${name}: ${value},`)),
        '});',
      ]),
      '});',
      limited(e).length > 0 && [
        '',
        `it('asks for nothing that the contract does not know', () => {`,
        indent([
          `const address = new URLSearchParams({ ${limited(e)
            .map((name) => `${name}: '#'`)
            .join(', ')} });`,
          `expect(read${e.type}Query(address)).toEqual({});`,
        ]),
        '});',
      ],
    ]),
    '});',
  ];

const stateRow = (e: EntityView, state: string): string => {
  const labels = e.actions.filter((a) => a.from === undefined || a.from.includes(state)).map((a) => quoted(a.label));
  return `[${quoted(state)}, [${labels.join(', ')}]],`;
};

const actions = (e: EntityView): Part => {
  const state = stateField(e);
  if (!state?.choice || e.actions.length === 0) return undefined;
  return [
    '',
    `describe('what can be done with ${e.type}', () => {`,
    indent([
      `it.each<readonly [${state.choice.type}, readonly string[]]>([`,
      indent(state.choice.values.map((value) => stateRow(e, value))),
      `])('in the state %j', (${state.name === 'constructor' ? 'state' : 'state'}, labels) => {`,
      indent(
        `expect(${e.value}Actions({ ...a${e.type}, ${state.name}: state }).map(({ label }) => label)).toEqual(labels);`,
      ),
      '});',
    ]),
    '});',
  ];
};

export const naming = (e: EntityView): Part => {
  const field = namingField(e);
  return [
    '',
    `it('calls a row of ${e.type} by ${field ? `its ${field.name}` : 'its kind and the beginning of its id'}', () => {`,
    indent(
      field
        ? `expect(${e.value}Name({ ...a${e.type}, ${field.name}: 'Ana' })).toBe('Ana');`
        : `expect(${e.value}Name(a${e.type})).toBe(${quoted(`${e.label} ${idOfRow(e).slice(0, 8)}`)});`,
    ),
    '});',
  ];
};

const pointing = (e: EntityView): Part =>
  canPoint(e) && [
    '',
    `it('lets other records point at a row of ${e.type}', async () => {`,
    indent([
      'const server = new FakeServer();',
      `const http = createHttp({ apiBase: '', fetch: server.fetch });`,
      `await ${e.value}Target.list(http, { page: 1, size: 5 }, new AbortController().signal);`,
      `const sort = new URLSearchParams(server.calls[0]?.url.split('?')[1]).get('sort');`,
      `expect([${e.value}Target.resource, sort]).toEqual([${quoted(e.resource)}, ${sortAsked(e)}]);`,
    ]),
    '});',
  ];

const sortAsked = (e: EntityView): string => {
  const field = listedBy(e);
  return field === undefined ? 'null' : quoted(field);
};

const imports = (e: EntityView): Part => {
  const state = stateField(e);
  const formed = hasForm(e);
  const withState = state?.choice !== undefined && e.actions.length > 0;
  return [
    '/** @jest-environment node */',
    `import { describe, expect, it } from '@jest/globals';`,
    imported(
      [
        ...allCalls(e)
          .map((c) => c.fn)
          .sort(),
        ...(withState && state.choice ? [`type ${state.choice.type}`] : []),
      ],
      `../../api/${e.file}`,
    ),
    `import { createHttp, type Http } from '../../api/http';`,
    when(formed, `import { violationsOf${hasBadRows(e) ? ', type Violation' : ''} } from '../../forms/rules';`),
    `import { FakeServer } from '../../testing/fake-server';`,
    when(withState, `import { ${e.value}Actions } from './${e.file}-actions';`),
    `import { a${e.type}${formed ? `, ${e.value}Input, filled${e.type}` : ''} } from './${e.file}-fixtures';`,
    when(formed, imported(formImports(e), `./${e.file}-form-model`)),
    when(asked(e).length > 0, `import { read${e.type}Query } from './${e.file}-query';`),
    `import { ${e.value}Name${canPoint(e) ? `, ${e.value}Target` : ''} } from './${e.file}-target';`,
    '',
  ];
};

export const formImports = (e: EntityView): readonly string[] => [
  `${e.value}Rules`,
  ...(isRoundTrip(e) ? [`${e.value}Values`] : []),
  `new${e.type}`,
  `to${e.type}Input`,
  ...(namesValues(e) ? [`type ${e.type}Values`] : []),
];

/** `book-model.test.ts`: what needs no page: calls, rules, conversions, addresses, states. */
export const modelTestFile = (e: EntityView): string =>
  file(imports(e), calls(e), hasForm(e) && [rules(e), form(e)], query(e), actions(e), naming(e), pointing(e));
