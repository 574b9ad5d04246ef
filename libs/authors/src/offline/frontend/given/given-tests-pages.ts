import type { AppModel, EntityView } from '../app-model/app-model.js';
import { quoted } from '../text/literals.js';
import { file, indent, when, type Part } from '../text/lines.js';
import { factsOf } from '../write/detail-file.js';
import { isRequired, labels } from '../write/form-tests.js';
import { columnsOf } from '../write/list-file.js';
import { array, labelOf, nameOfRow, pages, shownOf } from '../write/pages-test-file.js';
import { collapsed, show, test } from '../write/test-parts.js';
import { changeForms, draftForms, wireOf, type FormView } from './form-inputs.js';
import { tellsId } from './given-form-file.js';
import { idSamples, urlFor } from './given-ids.js';
import { listHash, neededQuery, pathValues, rowHash } from './given-samples.js';

const urlOf = (e: EntityView, path: string): string => quoted(urlFor(path, idSamples(e)));

/** What the API answers to the question of the list, with one row and with none. */
const listReply = (e: EntityView, isEmpty = false): string => {
  const { list, get } = wireOf(e);
  if (list)
    return `'GET', ${urlOf(e, list.path)}, { status: 200, body: ${e.value}Answer([${isEmpty ? '' : `aListed${e.type}`}]) }`;
  const reply = isEmpty ? '{ status: 404 }' : `{ status: 200, body: a${e.type}Wire }`;
  return `'GET', ${urlOf(e, get?.path ?? '')}, ${reply}`;
};

const listUrl = (e: EntityView): string => urlOf(e, (wireOf(e).list ?? wireOf(e).get)?.path ?? '');

const rowReply = (e: EntityView): string => {
  const { get } = wireOf(e);
  return get ? `'GET', ${urlOf(e, get.path)}, { status: 200, body: a${e.type}Wire }` : '';
};

const server = (e: EntityView): Part => {
  const replies = [...new Set([listReply(e), ...(e.calls.get ? [rowReply(e)] : [])])];
  return [`const aServer = () =>`, `  new FakeServer()${replies.map((r) => `.on(${r})`).join('')};`];
};

const listTests = (app: AppModel, e: EntityView): readonly Part[] => {
  const columns = columnsOf(e);
  return [
    test('shows rows, and breaks no rule of accessibility', [
      'const server = aServer();',
      show(listHash(e)),
      'await waitFor(() => {',
      indent([
        'expect(tableOf(page)).toEqual([',
        indent([
          `${array(
            columns.map((f) => collapsed(labelOf(e, f))),
            6,
          )},`,
          `${array(
            columns.map((f) => collapsed(listedText(app, e, f))),
            6,
          )},`,
        ]),
        ']);',
      ]),
      '});',
      e.calls.get
        ? `expect(page.querySelector('td a')).toHaveAttribute('href', ${rowHash(e)});`
        : `expect(page.querySelector('td a')).toBeNull();`,
      'expect(await brokenRules(page)).toEqual([]);',
    ]),
    test('says that it failed, and tries again', [
      `const server = aServer().on('GET', ${listUrl(e)}, { status: 500 });`,
      show(listHash(e)),
      `expect((await screen.findAllByRole('alert')).at(-1)).toHaveTextContent(en.problems.failed(500));`,
      `server.on(${listReply(e, true)});`,
      "fireEvent.click(screen.getAllByRole('button', { name: en.retry }).at(-1) ?? page);",
      `expect(await screen.findByText(${neededQuery(e).length > 0 ? 'en.emptyFiltered' : 'en.empty'})).toBeVisible();`,
      `expect(page.querySelector('a[href="#/${e.resource}/new"]'))${e.calls.create ? '.not' : ''}.toBeNull();`,
    ]),
  ];
};

/** What a column shows of the listed row, which may lack what the row's own page shows. */
const listedText = (app: AppModel, e: EntityView, f: Parameters<typeof labelOf>[1]): string => {
  const { list } = wireOf(e);
  const isListed =
    f.name === 'id' || !list || list.shape.members.some((m) => m.field.name === f.name && m.field.kind === f.kind);
  return isListed ? shownOf(app, e, f) : '–';
};

const detailTests = (app: AppModel, e: EntityView): readonly Part[] => [
  test('shows a row, and breaks no rule of accessibility', [
    'const server = aServer();',
    show(rowHash(e)),
    'await waitFor(() => {',
    indent([
      'expect(factsOf(page)).toEqual([',
      indent(factsOf(e).map((f) => `[${quoted(collapsed(labelOf(e, f)))}, ${quoted(collapsed(shownOf(app, e, f)))}],`)),
      ']);',
    ]),
    '});',
    `expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(${quoted(collapsed(nameOfRow(e)))});`,
    'expect(await brokenRules(page)).toEqual([]);',
  ]),
  removeTest(e),
];

const removeTest = (e: EntityView): Part => {
  const { remove } = wireOf(e);
  if (!remove) return undefined;
  const url = urlOf(e, remove.path);
  return test('asks before it deletes', [
    `const server = aServer().on('DELETE', ${url}, { status: ${remove.answersNothing ? '204' : '200, body: {}'} });`,
    `await renderApp({ server, at: ${rowHash(e)} });`,
    `fireEvent.click(await screen.findByRole('button', { name: en.remove }));`,
    `const dialog = screen.getByRole('alertdialog', { name: en.confirmRemove.title(${quoted(collapsed(nameOfRow(e)))}) });`,
    `fireEvent.click(within(dialog).getByRole('button', { name: en.cancel }));`,
    `expect(server.seen('DELETE', ${url})).toEqual([]);`,
    `fireEvent.click(screen.getByRole('button', { name: en.remove }));`,
    `fireEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: en.remove }));`,
    'expect(await screen.findByText(en.removed)).toBeVisible();',
    `expect(server.seen('DELETE', ${url})).toHaveLength(1);`,
    `expect(window.location.hash).toBe('#/${e.resource}');`,
  ]);
};

