import type { AppModel, EntityView, FieldView } from '../app-model/app-model.js';
import { sampleOf } from '../app-model/samples.js';
import { quoted } from '../text/literals.js';
import { enclosed, file, indent, type Part } from '../text/lines.js';
import { humanised } from '../text/names.js';
import { factsOf } from './detail-file.js';
import { canEdit } from './feature-file.js';
import { creationTests, editingTests } from './form-tests.js';
import { idOfRow, rowSample } from './fixtures-file.js';
import { columnsOf, filterInput } from './list-file.js';
import { targetOf } from './shown.js';
import { namingField } from './target-file.js';
import { collapsed, path, rowAt, show, test } from './test-parts.js';

const SYSTEM_LABELS: Readonly<Record<string, string>> = {
  id: 'Identifier',
  version: 'Version',
  created_at: 'Created at',
  updated_at: 'Changed at',
};

/** What the tests' one row is called. */
export const nameOfRow = (e: EntityView): string => {
  const field = namingField(e);
  const row = e.rowFields.find((f) => f.name === field?.name);
  return (row && rowSample(e, row)?.shown) ?? `${e.label} ${idOfRow(e).slice(0, 8)}`;
};

export const shownOf = (app: AppModel, e: EntityView, f: FieldView): string => {
  const target = targetOf(app, f);
  if (target) return nameOfRow(target);
  const row = e.rowFields.find((r) => r.name === f.name);
  const sample = row && rowSample(e, row);
  if (!sample) return '–';
  return f.choice ? humanised(sample.shown) : sample.shown;
};

export const labelOf = (e: EntityView, f: FieldView): string =>
  e.rowFields.some((r) => r.name === f.name && r.system) ? (SYSTEM_LABELS[f.name] ?? f.label) : f.label;

export const array = (items: readonly string[], at: number): string =>
  enclosed({ open: '[', items: items.map(quoted), close: ']', at });

const relatedOf = (app: AppModel, e: EntityView): readonly EntityView[] => {
  const all = [...e.fields, ...e.inputs].flatMap((f) => targetOf(app, f) ?? []);
  return [...new Set(all)].filter((t) => t !== e);
};

const replies = (e: EntityView, total: number): Part => [
  e.calls.list && `.on('GET', '/${e.resource}', pageOf([a${e.type}]${total > 1 ? `, ${total}` : ''}))`,
  e.calls.get && `.on('GET', ${path(e)}, { status: 200, body: a${e.type}, etag: '"7"' })`,
];

const TOTAL = 41;

const server = (app: AppModel, e: EntityView): Part => [
  'const aServer = () =>',
  indent(['new FakeServer()', indent([replies(e, TOTAL), relatedOf(app, e).map((t) => replies(t, 1))])]),
];

const ending = (part: Part): readonly string[] => {
  const lines = indent(part, 0);
  return lines.map((line, i) => (i === lines.length - 1 ? `${line};` : line));
};

export const spaced = (tests: readonly Part[]): Part =>
  tests.filter((t) => t !== undefined && t !== false).flatMap((t, i) => (i === 0 ? [t] : ['', t]));

const listAt = (e: EntityView): string => quoted(`#/${e.resource}`);
const list = (app: AppModel, e: EntityView): readonly Part[] => {
  const columns = columnsOf(e);
  return [
    test('shows rows, and breaks no rule of accessibility', [
      'const server = aServer();',
      show(listAt(e)),
      'await waitFor(() => {',
      indent([
        'expect(tableOf(page)).toEqual([',
        indent([
          `${array(
            columns.map((f) => labelOf(e, f)),
            6,
          )},`,
          `${array(
            columns.map((f) => shownOf(app, e, f)),
            6,
          )},`,
        ]),
        ']);',
      ]),
      '});',
      `expect(page.querySelector('td a')).toHaveAttribute('href', ${rowAt(e)});`,
      'expect(await brokenRules(page)).toEqual([]);',
    ]),
    sortTest(e, columns),
    filterTest(app, e),
    test('says that it failed, and tries again', [
      `const server = aServer().on('GET', '/${e.resource}', { status: 500 });`,
      show(listAt(e)),
      `expect((await screen.findAllByRole('alert')).at(-1)).toHaveTextContent(en.problems.failed(500));`,
      `server.on('GET', '/${e.resource}', pageOf([]));`,
      "fireEvent.click(screen.getAllByRole('button', { name: en.retry }).at(-1) ?? page);",
      'expect(await screen.findByText(en.empty)).toBeVisible();',
      `expect(page.querySelector('a[href="#/${e.resource}/new"]'))${e.calls.create ? '.not' : ''}.toBeNull();`,
    ]),
  ];
};

