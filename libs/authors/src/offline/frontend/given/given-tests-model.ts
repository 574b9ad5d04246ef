import type { EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, imported, indent, when, type Part } from '../text/lines.js';
import { asked, form as formTests, formImports, naming, query } from '../write/model-test-file.js';
import { hasQuery } from '../write/query-file.js';
import { hasBadRows, rules } from '../write/rules-tests.js';
import { changeForms, draftForms, wireOf, type FormView } from './form-inputs.js';
import { formModelName } from './given-form-file.js';
import { idSamples, urlFor } from './given-ids.js';
import { neededQuery, pathValues } from './given-samples.js';

/** `pet-model.test.ts` for a given contract: what the client asks, and how rows and addresses are read. */
export const givenModelTestFile = (e: EntityView): string => {
  const forms = [...draftForms(e), ...changeForms(e)];
  return file(
    '/** @jest-environment node */',
    `import { describe, expect, it } from '@jest/globals';`,
    imported(calledNames(e), `../../api/${e.file}`),
    `import { createHttp, type Http } from '../../api/http';`,
    `import { FakeServer } from '../../testing/fake-server';`,
    imported(
      [`a${e.type}`, ...forms.flatMap(({ value }) => [`${value}Input`, `${value}Sent`])].sort(),
      `./${e.file}-fixtures`,
    ),
    when(asked(e).length > 0, `import { read${e.type}Query } from './${e.file}-query';`),
    `import { ${e.value}Name } from './${e.file}-target';`,
    '',
    clientTests(e),
    query(e),
    naming(e),
  );
};

/** `pet-draft-model.test.ts`: the rules of one form, and what becomes of what stands in it. */
export const givenFormTestFile = (e: EntityView, form: FormView): string => {
  const names = formImports(form);
  const isRead = names.includes(`${form.value}Values`);
  return file(
    '/** @jest-environment node */',
    `import { describe, expect, it } from '@jest/globals';`,
    `import { violationsOf${hasBadRows(form) ? ', type Violation' : ''} } from '../../forms/rules';`,
    imported(
      [...(isRead ? [`a${e.type}`] : []), `${form.value}Input`, `filled${form.type}`].sort(),
      `./${e.file}-fixtures`,
    ),
    imported(names, `./${formModelName(form)}-model`),
    '',
    rules(form),
    formTests(form),
  )
    .replaceAll(`(a${form.type})`, `(a${e.type})`)
    .replace(/\n\n\ndescribe/, '\n\ndescribe');
};

const calledNames = (e: EntityView): readonly string[] =>
  Object.values(e.calls as Readonly<Record<string, { readonly fn: string }>>)
    .map(({ fn }) => fn)
    .sort();

interface CallRow {
  readonly fn: string;
  readonly call: string;
  readonly expected: readonly string[];
}

const row = ({ fn, call, expected }: CallRow): string =>
  `[${quoted(fn)}, (http) => ${fn}(http${call}), { ${expected.join(', ')} }],`;

const listArguments = (e: EntityView): string => {
  const needed = neededQuery(e).map(({ name, expression }) => `${name}: ${expression}`);
  const all = [...(e.hasPaging ? ['page: 2'] : []), ...needed];
  if (!hasQuery(e)) return '';
  return all.length > 0 ? `, { ${all.join(', ')} }` : ', {}';
};

const listCall = (e: EntityView): readonly CallRow[] => {
  const { list, get } = wireOf(e);
  if (!e.calls.list) return [];
  const path = urlFor((list ?? get)?.path ?? '', idSamples(e));
  const expected = [`method: 'GET'`, `url: expect.stringMatching(${pathPattern(path)})`];
  return [{ fn: e.calls.list.fn, call: listArguments(e), expected }];
};

/** The address of a call, whatever its query. */
const pathPattern = (path: string): string =>
  `/^${path.replace(/[\\/^$.*+?()[\]{}|]/g, (char) => `\\${char}`)}(?:\\?|$)/`;

const asking = (method: string, url: string, body?: string): readonly string[] => [
  `method: '${method}'`,
  `url: ${quoted(url)}`,
  ...(body === undefined ? [] : [`body: ${body}`]),
];

const writingCalls = (e: EntityView): readonly CallRow[] => {
  const { create, update } = e.calls;
  const drafts = draftForms(e).map(({ value, send }): CallRow => ({
    fn: create?.fn ?? '',
    call: `, ${value}Input`,
    expected: asking(send.method, urlFor(send.path, pathValues(send)), `${value}Sent`),
  }));
  const changes = changeForms(e).map(({ value, send }): CallRow => ({
    fn: update?.fn ?? '',
    call: `, a${e.type}.id, ${value}Input`,
    expected: asking(send.method, urlFor(send.path, idSamples(e)), `${value}Sent`),
  }));
  return [...drafts, ...changes];
};

const callRows = (e: EntityView): readonly CallRow[] => {
  const { get, remove } = e.calls;
  const byId = [get, remove].flatMap((call): readonly CallRow[] =>
    call
      ? [
          {
            fn: call.fn,
            call: `, a${e.type}.id`,
            expected: asking(call.method, urlFor(call.path, idSamples(e))),
          },
        ]
      : [],
  );
  return [...listCall(e), ...byId, ...writingCalls(e)];
};

const clientTests = (e: EntityView): Part => [
  `describe('the client of ${e.type}', () => {`,
  indent([
    'it.each<readonly [string, (http: Http) => Promise<unknown>, object]>([',
    indent(callRows(e).map(row)),
    `])('%s asks what the contract says', async (_name, call, expected) => {`,
    indent([
      'const server = new FakeServer();',
      `await call(createHttp({ apiBase: '', fetch: server.fetch }));`,
      'expect(server.calls).toEqual([expect.objectContaining(expected)]);',
    ]),
    '});',
    e.isAsked && [
      '',
      `it('asks nothing before it was told what to look for', async () => {`,
      indent([
        'const server = new FakeServer();',
        `const answer = await ${e.calls.list?.fn ?? ''}(createHttp({ apiBase: '', fetch: server.fetch }), {});`,
        'expect(answer).toMatchObject({ ok: true, value: { items: [], total: 0 } });',
        'expect(server.calls).toEqual([]);',
      ]),
      '});',
    ],
  ]),
  '});',
];
