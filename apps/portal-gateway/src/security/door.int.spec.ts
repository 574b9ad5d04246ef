import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ask, Browser } from '../testing/browser.js';
import { openHarness, start, type Harness } from '../testing/gateway-harness.js';
import type { Problem } from '../wire/index.js';

let harness: Harness;
beforeAll(async () => {
  harness = await openHarness();
  await harness.submit(start);
});
afterAll(() => harness.stop());

const base = (): string => harness.browser.base;
const host = (): string => new URL(base()).host;
const pause = { type: 'PauseProject', reason: 'r', now: false };

describe('a link', () => {
  it('opens the page once, with a strict cookie that no script reads', async () => {
    const { pathname, search } = new URL(harness.gateway.link());
    const first = await ask(base(), pathname + search);
    expect(first.status).toBe(200);
    expect(first.headers['set-cookie']?.[0]).toMatch(/^squados_\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/);
    const second = await ask(base(), pathname + search);
    expect(second.status).toBe(401);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.text).toContain('squados link');
  });

  it('that was used brings its own browser in again', async () => {
    const link = new URL(harness.gateway.link());
    const browser = await Browser.cameBy(link.href);
    expect((await browser.get(link.pathname + link.search)).status).toBe(200);
  });

  it.each(['', 'x', '../../etc/passwd', 'A'.repeat(43)])('with the token %j opens nothing', async (token) => {
    const answer = await ask(base(), `/?t=${encodeURIComponent(token)}`);
    expect(answer.status).toBe(401);
    expect(answer.text).not.toContain('passwd');
  });

  it('printed earlier stays good when more are printed', async () => {
    const first = harness.gateway.link();
    harness.gateway.link();
    expect((await (await Browser.cameBy(first)).get('/api/board')).status).toBe(200);
  });
});

describe('without a session', () => {
  it.each(['/', '/index.html', '/api/board', '/api/feed', '/api/artifacts', '/api/cards/A', '/nothing'])(
    '%s answers 401 and how to come in',
    async (path) => {
      const answer = await ask(base(), path);
      expect(answer.status).toBe(401);
      expect(answer.text).toContain('squados link');
    },
  );

  it('a foreign or old cookie is none', async () => {
    const port = new URL(base()).port;
    for (const cookie of [`squados_${port}=guess`, `squados_1=${harness.browser.cookie.split('=')[1]}`]) {
      expect((await ask(base(), '/api/board', { headers: { cookie } })).status).toBe(401);
    }
  });
});

describe('whoever asks under another name', () => {
  it.each(['evil.example', 'evil.example:80', '127.0.0.1', 'localhost:1', '[::1]:7373'])(
    'Host %j is refused, session or not (DNS rebinding)',
    async (name) => {
      const answer = await harness.browser.get('/api/board', { host: name });
      expect(answer.status).toBe(403);
    },
  );

  it('localhost with the right port is one of ours', async () => {
    expect((await harness.browser.get('/api/board', { host: host().replace('127.0.0.1', 'localhost') })).status).toBe(
      200,
    );
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1:1', 'http://127.0.0.1:1'])(
    'Origin %s reads nothing and changes nothing',
    async (origin) => {
      expect((await harness.browser.get('/api/board', { origin })).status).toBe(403);
      expect((await harness.browser.post('/api/commands', pause, { origin })).status).toBe(403);
    },
  );
});

describe('a change', () => {
  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'content-type': 'text/plain' }],
    ['a request without our header', { 'x-squados': '' }],
    ['another site', { 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
  ])('asked by %s is refused before it is read', async (_who, headers) => {
    const before = harness.engine.fold.position;
    const answer = await harness.browser.post('/api/commands', pause, headers);
    expect(answer.status).toBe(403);
    expect(answer.json<Problem>().code).toBe('foreign');
    expect(harness.engine.fold.position).toBe(before);
  });

  it('asked by our own page goes through', async () => {
    const answer = await harness.browser.post('/api/commands', pause, { 'sec-fetch-site': 'same-origin' });
    expect(answer.status).toBe(200);
    expect(harness.engine.fold.position).toBe(answer.json<{ position: number }>().position);
  });
});

describe('every answer', () => {
  it.each(['/', '/api/board', '/door.css', '/api/nothing'])('%s carries the page’s fences', async (path) => {
    const { headers } = await harness.browser.get(path);
    expect(headers['content-security-policy']).toContain("default-src 'none'; script-src 'self'");
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('comes from this machine alone', async () => {
    const { networkInterfaces } = await import('node:os');
    const others = Object.values(networkInterfaces())
      .flatMap((known) => known ?? [])
      .filter((known) => known.family === 'IPv4' && !known.internal);
    for (const { address } of others) {
      await expect(ask(`http://${address}:${harness.gateway.port}`, '/')).rejects.toMatchObject({
        code: 'ECONNREFUSED',
      });
    }
  });
});
