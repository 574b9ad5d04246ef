import type { KitFile } from '../kit-file.js';

export const uiMarkupTest: KitFile = {
  path: 'src/ui/markup.test.tsx',
  text: `/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import type { ReactNode } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import type { ApiProblem } from '../api/problem';
import { useFormat, type Format } from '../i18n/format';
import { en } from '../i18n/en';
import { DataTable } from './data-table';
import { CheckboxField, SelectField, TextAreaField, TextField, YesNoField, optionsOf } from './fields';
import { Page } from './page';
import { Pager } from './pager';
import { ProblemNotice } from './problem-notice';
import { problemText } from './problem-text';
import { readBoolean, readChoice, readNumber, readPage, readText } from './query';
import { RemoteView } from './remote-view';

const ignored = () => undefined;

/** What is rendered, without what only looks: classes out, generated ids by what they stand for. */
const markup = (node: ReactNode): string =>
  renderToStaticMarkup(node)
    .replace(/ class="[^"]*"/g, '')
    .replace(/_[a-zA-Z]+_\\w*?_(?=["-])/g, 'ID')
    .replaceAll('&#x27;', "'");

const field = (more: object = {}) => ({ name: 'a', value: 'v', error: undefined, onChange: ignored, label: 'A', ...more });

describe('a field', () => {
  it('has a label, and says that it may stay empty', () => {
    expect(markup(<TextField {...field()} required />)).toBe(
      '<div><label for="ID">A</label><input id="ID" aria-invalid="false" aria-required="true" type="text" name="a" value="v"/></div>',
    );
    expect(markup(<TextField {...field()} required={false} type="time" inputMode="numeric" />)).toBe(
      '<div><label for="ID">A<span> (optional)</span></label><input id="ID" aria-invalid="false" aria-required="false" type="time" step="1" inputMode="numeric" name="a" value="v"/></div>',
    );
    expect(markup(<TextField {...field()} type="datetime-local" />)).toContain('step="1"');
    expect(markup(<TextField {...field()} type="date" />)).not.toContain('step');
  });

  it('is tied to its hint and its error', () => {
    expect(markup(<TextAreaField {...field({ hint: 'H', error: 'E' })} />)).toBe(
      '<div><label for="ID">A</label><textarea id="ID" aria-describedby="ID-hint ID-error" aria-invalid="true" aria-required="false" name="a" rows="4">v</textarea><p id="ID-hint">H</p><p id="ID-error">E</p></div>',
    );
  });

  it('that is ticked says so, and why it was refused', () => {
    const ticked = markup(<CheckboxField {...field({ value: 'true' })} />);
    expect(ticked).toBe(
      '<div><input id="ID" type="checkbox" aria-invalid="false" name="a" checked=""/><label for="ID">A</label></div>',
    );
    expect(markup(<CheckboxField {...field({ value: 'false', error: 'E' })} />)).toBe(
      '<div><input id="ID" type="checkbox" aria-invalid="true" aria-describedby="ID-error" name="a"/><label for="ID">A</label><p id="ID-error">E</p></div>',
    );
  });

  it('offers what may be chosen, and nothing chosen', () => {
    const options = optionsOf({ v: 'One', w: 'Two' });
    expect(markup(<SelectField {...field()} options={options} />)).toContain(
      '<option value="">Choose…</option><option value="v" selected="">One</option><option value="w">Two</option>',
    );
    expect(markup(<SelectField {...field()} options={options} emptyLabel="All" />)).toContain('<option value="">All</option>');
    const yesNo = markup(<YesNoField {...field({ value: 'false' })} />);
    expect(yesNo).toContain(\`<option value="">\${en.none}</option><option value="true">\${en.yes}</option>\`);
    expect(yesNo).toContain(\`<option value="false" selected="">\${en.no}</option>\`);
    expect(markup(<YesNoField {...field()} emptyLabel="All" />)).toContain('<option value="">All</option>');
  });
});

describe('a table', () => {
  const columns = [
    { name: 'a', label: 'A', isSortable: true, cell: ({ id }: { id: string }) => \`a\${id}\` },
    { name: 'b', label: 'B', isSortable: false, cell: ({ id }: { id: string }) => \`b\${id}\` },
  ];
  const table = (sort?: string) =>
    markup(
      <DataTable
        caption="C"
        columns={columns}
        rows={[{ id: '1' }]}
        sort={sort}
        onSort={ignored}
        hrefOfRow={({ id }) => \`#\${id}\`}
        isBusy={false}
      />,
    );

  it('links its first column, and sorts by the headings that can', () => {
    expect(table()).toBe(
      '<div><table aria-busy="false"><caption>C</caption><thead><tr><th scope="col" aria-sort="none"><button type="button" title="Sort by A">A <span aria-hidden="true"></span></button></th><th scope="col">B</th></tr></thead><tbody><tr><td data-label="A"><a href="#1">a1</a></td><td data-label="B">b1</td></tr></tbody></table></div>',
    );
  });

  it.each([
    ['a', 'ascending', '▲'],
    ['-a', 'descending', '▼'],
    ['b', 'none', ''],
  ])('sorted by %s says so', (sort, direction, arrow) => {
    expect(table(sort)).toContain(\`aria-sort="\${direction}"\`);
    expect(table(sort)).toContain(\`<span aria-hidden="true">\${arrow}</span>\`);
  });
});

describe('a pager', () => {
  const pager = (page: number, total: number) => markup(<Pager page={page} size={20} total={total} onPage={ignored} />);

  it.each([
    [1, 0, 'Page 1 of 1 · 0 records', [true, true]],
    [1, 41, 'Page 1 of 3 · 41 records', [true, false]],
    [2, 41, 'Page 2 of 3 · 41 records', [false, false]],
    [3, 41, 'Page 3 of 3 · 41 records', [false, true]],
  ])('on page %i of %i rows', (page, total, says, disabled) => {
    const html = pager(page, total);
    expect(html).toContain(\`<nav aria-label="\${en.pages}">\`);
    expect(html).toContain(says);
    expect([...html.matchAll(/<button[^>]*>/g)].map(([tag]) => tag.includes('disabled'))).toEqual(disabled);
  });
});

describe('a page', () => {
  it('has a title that can be focused, and its actions where there are some', () => {
    expect(markup(<Page title="T">text</Page>)).toBe('<div><header><h1 tabindex="-1">T</h1></header>text</div>');
    expect(markup(<Page title="T" actions="act">{''}</Page>)).toContain('<h1 tabindex="-1">T</h1><div>act</div>');
  });
});

describe('a problem', () => {
  const errors = [{ field: 'a', message: 'no' }];

  it.each<readonly [ApiProblem, string]>([
    [{ kind: 'failed', status: 500 }, en.problems.failed(500)],
    [{ kind: 'failed', status: 500, detail: 'Why' }, 'Why'],
    [{ kind: 'invalid', errors }, en.problems.invalid],
    [{ kind: 'conflict', errors, detail: 'Why' }, 'Why'],
    [{ kind: 'stale' }, en.problems.stale],
    [{ kind: 'unreachable' }, en.problems.unreachable],
  ])('%j is told in words', (problem, words) => {
    expect(problemText(problem, en)).toBe(words);
  });

  it('names the fields that it is about, at once', () => {
    expect(markup(<ProblemNotice problem={{ kind: 'conflict', errors }}>act</ProblemNotice>)).toBe(
      \`<div role="alert" tabindex="-1"><p>\${en.problems.conflict}</p><ul><li>a: no</li></ul>act</div>\`,
    );
    expect(markup(<ProblemNotice problem={{ kind: 'missing' }} />)).not.toContain('<ul>');
    expect(markup(<ProblemNotice problem={{ kind: 'invalid', errors: [] }} />)).not.toContain('<ul>');
  });
});

describe('what is loaded', () => {
  it('shows that it is loading, what came, and that it failed', () => {
    const view = (remote: Parameters<typeof RemoteView<string>>[0]['remote']) =>
      markup(
        <RemoteView remote={remote} onRetry={ignored}>
          {(value, etag) => \`\${value} \${etag ?? ''}\`}
        </RemoteView>,
      );
    expect(view({ status: 'loading', previous: undefined })).toBe(\`<p role="status">\${en.loading}</p>\`);
    expect(view({ status: 'ready', value: 'v', etag: '"1"' })).toBe('v &quot;1&quot;');
    expect(view({ status: 'failed', problem: { kind: 'missing' } })).toContain(\`<button type="button">\${en.retry}</button>\`);
  });
});

describe('an address', () => {
  const query = new URLSearchParams('page=2&text=a&empty=&yes=true&no=false&odd=maybe&n=1.5');

  it('is read as far as it fits', () => {
    expect([readPage(query), readPage(new URLSearchParams('page=0')), readPage(new URLSearchParams('page=1.5'))]).toEqual([
      2,
      undefined,
      undefined,
    ]);
    expect([readPage(new URLSearchParams('page=1')), readPage(new URLSearchParams())]).toEqual([1, undefined]);
    expect([readText(query, 'text'), readText(query, 'empty'), readText(query, 'none')]).toEqual(['a', undefined, undefined]);
    expect(['yes', 'no', 'odd', 'none'].map((name) => readBoolean(query, name))).toEqual([true, false, undefined, undefined]);
    expect([readChoice(query, 'text', ['b', 'a']), readChoice(query, 'text', ['b'])]).toEqual(['a', undefined]);
    expect(['n', 'text', 'empty', 'none'].map((name) => readNumber(query, name))).toEqual([1.5, undefined, undefined, undefined]);
  });
});

describe('a value', () => {
  const shown = (show: (format: Format) => string): string => {
    const Value = () => show(useFormat());
    return markup(<Value />);
  };

  it('is shown as people read it, and as a dash where there is none', () => {
    expect(shown((f) => [f.text('a'), f.text(null), f.text(''), f.number(1234.5), f.number(12345), f.number(0)].join(' '))).toBe(
      \`a \${en.none} \${en.none} 1234.5 12,345 0\`,
    );
    expect(shown((f) => [f.boolean(true), f.boolean(false), f.boolean(undefined)].join(' '))).toBe(\`\${en.yes} \${en.no} \${en.none}\`);
    expect(shown((f) => f.date('2030-01-15'))).toBe('Jan 15, 2030');
    expect(shown((f) => f.dateTime('2030-01-15T12:30:00Z')).replace(/\\s/g, ' ')).toBe('Jan 15, 2030, 9:30 AM');
    expect(shown((f) => [f.date('soon'), f.time('09:30:00Z'), f.choice('a', { a: 'A' }), f.choice('b', { a: 'A' })].join(' '))).toBe(
      'soon 09:30:00 A b',
    );
    expect(shown((f) => f.json([1]))).toBe('[1]');
  });
});
`,
};
