import Anthropic, { APIConnectionError, APIError } from '@anthropic-ai/sdk';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  calls,
  ClaudeStub,
  fails,
  fromCassette,
  inOrder,
  readCassette,
  recording,
  says,
  writeCassette,
  type CassetteEntry,
  type ClaudeStubOptions,
} from './index.js';

type Params = Anthropic.MessageCreateParamsNonStreaming;

const KEY = 'sk-ant-test-not-a-real-key';
const MODEL = 'claude-opus-5-5';
const LONG = 'A rule of the project that never changes. '.repeat(120);

let stub: ClaudeStub | undefined;
const opened = async (options: Partial<ClaudeStubOptions>, apiKey = KEY): Promise<Anthropic> => {
  stub = await ClaudeStub.start({ key: KEY, script: () => says('hello'), ...options });
  return new Anthropic({ apiKey, baseURL: stub.url, maxRetries: 0, timeout: 10_000 });
};
afterEach(async () => {
  await stub?.close();
  stub = undefined;
});

const ask = (text: string, extra: Partial<Params> = {}): Params => ({
  model: MODEL,
  max_tokens: 1000,
  messages: [{ role: 'user', content: text }],
  ...extra,
});
const cachedSystem = (text: string, ttl: '5m' | '1h' = '5m'): Anthropic.TextBlockParam[] => [
  { type: 'text', text, cache_control: { type: 'ephemeral', ttl } },
];
const statusOf = async (call: Promise<unknown>): Promise<number | undefined> => {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof APIError ? error.status : undefined;
};
const writeFile: Anthropic.Tool = {
  name: 'write_file',
  strict: true,
  input_schema: {
    type: 'object',
    properties: { path: { type: 'string' }, content: { type: 'string' } },
    required: ['path', 'content'],
    additionalProperties: false,
  },
};

const user = (content: string) => ({ role: 'user', content });
const uses = (id: string, input: unknown = {}) => ({
  role: 'assistant',
  content: [{ type: 'tool_use', id, name: 'write_file', input }],
});
const results = (id: string, before?: string, times = 1, content = 'written') => ({
  role: 'user',
  content: [
    ...(before === undefined ? [] : [{ type: 'text', text: before }]),
    ...Array.from({ length: times }, () => ({
      ...{ type: 'tool_result', tool_use_id: id, content },
      ...(content === '' && { cache_control: { type: 'ephemeral' } }),
    })),
  ],
});
const choosing = (name: string) => ({ tools: [writeFile], tool_choice: { type: 'tool', name } });

