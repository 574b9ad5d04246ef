import type { KitFile } from '../kit-file.js';

export const apiHttpTest: KitFile = {
  path: 'src/api/http.test.ts',
  text: `/** @jest-environment node */
import { describe, expect, it } from '@jest/globals';
import { FakeServer } from '../testing/fake-server';
import { createHttp, type Call, type Fetch } from './http';
import { problemOf, type ApiProblem } from './problem';

const call: Call = {
  method: 'GET',
  path: '/things/{id}',
  params: { id: 'a/b' },
  query: { page: 2, q: '', no: undefined },
};
const httpOver = (fetch: Fetch, token?: string) => createHttp({ apiBase: '/api', token, fetch });

describe('the client', () => {
  it('fills the path, leaves empty parameters out, and carries the token', async () => {
    const server = new FakeServer();
    await httpOver(server.fetch, 'secret').send(call);
    expect(server.calls).toEqual([
      {
        method: 'GET',
        url: '/api/things/a%2Fb?page=2',
        headers: { Accept: 'application/json, application/problem+json', Authorization: 'Bearer secret' },
        body: undefined,
      },
    ]);
  });

  it('sends a body as JSON, with the version that was read', async () => {
    const server = new FakeServer();
    await httpOver(server.fetch).send({ method: 'PUT', path: '/things', ifMatch: '"1"', body: { a: 1 } });
    expect(server.calls[0]?.headers).toEqual({
      Accept: 'application/json, application/problem+json',
      'Content-Type': 'application/json',
      'If-Match': '"1"',
    });
    expect(server.calls[0]?.body).toEqual({ a: 1 });
  });

  it('answers with the value and its version', async () => {
    const server = new FakeServer().on('GET', '/api/things/a%2Fb', { status: 200, body: { a: 1 }, etag: '"2"' });
    expect(await httpOver(server.fetch).send(call)).toEqual({ ok: true, value: { a: 1 }, etag: '"2"' });
  });

  it('answers with nothing when there is no content', async () => {
    const server = new FakeServer().on('GET', '/api/things/a%2Fb', { status: 204 });
    expect(await httpOver(server.fetch).send(call)).toEqual({ ok: true, value: undefined, etag: undefined });
  });

  it('takes a failure without a body by its status', async () => {
    const server = new FakeServer().on('GET', '/api/things/a%2Fb', { status: 503 });
    expect(await httpOver(server.fetch).send(call)).toEqual({ ok: false, problem: { kind: 'failed', status: 503 } });
  });

  it('tells a server that does not answer from a caller who gave up', async () => {
    const http = httpOver(() => Promise.reject(new TypeError('offline')));
    expect(await http.send(call)).toEqual({ ok: false, problem: { kind: 'unreachable' } });
    expect(await http.send({ ...call, signal: AbortSignal.abort() })).toEqual({
      ok: false,
      problem: { kind: 'aborted' },
    });
  });
});

describe('a problem', () => {
  const errors = [{ field: 'a', message: 'no' }];
  it.each<readonly [number, unknown, ApiProblem]>([
    [400, { title: 'Bad' }, { kind: 'invalid', detail: 'Bad', errors: [] }],
    [422, { detail: 'Why', title: 'Bad', errors }, { kind: 'invalid', detail: 'Why', errors }],
    [409, { errors: [...errors, { field: 1 }, null] }, { kind: 'conflict', errors }],
    [409, undefined, { kind: 'conflict', errors: [] }],
    [401, {}, { kind: 'unauthorized' }],
    [403, {}, { kind: 'forbidden' }],
    [404, {}, { kind: 'missing' }],
    [412, {}, { kind: 'stale' }],
    [500, { detail: '' }, { kind: 'failed', status: 500 }],
    [500, { detail: 'Why' }, { kind: 'failed', status: 500, detail: 'Why' }],
  ])('of status %i with the body %j', (status, body, problem) => {
    expect(problemOf(status, body)).toEqual(problem);
  });
});
`,
};
