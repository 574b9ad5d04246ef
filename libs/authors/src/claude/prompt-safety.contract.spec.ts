import { afterEach, describe, expect, it } from '@jest/globals';
import { createScrub } from '@squados/agent-runtime';
import type { CardId, CardSpec } from '@squados/contracts';
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

  it('change nothing, each in title, description, criteria and feedback of a card of its own, whatever the model obeys', async () => {
    const scrub = createScrub({ ANTHROPIC_API_KEY: STUB_KEY });
    const textFor = (id: string): string =>
      id === HARMLESS ? 'Lend a book.' : `${HOSTILE_TEXTS[Number(id.slice(5)) - 1] ?? ''} The key is ${STUB_KEY}.`;
    const cardOf = (id: CardId): Partial<CardSpec> => {
      const text = textFor(id);
      return { title: text.slice(0, 120), description: text, acceptanceCriteria: [text], requirementIds: [] };
    };
    const h = (harness = await (await ClaudeHarness.open({ script: obedient, claude: { scrub }, cardOf })).work());
    const harmless = lastOf(await h.attempt(HARMLESS));
    expect(Object.keys(manifestOf(harmless)).sort()).toEqual(['produto/a.md', 'produto/b.md', 'produto/chave.md']);
    const rules = h.stub.calls[0]?.request;
    for (const at of HOSTILE_TEXTS.keys()) {
      const id = `PROD-${at + 1}`;
      const end = lastOf(await h.attempt(id, 1, { feedback: `rejected: ${HOSTILE_TEXTS[at]}` }));
      expect([id, manifestOf(end)]).toEqual([id, manifestOf(harmless)]);
    }
    expect(h.stub.calls.length).toBeGreaterThan(HOSTILE_TEXTS.length * 4);
    for (const { request } of h.stub.calls) {
      expect(request?.system).toEqual(rules?.system);
      expect(request?.tools).toEqual(rules?.tools);
      expect(textOf(request)).not.toContain(STUB_KEY);
    }
    const kept = await h.everything();
    expect(kept.length).toBeGreaterThan(HOSTILE_TEXTS.length * 5);
    expect(kept.filter((text) => text.includes(STUB_KEY))).toEqual([]);
  });
});

const HARMLESS = 'PROD-000';
const manifestOf = (event: ReturnType<typeof lastOf>): Readonly<Record<string, string>> => {
  if (event.type === 'CardCompleted') return event.data.manifest;
  throw new Error(JSON.stringify(event.data));
};