const draftTests = (e: EntityView, form: FormView): readonly Part[] => {
  const { send } = form;
  const url = quoted(urlFor(send.path, pathValues(send)));
  const required = form.inputs.filter(isRequired);
  const body = send.answer.kind === 'nothing' ? '' : `, body: ${answered(e, form)}`;
  const at = show(quoted(`#/${e.resource}/new`));
  return [
    test('names what is missing, sends nothing, and breaks no rule of accessibility', [
      'const server = aServer();',
      at,
      when(required.length > 0, `await fill(page, { ${required.map((f) => `${f.name}: ''`).join(', ')} });`),
      when(form.inputs.length > 0, labels(form)),
      when(required.length > 0, [
        `fireEvent.submit(screen.getByRole('form'));`,
        `expect(errorsOf(page)).toEqual({ ${required.map((f) => `${f.name}: en.violations.required`).join(', ')} });`,
        `expect(fieldNamed(page, '${required[0]?.name ?? ''}')).toHaveFocus();`,
        `expect(server.seen('${send.method}', ${url})).toEqual([]);`,
      ]),
      'expect(await brokenRules(page)).toEqual([]);',
    ]),
    test('sends what was typed, and leads on', [
      `const server = aServer().on('${send.method}', ${url}, { status: 201${body} });`,
      at,
      `await fill(page, filled${form.type});`,
      `fireEvent.submit(screen.getByRole('form'));`,
      'expect(await screen.findByText(en.saved)).toBeVisible();',
      `expect(server.seen('${send.method}', ${url}).map((call) => call.body)).toEqual([${form.value}Sent]);`,
      `expect(window.location.hash).toBe(${tellsId(e) && e.calls.get ? rowHash(e) : quoted(`#/${e.resource}`)});`,
    ]),
    test('says why the server refuses it', [
      `const server = aServer().on('${send.method}', ${url}, { status: 422, body: { detail: 'not so' } });`,
      at,
      `await fill(page, filled${form.type});`,
      `fireEvent.submit(screen.getByRole('form'));`,
      `expect(await screen.findByRole('alert')).toHaveTextContent('not so');`,
      `expect(server.seen('${send.method}', ${url})).toHaveLength(1);`,
    ]),
  ];
};

/** What the API answers to a request: the row where the tests have it, else as little as tells its key. */
const answered = (e: EntityView, { send }: FormView): string => {
  if (e.calls.get) return `a${e.type}Wire`;
  return send.answer.kind === 'record' && wireOf(e).list ? `aListed${e.type}` : '{}';
};

const changeTests = (e: EntityView, form: FormView): readonly Part[] => {
  const { send } = form;
  const url = urlOf(e, send.path);
  const body = send.answer.kind === 'nothing' ? '' : `, body: a${e.type}Wire`;
  return [
    test('sends what stands there, and says why the server refuses it', [
      `const server = aServer().on('${send.method}', ${url}, { status: 409, body: { detail: 'not now' } });`,
      show(rowHash(e, 'edit')),
      `await screen.findByRole('form');`,
      `await fill(page, filled${form.type});`,
      `fireEvent.submit(screen.getByRole('form'));`,
      `expect(await screen.findByRole('alert')).toHaveTextContent('not now');`,
      `server.on('${send.method}', ${url}, { status: 200${body} });`,
      `fireEvent.submit(screen.getByRole('form'));`,
      'expect(await screen.findByText(en.saved)).toBeVisible();',
      `expect(server.seen('${send.method}', ${url}).at(-1)?.body).toEqual(${form.value}Sent);`,
      'expect(await brokenRules(page)).toEqual([]);',
    ]),
  ];
};

const TOOLS = {
  library: ['fireEvent', 'screen', 'waitFor', 'within'],
  page: ['errorsOf', 'factsOf', 'fieldNamed', 'fill', 'labelsOf', 'tableOf'],
} as const;

const imports = (e: EntityView, text: string): Part => {
  const used = (names: readonly string[]): readonly string[] =>
    names.filter((name) => new RegExp(`\\b${name}\\b`).test(text));
  const forms = [...draftForms(e), ...changeForms(e)];
  const fixtures = used([
    `a${e.type}Wire`,
    `aListed${e.type}`,
    `${e.value}Answer`,
    ...forms.flatMap((f) => [`${f.value}Sent`, `filled${f.type}`]),
  ]);
  return [
    `import { describe, expect, it } from '@jest/globals';`,
    `import { ${used(TOOLS.library).join(', ')} } from '@testing-library/react';`,
    `import { en } from '../../i18n/en';`,
    `import { FakeServer } from '../../testing/fake-server';`,
    `import { ${used(TOOLS.page).join(', ')} } from '../../testing/page';`,
    `import { brokenRules, renderApp } from '../../testing/render-app';`,
    `import { ${fixtures.join(', ')} } from './${e.file}-fixtures';`,
    '',
  ];
};

/** `pet-pages.test.tsx` for a given contract: the pages as people use them, against a server in memory that speaks the contract. */
export const givenPagesTestFile = (app: AppModel, e: EntityView): string => {
  const [draft] = draftForms(e);
  const [change] = changeForms(e);
  const body: Part = [
    server(e),
    pages(`the list of ${e.type}`, listTests(app, e)),
    e.calls.get && pages(`the page of one ${e.type}`, detailTests(app, e)),
    draft && pages(`the form of a new ${e.type}`, draftTests(e, draft)),
    change && pages(`the form of a known ${e.type}`, changeTests(e, change)),
  ];
  return file(imports(e, file(body)), body);
};
