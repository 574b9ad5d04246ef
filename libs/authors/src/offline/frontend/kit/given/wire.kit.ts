import type { KitFile } from '../kit-file.js';

/** What the clients of a given contract share: rows, ids and pages out of answers that have none of ours. */
export const apiWire: KitFile = {
  path: 'src/api/wire.ts',
  text: `import type { Answer, Page } from './http';

/** The id of a record that is the only one of its kind. */
export const ONLY_ID = 'only';

const NOT_FOUND = 'missing';
const SEPARATOR = '~';

/** The same answer with its value turned into what the pages show. */
export const mapped = <T, U>(answer: Answer<T>, convert: (value: T) => U): Answer<U> =>
  answer.ok ? { ...answer, value: convert(answer.value) } : answer;

/** A record's key as the text that stands in addresses. */
export const idOf = (key: string | number | null | undefined): string => (key === null || key === undefined ? '' : String(key));

/** What names a row below others: each part on its own way to it, as one text. */
export const joinedId = (...parts: readonly string[]): string =>
  parts.map((part) => encodeURIComponent(part).replaceAll(SEPARATOR, '%7E')).join(SEPARATOR);

/** A part of a joined id, from 0; empty where an address names too few. */
export const partOf = (id: string, place: number): string => {
  const part = id.split(SEPARATOR)[place] ?? '';
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/** Local wall clock as a page gives it → instant in UTC; what is none stays, and the server says so. */
export const instantOf = (text: string | undefined): string | undefined => {
  const at = new Date(text ?? '');
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
};

/** Members without those that are \`null\`: what was left empty is not sent. */
export const present = <T extends object>(members: T): { readonly [K in keyof T]?: Exclude<T[K], null> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) as {
    readonly [K in keyof T]?: Exclude<T[K], null>;
  };

/** All rows at once, where the contract has no pages. */
export const wholePage = <T>(items: readonly T[]): Page<T> => ({
  items,
  page: 1,
  size: Math.max(1, items.length),
  total: items.length,
});

interface Counted {
  readonly page: number;
  readonly size: number;
  /** Rows on all pages, as the API counts them. */
  readonly total?: number | undefined;
  /** Pages, as the API counts them. */
  readonly pages?: number | undefined;
  /** Whether there is another page. */
  readonly more?: boolean | undefined;
}

const totalOf = (shown: number, { page, size, total, pages, more }: Counted): number => {
  if (total !== undefined) return total;
  const before = (page - 1) * size;
  if (pages !== undefined && pages > page) return pages * size;
  // Nobody counts: behind a full page there may be another one.
  return before + shown + ((more ?? (pages === undefined && shown >= size)) ? 1 : 0);
};

/** One page of rows, with as much of a total as the API tells. */
export const pageFrom = <T>(items: readonly T[], counted: Counted): Page<T> => ({
  items,
  page: counted.page,
  size: counted.size,
  total: totalOf(items.length, counted),
});

/** What a list shows before it was asked for anything. */
export const nothingYet = <T>(): Answer<Page<T>> => ({ ok: true, value: wholePage<T>([]), etag: undefined });

/** What one reading found, as a list: the row, or none when there is no such record. */
export const onlyRow = <T>(answer: Answer<T>): Answer<Page<T>> => {
  if (answer.ok) return { ...answer, value: wholePage([answer.value]) };
  return answer.problem.kind === NOT_FOUND ? nothingYet() : answer;
};
`,
};

export const apiWireTest: KitFile = {
  path: 'src/api/wire.test.ts',
  text: `/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import type { Answer } from './http';
import { idOf, instantOf, joinedId, mapped, nothingYet, onlyRow, pageFrom, partOf, present, wholePage } from './wire';

describe('an id', () => {
  it('is the key as text', () => {
    expect([idOf(7), idOf('a'), idOf(null), idOf(undefined)]).toEqual(['7', 'a', '', '']);
  });

  it('of several parts gives each of them back', () => {
    const id = joinedId('a~b', 'c/d', '1');
    expect([partOf(id, 0), partOf(id, 1), partOf(id, 2), partOf(id, 3), partOf('%', 0)]).toEqual([
      'a~b',
      'c/d',
      '1',
      '',
      '%',
    ]);
  });
});

describe('a page of rows', () => {
  it.each([
    [{ page: 2, size: 2, total: 9 }, 9],
    [{ page: 1, size: 2, pages: 3 }, 6],
    [{ page: 3, size: 2, pages: 3 }, 6],
    [{ page: 2, size: 2, more: true }, 5],
    [{ page: 2, size: 2, more: false }, 4],
    [{ page: 2, size: 2 }, 5],
    [{ page: 2, size: 3 }, 5],
  ])('counted as %j has %i rows in all', (counted, total) => {
    expect(pageFrom(['a', 'b'], counted)).toEqual({ items: ['a', 'b'], page: counted.page, size: counted.size, total });
  });

  it('without pages holds everything', () => {
    expect(wholePage(['a'])).toEqual({ items: ['a'], page: 1, size: 1, total: 1 });
    expect(wholePage([])).toEqual({ items: [], page: 1, size: 1, total: 0 });
  });
});

describe('an answer', () => {
  const good: Answer<number> = { ok: true, value: 1, etag: 'e' };
  const missing: Answer<number> = { ok: false, problem: { kind: 'missing' } };
  const failed: Answer<number> = { ok: false, problem: { kind: 'unreachable' } };

  it('is turned into another one where it is one', () => {
    const next = (n: number) => n + 1;
    expect([mapped(good, next), mapped(failed, next)]).toEqual([{ ...good, value: 2 }, failed]);
  });

  it('of one record is a list of one, or of none', () => {
    expect([onlyRow(good), onlyRow(missing), onlyRow(failed)]).toEqual([
      { ...good, value: wholePage([1]) },
      nothingYet(),
      failed,
    ]);
  });
});

describe('what is sent', () => {
  it('lacks what was left empty', () => {
    expect(present({ a: null, b: 0, c: '' })).toEqual({ b: 0, c: '' });
  });

  it('holds instants in UTC, and what is none as it was typed', () => {
    expect([instantOf('2030-01-15T09:30'), instantOf('soon'), instantOf(undefined)]).toEqual([
      '2030-01-15T12:30:00.000Z',
      'soon',
      undefined,
    ]);
  });
});
`,
};
