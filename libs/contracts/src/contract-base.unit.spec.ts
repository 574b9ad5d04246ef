import { describe, expect, it } from '@jest/globals';
import { apiBaseOf, contractBase } from './contract-base.js';

const server = (url: unknown, more: object = {}): object => ({ openapi: '3.1.0', servers: [{ ...more, url }] });

describe('where a service of a contract answers', () => {
  it.each([
    ['a path', '/api/v1/', '/api/v1'],
    ['an address', 'https://x.example/v2?a=b', '/v2'],
    ['an address without a path: there lies the page', 'https://x.example', '/api/v1'],
    ['a path with letters that a proxy would read otherwise', 'https://x.example/rest/Train+Travel/1.0', '/api/v1'],
    ['a hostile path', '/a;proxy_pass evil', '/api/v1'],
    ['no address', 'http://', '/api/v1'],
    ['no text', 7, '/api/v1'],
  ])('%s', (_what, url, base) => {
    expect(apiBaseOf(server(url))).toBe(base);
    expect(contractBase(JSON.stringify(server(url, { description: 'first' })))).toBe(base);
  });

  it('fills variables in, those that nobody declared with nothing', () => {
    const variables = { version: { default: 'v3' }, host: { default: 'x.example' } };
    expect(apiBaseOf(server('https://{host}/{version}/{__proto__}', { variables }))).toBe('/v3');
  });

  it.each([
    ['YAML', 'openapi: 3.1.0\nservers:\n  - url: /api/v2\n', '/api/v2'],
    ['YAML without servers', 'openapi: 3.1.0\n', '/api/v1'],
    ['half a text', '{"servers": [', '/api/v1'],
    ['no object', '[]', '/api/v1'],
    ['nothing', '', '/api/v1'],
  ])('is read out of %s', (_what, text, base) => {
    expect(contractBase(text)).toBe(base);
  });

  it('is the default for what is no document', () => {
    expect([apiBaseOf(null), apiBaseOf([]), apiBaseOf({ servers: 'x' })]).toEqual(Array(3).fill('/api/v1'));
  });
});
