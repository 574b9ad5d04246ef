import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './testing/squados-process.js';

const DOCS = join(ROOT, 'docs');
const page = readFileSync(join(DOCS, 'bad-output.md'), 'utf8');
const ROW = /^\| (?!Case|-)(.+?) +\| .+ \| (.+?) +\|$/gm;
const LINK = /\[([^\]]+)\]\(([^)]+)\)/g;

const rows = [...page.matchAll(ROW)].map(([, name = '', shownBy = '']) => ({
  name,
  tests: [...shownBy.matchAll(LINK)].map(([, title = '', file = '']) => ({ title, file: join(DOCS, file) })),
}));

const REQUIRED = [
  ...['unsupported construct', 'design is missing', '`..`', 'symbolic link', '1 GB of text', 'invalid UTF-8'],
  ...['hangs', 'forks', 'fills the disk', 'opens a socket', 'port is taken', 'between choosing and listening'],
  ...['Chromium is missing', 'Go is missing', 'Python is missing'],
];

describe('the page of bad outputs', () => {
  it.each(REQUIRED)('tells what happens: %s', (part) => {
    expect(rows.some(({ name }) => name.includes(part))).toBe(true);
  });

  it.each(rows)('names a test that is there: $name', ({ tests }) => {
    expect(tests).not.toEqual([]);
    const gone = tests.filter(({ title, file }) => !existsSync(file) || !readFileSync(file, 'utf8').includes(title));
    expect(gone.map(({ title, file }) => `${relative(ROOT, file)}: ${title}`)).toEqual([]);
  });
});
