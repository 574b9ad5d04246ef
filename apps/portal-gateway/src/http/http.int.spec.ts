import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Intake, Intended } from '../gateway-source.port.js';
import { ask } from '../testing/browser.js';
import { add, openHarness, person, spec, start, type Harness } from '../testing/gateway-harness.js';
import type { ArtifactEntry, CardPage, IntakePreview, Problem, ReachPage } from '../wire/index.js';

let harness: Harness;
let begun = 0;

class NoDocument extends Error {
  readonly code = 'input';
  readonly details = ['broken.md:3: there is no heading'];
  readonly remedy = ['give it a heading'];
}

const preview: Intended['preview'] = {
  kind: 'requirements',
  title: 'T',
  cards: [],
  expectedCards: 3,
  requirements: [],
  warnings: [],
};
const intake: Intake = {
  preview: (files) => {
    const text = Buffer.from(files[0]?.bytes ?? []).toString('utf8');
    if (text === 'broken') return Promise.reject(new NoDocument('broken.md: this is no requirements document'));
    return Promise.resolve({ preview: { ...preview, title: files[0]?.name ?? '' }, begin: async () => void begun++ });
  },
};

beforeAll(async () => {
  harness = await openHarness({ intake });
  await harness.submit(start);
  await harness.submit(add([spec('ARCH-1'), spec('ARCH-2', ['ARCH-1']), spec('A/B "c"')]));
});
afterAll(() => harness.stop());

const command = (body: Readonly<Record<string, unknown>>) => harness.browser.post('/api/commands', body);
const file = (name: string, text: string) => ({ name, base64: Buffer.from(text).toString('base64') });

