import { describe, expect, it } from '@jest/globals';
import { renderToStaticMarkup } from 'react-dom/server';
import { Markdown } from './markdown.js';
import { parseMarkdown } from './parse-markdown.js';

const html = (text: string): string => renderToStaticMarkup(<Markdown text={text} />);

describe('Markdown on the page', () => {
  it('becomes headings, lists, tables, code and quotes', () => {
    const text =
      '# A\n\ntext **b** `c`\n\n- [x] one\n- two\n  more\n\n1. first\n\n| h | i |\n|---|---|\n| 1 | 2 |\n\n> q\n\n---\n\n```mermaid\ngraph TD\n```';
    expect(parseMarkdown(text).map(({ kind }) => kind)).toEqual([
      ...['heading', 'paragraph', 'list', 'list', 'table', 'quote', 'rule', 'code'],
    ]);
    const shown = html(text);
    for (const part of ['<h3', '<strong>b</strong>', '<code>c</code>', 'two more', '<ol>', '<td>2</td>', 'graph TD'])
      expect(shown).toContain(part);
  });

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>)',
    '![x](http://evil.example/track.gif)',
    '# <svg/onload=alert(1)>',
    '| <b>a</b> | b |\n|---|---|\n| <i> | `<u>` |',
    '```html\n</code></pre><script>alert(1)</script>\n```',
    '"><iframe src=//evil.example>',
  ])('never becomes markup of its own: %s', (text) => {
    const shown = html(text);
    expect(shown).not.toMatch(/<(script|img|svg|iframe|b|i|u)[\s>/]/);
    expect(shown).not.toMatch(/(href|src)="(?!https?:\/\/)/);
  });

  it('links to the web open elsewhere and learn nothing of this page', () => {
    expect(html('[site](https://example.org/a)')).toContain(
      '<a href="https://example.org/a" target="_blank" rel="noopener noreferrer">site</a>',
    );
  });

  it.each([
    ['stars', '*'.repeat(60_000)],
    ['brackets', '['.repeat(60_000)],
    ['pipes', '|'.repeat(30_000)],
    ['an open fence', '```\n'.repeat(20_000)],
    ['dashes between pipes', `|a|\n${'|--'.repeat(20_000)}x`],
    ['nested quotes', '> '.repeat(30_000)],
    ['spaces', ' '.repeat(60_000)],
  ])('of %s is read in little time', (_what, text) => {
    const from = performance.now();
    html(text);
    expect(performance.now() - from).toBeLessThan(20_000);
  });
});
