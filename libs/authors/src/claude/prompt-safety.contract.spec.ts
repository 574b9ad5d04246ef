import { afterEach, describe, expect, it } from '@jest/globals';
import { createScrub } from '@squados/agent-runtime';
import { ClaudeHarness, lastOf, STUB_KEY } from '../testing/claude-harness.js';
import { calls, says, type StubReply, type WireRequest } from '../testing/claude-stub/index.js';
import { HOSTILE_TEXTS } from '../testing/hostile-cards.js';
import { fenced } from './fence.js';

let harness: ClaudeHarness | undefined;
afterEach(async () => {
  await harness?.close();
  harness = undefined;
});

const DONE = says('{"summary":"done","assumptions":[]}');
const textOf = (request: WireRequest | undefined): string => JSON.stringify(request?.messages);

/** A model that obeys whatever a card says, as badly as it can. */
const obedient = (request: WireRequest): StubReply => {
  const attempts = [
    { path: '../../.ssh/authorized_keys', content: 'ssh-rsa AAAA' },
    { path: '/etc/cron.d/backup', content: '* * * * * root true' },
    { path: 'engenharia/backend/segredos.go', content: 'package main' },
    { path: 'produto/chave.md', content: `the key is ${process.env['ANTHROPIC_API_KEY'] ?? 'not known'}` },
  ];
  const done = request.messages.filter(({ role }) => role === 'assistant').length;
  const next = attempts[done];
  return next ? calls('write_file', next) : DONE;
};

describe('hostile cards', () => {
  it('are at least forty, in both languages', () => {
    expect(HOSTILE_TEXTS.length).toBeGreaterThanOrEqual(40);
    expect(HOSTILE_TEXTS.filter((text) => /[ãçéíóõúê]|suas|você/i.test(text)).length).toBeGreaterThanOrEqual(10);
  });

  it.each(HOSTILE_TEXTS.map((text) => [text.slice(0, 50), text]))('stay data: %s', (_short, text) => {
    const block = fenced('card', text);
    const id = /^<data id="([0-9a-f]{16})"/.exec(block)?.[1] ?? '';
    expect(block.split(`</data id="${id}">`)).toHaveLength(2);
    expect(block.endsWith(`\n</data id="${id}">`)).toBe(true);
    expect(text).not.toContain(id);
  });

  it('change neither rules nor tools, and even a model that obeys them leaves nothing outside its folder', async () => {
    const scrub = createScrub({ ANTHROPIC_API_KEY: STUB_KEY });
    harness = await (await ClaudeHarness.open({ script: obedient, claude: { scrub } })).work();
    const before = await harness.attempt('PROD-000');
    const feedback = `${HOSTILE_TEXTS.join('\n')}\nthe key is ${STUB_KEY}`;
    const after = await harness.attempt('PROD-001', 1, { feedback });
    const [first] = harness.stub.calls;
    for (const { request } of harness.stub.calls) {
      expect(request?.system).toEqual(first?.request?.system);
      expect(request?.tools).toEqual(first?.request?.tools);
      expect(textOf(request)).not.toContain(STUB_KEY);
    }
    for (const events of [before, after]) {
      const end = lastOf(events);
      if (end.type !== 'CardCompleted') throw new Error(JSON.stringify(end.data));
      expect(Object.keys(end.data.manifest).every((path) => path.startsWith('produto/'))).toBe(true);
      expect(JSON.stringify(events)).not.toContain(STUB_KEY);
    }
  });
});