describe('the stub of the Messages API, with the SDK as it is', () => {
  it('streams a text and bills what its usage says', async () => {
    const client = await opened({ script: () => says('olá, wörld 🚀 '.repeat(20)) });
    const message = await client.messages.stream(ask('hi')).finalMessage();
    expect(message.content).toEqual([{ type: 'text', text: 'olá, wörld 🚀 '.repeat(20), citations: null }]);
    expect(message.stop_reason).toBe('end_turn');
    const [call] = stub?.calls ?? [];
    expect(call?.usage).toMatchObject({ input: message.usage.input_tokens, output: message.usage.output_tokens });
    expect(call?.nanoUsd).toBe(message.usage.input_tokens * 4_000 + message.usage.output_tokens * 20_000);
  });

  it('answers whole, counts tokens, lists models, parses structured output', async () => {
    const client = await opened({ script: () => says('{"score":7}') });
    const { input_tokens } = await client.messages.countTokens({ model: MODEL, messages: ask('hi').messages });
    expect((await client.messages.create(ask('hi'))).usage.input_tokens).toBe(input_tokens);
    expect((await client.models.list()).data.map(({ id }) => id)).toContain(MODEL);
    const schema = {
      type: 'object',
      properties: { score: { type: 'integer' } },
      required: ['score'],
      additionalProperties: false,
    };
    const parsed = await client.messages.create(
      ask('judge', { output_config: { format: { type: 'json_schema', schema } } }),
    );
    expect(parsed.content[0]).toMatchObject({ text: '{"score":7}' });
  });

  it('calls a tool, and takes thinking back only unchanged and after the same conversation', async () => {
    const input = { path: 'a.md', content: 'x'.repeat(200) };
    const client = await opened({ script: inOrder(calls('write_file', input), says('done'), says('done')) });
    const first = await client.messages.stream(ask('write', { tools: [writeFile] })).finalMessage();
    expect(first.stop_reason).toBe('tool_use');
    const use = first.content.find((block) => block.type === 'tool_use');
    expect(use?.input).toEqual(input);
    const result = { type: 'tool_result' as const, tool_use_id: use?.id ?? '', content: 'written' };
    const turns = (opening: string): Anthropic.MessageParam[] => [
      { role: 'user', content: opening },
      { role: 'assistant', content: first.content as Anthropic.ContentBlockParam[] },
      { role: 'user', content: [result] },
    ];
    const second = await client.messages.create({ ...ask(''), tools: [writeFile], messages: turns('write') });
    expect(second.stop_reason).toBe('end_turn');
    expect(await statusOf(client.messages.create({ ...ask(''), tools: [writeFile], messages: turns('other') }))).toBe(
      400,
    );
    const unanswered = [...turns('write').slice(0, 2), { role: 'user' as const, content: 'go on' }];
    expect(await statusOf(client.messages.create({ ...ask(''), tools: [writeFile], messages: unanswered }))).toBe(400);
  });

  it('cuts an answer at max_tokens, in the middle of a tool call too', async () => {
    const client = await opened({ script: () => calls('write_file', { path: 'a', content: 'long '.repeat(400) }) });
    const message = await client.messages.stream(ask('x', { tools: [writeFile], max_tokens: 60 })).finalMessage();
    expect(message.stop_reason).toBe('max_tokens');
    expect(message.usage.output_tokens).toBe(60);
    expect(message.content.at(-1)).toMatchObject({ type: 'tool_use', input: { path: 'a' } });
  });

  it('says why it refuses to answer', async () => {
    const refusal = { category: 'cyber', explanation: 'no malware' };
    const client = await opened({ script: () => says('', { content: [], stopReason: 'refusal', refusal }) });
    const message = await client.messages.stream(ask('x')).finalMessage();
    expect(message.stop_details).toEqual({ type: 'refusal', ...refusal });
  });

  it('breaks off in mid-stream, tells errors there, and goes slowly', async () => {
    const client = await opened({
      script: inOrder(
        says('word '.repeat(100), { dropAfter: 5 }),
        says('word', { failAfter: { events: 3, type: 'overloaded_error', message: 'busy' } }),
        { kind: 'hang-up' },
        says('slow', { paceMs: 60_000 }),
      ),
    });
    await expect(client.messages.stream(ask('1')).finalMessage()).rejects.toThrow(Anthropic.AnthropicError);
    await expect(client.messages.stream(ask('2')).finalMessage()).rejects.toMatchObject({ type: 'overloaded_error' });
    await expect(client.messages.stream(ask('3')).finalMessage()).rejects.toThrow(APIConnectionError);
    const signal = AbortSignal.timeout(100);
    await expect(client.messages.stream(ask('4'), { signal }).finalMessage()).rejects.toThrow('aborted');
    expect(stub?.calls.map(({ cutOff }) => cutOff).slice(0, 3)).toEqual([true, true, true]);
    expect(stub?.calls[0]?.usage?.output).toBeGreaterThan(0);
  });

  it.each([
    [400, Anthropic.BadRequestError],
    [413, Anthropic.ContentTooLargeError],
    [429, Anthropic.RateLimitError],
    [500, Anthropic.InternalServerError],
    [529, Anthropic.OverloadedError],
  ] as const)('answers %i with the SDK’s own error class', async (status, errorClass) => {
    const client = await opened({ script: () => fails(status, { retryAfter: 7 }) });
    const failure = client.messages.create(ask('x'));
    await expect(failure).rejects.toBeInstanceOf(errorClass);
    await expect(failure).rejects.toMatchObject({ status, requestID: expect.stringMatching(/^req_/) });
    expect(((await failure.catch((error: unknown) => error)) as APIError).headers?.get('retry-after')).toBe('7');
    expect(stub?.billed).toBe(0);
  });

  it.each<[string, Record<string, unknown>, number]>([
    ['sampling parameters', { temperature: 0.2 }, 400],
    ['fields that it does not know', { favourite: true }, 400],
    ['no max_tokens', { max_tokens: undefined }, 400],
    ['more than the model can write', { max_tokens: 200_000 }, 400],
    ['an unknown model', { model: 'claude-unknown' }, 404],
    ['no message', { messages: [] }, 400],
    [
      'an answer put into its mouth',
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
        ],
      },
      400,
    ],
    ['an empty text', { messages: [{ role: 'user', content: [{ type: 'text', text: '' }] }] }, 400],
    ['a text of blanks', { messages: [{ role: 'user', content: [{ type: 'text', text: ' \n' }] }] }, 400],
    ['half a character', { messages: [{ role: 'user', content: 'cut here: \ud83d' }] }, 400],
    ['a conversation that the model begins', { messages: [{ role: 'assistant', content: 'a' }, user('b')] }, 400],
    ['a message without content', { messages: [{ role: 'user', content: [] }] }, 400],
    ['a tool call without its result', { messages: [user('a'), uses('t1'), user('go on')] }, 400],
    ['a result without its tool call', { messages: [user('a'), results('t1')] }, 400],
    ['a result behind other words', { messages: [user('a'), uses('t1'), results('t1', 'first')] }, 400],
    ['two results of one tool call', { messages: [user('a'), uses('t1'), results('t1', undefined, 2)] }, 400],
    [
      'the id of a tool call twice',
      { messages: [user('a'), uses('t1'), results('t1'), uses('t1'), results('t1')] },
      400,
    ],
    ['a tool call whose input is no object', { messages: [user('a'), uses('t1', 'text'), results('t1')] }, 400],
    ['a mark on an empty result', { messages: [user('a'), uses('t1'), results('t1', undefined, 1, '')] }, 400],
    ['a tool that is not there', { model: 'claude-haiku-5-5', ...choosing('read_file') }, 400],
    ['a budget for thinking', { model: 'claude-haiku-5-5', thinking: { type: 'enabled', budget_tokens: 2_000 } }, 400],
    ['forced tool use', { tools: [writeFile], tool_choice: { type: 'any' } }, 400],
    ['thinking switched off', { thinking: { type: 'disabled' } }, 400],
    ['a tool twice', { tools: [writeFile, writeFile] }, 400],
    [
      'a schema that stays open',
      { output_config: { format: { type: 'json_schema', schema: { type: 'object' } } } },
      400,
    ],
    [
      'a schema with ranges',
      { output_config: { format: { type: 'json_schema', schema: { type: 'integer', minimum: 1 } } } },
      400,
    ],
    ['five breakpoints', { system: [1, 2, 3, 4, 5].flatMap((n) => cachedSystem(`rule ${n}`)) }, 400],
    ['1 h after 5 min', { system: [...cachedSystem('a', '5m'), ...cachedSystem('b', '1h')] }, 400],
  ])('refuses %s', async (_what, extra, status) => {
    const client = await opened({});
    expect(await statusOf(client.messages.create(ask('x', extra)))).toBe(status);
  });

  it('lets nobody in without the key, and takes no body that is too large', async () => {
    const client = await opened({ maxBodyBytes: 2_000 }, 'sk-ant-wrong');
    expect(await statusOf(client.messages.create(ask('x')))).toBe(401);
    const right = new Anthropic({ apiKey: KEY, baseURL: stub?.url ?? null, maxRetries: 0 });
    expect(await statusOf(right.messages.create(ask(LONG)))).toBe(413);
    const old = { 'x-api-key': KEY, 'anthropic-version': '2023-06-01', 'content-type': 'application/json' };
    const answer = await fetch(`${stub?.url}/v1/messages`, {
      method: 'POST',
      headers: old,
      body: JSON.stringify(ask('x')),
    });
    expect(answer.status).toBe(200);
  });

  it('keeps its limits, tells them in headers, and says how long to wait', async () => {
    let now = Date.parse('2026-11-01T00:00:00Z');
    const limits = { requests: 2, inputTokens: 100_000, outputTokens: 100_000 };
    const client = await opened({ limits, now: () => now });
    const { response } = await client.messages.create(ask('x')).withResponse();
    expect(response.headers.get('anthropic-ratelimit-requests-remaining')).toBe('1');
    expect(response.headers.get('anthropic-ratelimit-input-tokens-reset')).toMatch(/^2026-11-01T00:00:\d\dZ$/);
    await client.messages.create(ask('x'));
    const third = await client.messages.create(ask('x')).catch((error: unknown) => error);
    expect((third as APIError).headers?.get('retry-after')).toBe('30');
    now += 30_000;
    expect(await statusOf(client.messages.create(ask('x')))).toBeUndefined();
  });

  it('plays a cassette back, and says what it has no answer to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cassette-'));
    try {
      const entries: CassetteEntry[] = [];
      const client = await opened({ script: recording(() => says('kept'), entries) });
      await client.messages.create(ask('x'));
      await writeCassette(join(folder, 'one.jsonl'), entries);
      await stub?.close();
      const again = await opened({ script: fromCassette(await readCassette(join(folder, 'one.jsonl'))) });
      expect((await again.messages.create(ask('x'))).content[0]).toMatchObject({ text: 'kept' });
      expect(await statusOf(again.messages.create(ask('y')))).toBe(500);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('its cache of prompts', () => {
  const used = async (client: Anthropic, params: Params): Promise<readonly number[]> => {
    const { usage } = await client.messages.create(params);
    return [usage.cache_creation_input_tokens ?? -1, usage.cache_read_input_tokens ?? -1];
  };

  it('writes a prefix once and reads it while it lives; a read renews it', async () => {
    let now = 0;
    const client = await opened({ now: () => now });
    const params = ask('q', { system: cachedSystem(LONG) });
    const [written] = await used(client, params);
    expect(written).toBeGreaterThan(1_024);
    now += 4 * 60_000;
    expect(await used(client, { ...params, messages: [{ role: 'user', content: 'another' }] })).toEqual([0, written]);
    now += 4 * 60_000;
    expect(await used(client, params)).toEqual([0, written]);
    now += 5 * 60_000;
    expect(await used(client, params)).toEqual([written, 0]);
  });

  it('keeps an hour what was marked so, at the hour’s price', async () => {
    let now = 0;
    const client = await opened({ now: () => now });
    const params = ask('q', { system: cachedSystem(LONG, '1h') });
    const { usage } = await client.messages.create(params);
    expect(usage.cache_creation).toMatchObject({ ephemeral_5m_input_tokens: 0 });
    expect(stub?.billed).toBe(
      usage.input_tokens * 4_000 + usage.output_tokens * 20_000 + (usage.cache_creation_input_tokens ?? 0) * 8_000,
    );
    now += 59 * 60_000;
    expect((await used(client, params))[1]).toBe(usage.cache_creation_input_tokens);
  });

  it('reads nothing after any byte before the breakpoint has changed, of a tool too, or for another model', async () => {
    const client = await opened({});
    const params = ask('q', { tools: [writeFile], system: cachedSystem(LONG) });
    await used(client, params);
    const otherTool = { ...writeFile, description: 'writes' };
    expect((await used(client, { ...params, tools: [otherTool] }))[1]).toBe(0);
    expect((await used(client, { ...params, system: cachedSystem(`${LONG}!`) }))[1]).toBe(0);
    expect((await used(client, { ...params, model: 'claude-sonnet-5-5' }))[1]).toBe(0);
    expect((await used(client, params))[1]).toBeGreaterThan(0);
  });

  it('does not cache what is below the minimum, and says nothing about it', async () => {
    const client = await opened({});
    const params = ask('q', { system: cachedSystem('short') });
    expect(await used(client, params)).toEqual([0, 0]);
    expect(await used(client, params)).toEqual([0, 0]);
  });

  it('grows with a conversation, and finds an entry at most 20 blocks back', async () => {
    const client = await opened({});
    const block = (text: string) => ({ type: 'text' as const, text });
    const marked = (text: string) => ({ ...block(text), cache_control: { type: 'ephemeral' as const } });
    const first = ask('', { messages: [{ role: 'user', content: [marked(LONG)] }] });
    const [written] = await used(client, first);
    const near = Array.from({ length: 19 }, (_, at) => block(`step ${at}`));
    const grown = ask('', { messages: [{ role: 'user', content: [block(LONG), ...near, marked('end')] }] });
    expect((await used(client, grown))[1]).toBe(written);
    const far = Array.from({ length: 30 }, (_, at) => block(`stage ${at}`));
    const grownFar = ask('', { messages: [{ role: 'user', content: [block(LONG), ...far, marked('end')] }] });
    expect((await used(client, grownFar))[1]).toBe(0);
  });
});