const sortTest = (e: EntityView, columns: readonly FieldView[]): Part => {
  const sortable = columns.filter((f) => e.sorts.includes(f.name));
  const last = sortable.at(-1);
  return (
    last &&
    e.hasPaging &&
    test('sorts by each column that can, and pages, by its address', [
      'const server = aServer();',
      show(listAt(e)),
      `await screen.findByRole('table');`,
      `const sorts = [...page.querySelectorAll('th[aria-sort] button')].map((heading) => {`,
      indent(['fireEvent.click(heading);', `return [heading.getAttribute('title'), window.location.hash];`]),
      '});',
      'expect(sorts).toEqual([',
      indent(
        sortable.map((f) => `[en.sortBy(${quoted(labelOf(e, f))}), ${quoted(`#/${e.resource}?sort=${f.name}`)}],`),
      ),
      ']);',
      `await waitFor(() => {`,
      indent(`expect(server.calls.at(-1)?.url).toContain('sort=${last.name}');`),
      '});',
      `fireEvent.click(screen.getByRole('button', { name: en.nextPage }));`,
      `await waitFor(() => {`,
      indent(
        `expect(server.seen('GET', '/${e.resource}').at(-1)?.url).toBe('/${e.resource}?page=2&sort=${last.name}');`,
      ),
      '});',
    ])
  );
};

const filterTest = (app: AppModel, e: EntityView): Part => {
  const filters = e.filters.flatMap((f) => {
    const sample = f.field ? sampleOf(f.field) : { form: 'a' };
    return sample ? [{ ...f, form: sample.form, component: filterInput(app, e, f)[0] }] : [];
  });
  return (
    filters.length > 0 &&
    test('narrows by each filter', [
      'const server = aServer();',
      show(listAt(e)),
      'await fill(page, {',
      indent(filters.map((f) => `${f.name}: ${quoted(f.form)},`)),
      '});',
      'await waitFor(() => {',
      indent([
        `const address = new URLSearchParams(server.seen('GET', '/${e.resource}').at(-1)?.url.split('?')[1]);`,
        'expect(Object.fromEntries(address)).toEqual({',
        indent(filters.map((f) => `${f.name}: ${quoted(f.form)},`)),
        '});',
      ]),
      '});',
    ])
  );
};

const detail = (app: AppModel, e: EntityView): readonly Part[] => [
  test('shows a row, and breaks no rule of accessibility', [
    'const server = aServer();',
    show(rowAt(e)),
    'await waitFor(() => {',
    indent([
      'expect(factsOf(page)).toEqual([',
      indent(factsOf(e).map((f) => `[${quoted(labelOf(e, f))}, ${quoted(shownOf(app, e, f))}],`)),
      ']);',
    ]),
    '});',
    `expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent(${quoted(collapsed(nameOfRow(e)))});`,
    editLink(e),
    'expect(await brokenRules(page)).toEqual([]);',
  ]),
  actionTest(e),
  removeTest(e),
];

const editLink = (e: EntityView): string =>
  canEdit(e)
    ? `expect(screen.getByRole('link', { name: en.edit })).toHaveAttribute('href', \`#/${e.resource}/\${a${e.type}.id}/edit\`);`
    : `expect(screen.queryByRole('link', { name: en.edit })).toBeNull();`;

const allowedNow = (e: EntityView) => {
  const state = e.model.states;
  const isTyped = e.rowFields.some((f) => f.name === state?.field && f.choice !== undefined);
  return e.actions.filter((a) => !isTyped || a.from === undefined || a.from.includes(state?.initial ?? ''));
};

const actionTest = (e: EntityView): Part => {
  const actions = allowedNow(e);
  const first = actions[0];
  if (!first) return undefined;
  const url = `\`${first.call.path.replace(/\{\w+\}/, `\${a${e.type}.id}`)}\``;
  return test('offers what the state allows, does it, and says when somebody was faster', [
    `const server = aServer().on('POST', ${url}, { status: 412 });`,
    show(rowAt(e)),
    `const actions = await screen.findByRole('region', { name: en.actions });`,
    `expect(textsOf(actions, 'button')).toEqual(${array(
      actions.map((a) => a.label),
      4,
    )});`,
    `fireEvent.click(within(actions).getByRole('button', { name: ${quoted(first.label)} }));`,
    `expect(await screen.findByRole('alert')).toHaveTextContent(en.problems.stale);`,
    `server.on('POST', ${url}, { status: 200, body: a${e.type} });`,
    `fireEvent.click(within(page).getByRole('button', { name: en.reload }));`,
    `fireEvent.click(await screen.findByRole('button', { name: ${quoted(first.label)} }));`,
    `expect(await screen.findByText(en.done(${quoted(first.label)}))).toBeVisible();`,
    first.call.needsIfMatch &&
      `expect(server.seen('POST', ${url}).map(({ headers }) => headers['If-Match'])).toEqual(['"7"', '"7"']);`,
  ]);
};

const removeTest = (e: EntityView): Part =>
  e.calls.remove &&
  test('asks before it deletes', [
    `const server = aServer().on('DELETE', ${path(e)}, { status: 204 });`,
    `await renderApp({ server, at: ${rowAt(e)} });`,
    `fireEvent.click(await screen.findByRole('button', { name: en.remove }));`,
    `const dialog = screen.getByRole('alertdialog', { name: en.confirmRemove.title(${quoted(collapsed(nameOfRow(e)))}) });`,
    `fireEvent.click(within(dialog).getByRole('button', { name: en.cancel }));`,
    `expect(screen.queryByRole('alertdialog')).toBeNull();`,
    `expect(server.seen('DELETE', ${path(e)})).toEqual([]);`,
    `fireEvent.click(screen.getByRole('button', { name: en.remove }));`,
    `fireEvent.click(within(screen.getByRole('alertdialog')).getByRole('button', { name: en.remove }));`,
    'expect(await screen.findByText(en.removed)).toBeVisible();',
    e.calls.remove.needsIfMatch && `expect(server.seen('DELETE', ${path(e)})[0]?.headers['If-Match']).toBe('"7"');`,
    `expect(window.location.hash).toBe('#/${e.resource}');`,
  ]);

export const pages = (name: string, tests: readonly Part[]): Part =>
  tests.some((t) => t !== undefined && t !== false) && [
    '',
    `describe('${name}', () => {`,
    indent(spaced(tests)),
    '});',
  ];

const imports = (app: AppModel, e: EntityView, text: string): Part => {
  const used = (names: readonly string[]): string =>
    names.filter((name) => new RegExp(`\\b${name}\\b`).test(text)).join(', ');
  return [
    `import { describe, expect, it } from '@jest/globals';`,
    `import { ${used(['fireEvent', 'screen', 'waitFor', 'within'])} } from '@testing-library/react';`,
    `import { en } from '../../i18n/en';`,
    `import { FakeServer, pageOf } from '../../testing/fake-server';`,
    `import { ${used(['errorsOf', 'factsOf', 'fieldNamed', 'fill', 'labelsOf', 'tableOf', 'textsOf', 'valuesOf'])} } from '../../testing/page';`,
    `import { brokenRules, renderApp } from '../../testing/render-app';`,
    relatedOf(app, e).map((t) => `import { a${t.type} } from '../${t.resource}/${t.file}-fixtures';`),
    `import { ${used([`a${e.type}`, `${e.value}Input`, `filled${e.type}`])} } from './${e.file}-fixtures';`,
    '',
  ];
};

/** `book-pages.test.tsx`: the pages of one entity as people use them, against a server in memory. */
export const pagesTestFile = (app: AppModel, e: EntityView): string => {
  const body: Part = [
    ending(server(app, e)),
    e.calls.list && pages(`the list of ${e.type}`, list(app, e)),
    e.calls.get && pages(`the page of one ${e.type}`, detail(app, e)),
    e.calls.create && pages(`the form of a new ${e.type}`, creationTests(e)),
    pages(`the form of a known ${e.type}`, editingTests(e)),
  ];
  return file(imports(app, e, file(body)), body);
};