describe('a card', () => {
  it('shows what it was specified as, what it waits for and what waits for it', async () => {
    const page = (await harness.browser.get('/api/cards/ARCH-1')).json<CardPage>();
    expect(page).toMatchObject({
      row: { id: 'ARCH-1' },
      spec: { title: 'Card ARCH-1' },
      origin: { kind: 'import', by: 'ana' },
    });
    expect(page.dependents.map(({ id }) => id)).toEqual(['ARCH-2']);
  });

  it('is found by any id that a card can have', async () => {
    const answer = await harness.browser.get(`/api/cards/${encodeURIComponent('A/B "c"')}`);
    expect(answer.json<CardPage>().row.id).toBe('A/B "c"');
  });

  it.each(['nobody', '..%2F..%2Fetc%2Fpasswd', '__proto__', '%00'])('named %s is told as unknown', async (id) => {
    const answer = await harness.browser.get(`/api/cards/${id}`);
    expect(answer.status).toBe(404);
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});

describe('an artifact', () => {
  it('is sent as text that no browser runs, whatever is in it', async () => {
    const text = '<script>alert(1)</script>';
    const hash = await harness.artifacts.put(Buffer.from(text));
    const { headers, ...answer } = await harness.browser.get(`/api/artifacts/${hash}`);
    expect(answer.text).toBe(text);
    expect(headers).toMatchObject({ 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' });
  });

  it.each(['0'.repeat(64), 'abc', '..%2f..%2flog.db', '..%2F'.repeat(12) + 'etc%2Fpasswd'])(
    'named %s is not there',
    async (hash) => expect((await harness.browser.get(`/api/artifacts/${hash}`)).status).toBe(404),
  );

  it('that nobody has delivered is not listed', async () => {
    expect((await harness.browser.get('/api/artifacts')).json<readonly ArtifactEntry[]>()).toEqual([]);
  });
});

describe('a path', () => {
  it.each(['/../package.json', '/..%2f..%2fpackage.json', '/assets/../../x', '/%2e%2e/x', '/squados.log'])(
    '%s leads nowhere',
    async (path) => {
      const answer = await ask(harness.browser.base, path, { headers: { cookie: harness.browser.cookie } });
      expect([400, 404]).toContain(answer.status);
    },
  );
});

describe('a command', () => {
  it('is recorded under the person at the page, whoever the body claims to be', async () => {
    const by = { kind: 'system', name: 'root' };
    expect((await command({ type: 'PauseProject', reason: 'lunch', now: false, by, project: 'other' })).status).toBe(
      200,
    );
    const last: { events: readonly unknown[] }[] = [];
    for await (const page of harness.log.read({ after: 0 as never })) last.push(...page);
    expect(last.at(-1)?.events[0]).toMatchObject({ type: 'ProjectPaused', data: { by: person, reason: 'lunch' } });
    await command({ type: 'ResumeProject', reason: 'back' });
  });

  it.each([
    ['no command', {}],
    ['one that begins a project', { type: 'StartProject', title: 'x' }],
    ['an unknown one', { type: '__proto__' }],
    ['a skip without a reason', { type: 'SkipCard', card: 'ARCH-1' }],
    ['a skip with an empty reason', { type: 'SkipCard', card: 'ARCH-1', reason: '  ' }],
    ['a foreign property', { type: 'SkipCard', card: 'ARCH-1', reason: 'r', constructor: 1 }],
    ['a rollback that says not what was shown', { type: 'RollBack', card: 'ARCH-1', reason: 'r' }],
  ])('%s is refused as 400 with what is wrong', async (_what, body) => {
    const answer = await command(body);
    expect(answer.status).toBe(400);
    expect(answer.json<Problem>().details.length).toBeGreaterThan(0);
  });

  it('on an unknown card is 404, against its state 409', async () => {
    expect((await command({ type: 'SkipCard', card: 'nobody', reason: 'r' })).status).toBe(404);
    const answer = await command({ type: 'RetryCard', card: 'ARCH-2', reason: 'r' });
    expect(answer.status).toBe(409);
    expect(answer.json<Problem>()).toMatchObject({ code: 'wrong-state', title: expect.stringContaining('ARCH-2') });
  });

  it('a rollback whose preview is stale is refused with 409, and goes through with the new one', async () => {
    await command({ type: 'SkipCard', card: 'ARCH-1', reason: 'r' });
    const shown = async () => (await harness.browser.get('/api/cards/ARCH-1/reach')).json<ReachPage>().reach;
    const before = await shown();
    await command({ type: 'SkipCard', card: 'ARCH-2', reason: 'r' });
    const body = { type: 'RollBack', card: 'ARCH-1', reason: 'misread' };
    const stale = await command({ ...body, shown: before });
    expect(stale.status).toBe(409);
    expect(stale.json<Problem>()).toMatchObject({ code: 'stale-preview' });
    expect((await command({ ...body, shown: await shown() })).status).toBe(200);
  });

  it('as broken JSON is 400, of 5 MB 413', async () => {
    const headers = { cookie: harness.browser.cookie, 'content-type': 'application/json', 'x-squados': '1' };
    const send = (body: string) => ask(harness.browser.base, '/api/commands', { method: 'POST', headers, body });
    expect((await send('{')).status).toBe(400);
    expect((await send(JSON.stringify({ type: 'x'.repeat(5e6) }))).status).toBe(413);
  });
});

describe('a document', () => {
  it('is shown before it is begun, and begun once', async () => {
    const shown = (
      await harness.browser.post('/api/intake/preview', { files: [file('shop.md', '# Shop')] })
    ).json<IntakePreview>();
    expect(shown).toMatchObject({ title: 'shop.md', expectedCards: 3 });
    expect(begun).toBe(0);
    expect((await harness.browser.post('/api/intake/begin', { preview: shown.id })).status).toBe(200);
    expect((await harness.browser.post('/api/intake/begin', { preview: shown.id })).status).toBe(409);
    expect(begun).toBe(1);
  });

  it('that is none is refused with file, place and remedy', async () => {
    const answer = await harness.browser.post('/api/intake/preview', { files: [file('broken.md', 'broken')] });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json<Problem>()).toMatchObject({
      title: 'broken.md: this is no requirements document',
      details: ['broken.md:3: there is no heading'],
      remedy: ['give it a heading'],
    });
  });

  it('keeps of its name what is a name', async () => {
    const names = ['../../etc/pass\u0000wd', 'C:\\docs\\a.md', '..', ' '];
    const titles = await Promise.all(
      names.map(async (name) =>
        (await harness.browser.post('/api/intake/preview', { files: [file(name, '#')] })).json<IntakePreview>(),
      ),
    );
    expect(titles.map(({ title }) => title)).toEqual(['passwd', 'a.md', 'document', 'document']);
  });

  it.each([
    [{}],
    [{ files: [] }],
    [{ files: [{ name: 1 }] }],
    [{ files: Array.from({ length: 21 }, () => file('a', '')) }],
  ])('missing in %j is 400', async (body) =>
    expect((await harness.browser.post('/api/intake/preview', body)).status).toBe(400),
  );

  it('of 100 MB is refused with 413 before it is read, and the gateway goes on', async () => {
    const headers = { cookie: harness.browser.cookie, 'content-type': 'application/json', 'x-squados': '1' };
    const body = Buffer.alloc(100_000_000, 0x61);
    const before = process.memoryUsage().rss;
    const answer = await ask(harness.browser.base, '/api/intake/preview', { method: 'POST', headers, body });
    expect(answer.status).toBe(413);
    expect(answer.json<Problem>()).toMatchObject({
      code: 'too-large',
      remedy: [expect.stringContaining('squados run')],
    });
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
    expect((await harness.browser.get('/api/board')).status).toBe(200);
  });

  it('cannot be dropped where the folder belongs to another process', async () => {
    const other = await openHarness();
    try {
      expect((await other.browser.post('/api/intake/preview', { files: [file('a.md', '#')] })).status).toBe(409);
    } finally {
      await other.stop();
    }
  });
});

describe('a gateway', () => {
  it('takes the next free port when its own is taken, and says so', async () => {
    const other = await openHarness({ port: harness.gateway.port });
    try {
      expect(other.gateway).toMatchObject({ isElsewhere: true });
      expect(other.gateway.port).toBeGreaterThan(harness.gateway.port);
    } finally {
      await other.stop();
    }
  });

  it('whose page is not built says how to build it', async () => {
    const answer = await harness.browser.get('/');
    expect(answer.status).toBe(503);
    expect(answer.text).toContain('npm run build');
  });

  it('shows an empty folder as such', async () => {
    const empty = await openHarness();
    try {
      expect((await empty.browser.get('/api/board')).json<unknown>()).toEqual({ position: 0, rows: [] });
      expect((await empty.browser.post('/api/commands', { type: 'ResumeProject' })).status).toBe(404);
    } finally {
      await empty.stop();
    }
  });
});
