import type { KitFile } from '../kit-file.js';

export const appConfigTest: KitFile = {
  path: 'src/app/config.test.ts',
  text: `/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { FakeServer } from '../testing/fake-server';
import { loadConfig } from './config';
import { hrefOf, parseRoute } from './router';

const given = (body: unknown) => new FakeServer().on('GET', 'config.json', { status: 200, body }).fetch;

describe('the configuration', () => {
  it.each<readonly [unknown, string | undefined, object]>([
    [{ apiBase: 'https://a.example/api/', token: 't' }, '/built', { apiBase: 'https://a.example/api', token: 't' }],
    [{ token: '' }, '/built', { apiBase: '/built' }],
    [{ apiBase: 7 }, '', { apiBase: '/api/v1' }],
    ['text', undefined, { apiBase: '/api/v1' }],
  ])('from %j, built with %j', async (body, builtIn, expected) => {
    expect(await loadConfig(given(body), builtIn)).toEqual(expected);
  });

  it('does without its file', async () => {
    expect(await loadConfig(new FakeServer().fetch)).toEqual({ apiBase: '/api/v1' });
    expect(await loadConfig(() => Promise.reject(new TypeError('offline')), '/built')).toEqual({ apiBase: '/built' });
  });
});

describe('an address', () => {
  it.each<readonly [string, readonly string[], string]>([
    ['', [], ''],
    ['#/books/a%2Fb/edit?page=2&sort=-a', ['books', 'a/b', 'edit'], 'page=2&sort=-a'],
    ['#/books/%', ['books', '%'], ''],
  ])('%j names a place', (hash, segments, query) => {
    const route = parseRoute(hash);
    expect([route.segments, route.query.toString()]).toEqual([segments, query]);
  });

  it('is made from a place', () => {
    expect(hrefOf(['books', 'a/b'], new URLSearchParams({ page: '2' }))).toBe('#/books/a%2Fb?page=2');
    expect(hrefOf(['books'])).toBe('#/books');
  });
});
`,
};
