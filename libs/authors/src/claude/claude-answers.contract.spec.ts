import { afterEach, describe, expect, it } from '@jest/globals';
import { begun, called, ClaudeHarness, lastOf, type HarnessOptions } from '../testing/claude-harness.js';
import { calls, inOrder, says, type MessageReply } from '../testing/claude-stub/index.js';
import { createAnthropicClient } from './anthropic-client.js';

let harness: ClaudeHarness | undefined;
const opened = async (options: HarnessOptions): Promise<ClaudeHarness> =>
  (harness = await ClaudeHarness.open(options)).work();
afterEach(async () => {
  await harness?.close();
  harness = undefined;
});

const PATH = 'produto/a.md';
const DONE = says('{"summary":"melhorou","assumptions":["uma só moeda"]}');
const writes = (path: string, content: string): MessageReply => calls('write_file', { path, content });

/** What one attempt makes of a model's answers: its file, and what the model was told last. */
const made = async (script: HarnessOptions['script'], more: Partial<HarnessOptions> = {}) => {
  const h = await opened({ script, ...more });
  const events = await h.attempt('PROD-001');
  const end = lastOf(events);
  const manifest = end.type === 'CardCompleted' ? end.data.manifest : {};
  const textAt = async (path: string): Promise<string> =>
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(await h.artifacts.get(manifest[path] as never));
  const answers = JSON.stringify(h.stub.calls.at(-1)?.request?.messages);
  return { end, events, manifest, textAt, answers, stub: h.stub };
};

describe('files as models write them', () => {
  it('lose a byte order mark and carriage returns, and keep everything else', async () => {
    const { textAt } = await made(inOrder(writes(PATH, '\uFEFF# Título\r\n\r\nação\trápida 🚀\r\n'), DONE));
    expect(await textAt(PATH)).toBe('# Título\n\nação\trápida 🚀\n');
  });

  it.each([
    ['bytes that are no text', PATH, 'GIF89a\u0000\u0001', 'control characters'],
    ['the twin of a file that is there', 'produto/A.md', '# A', 'one file where case or form'],
    ['a file below a file', 'produto/a.md/part.md', '# A', 'also the folder of'],
    ['an absolute path', '/produto/a.md', '# A', 'absolute path'],
    ['a path of another system', 'produto\\a.md', '# A', 'a backslash'],
  ])('are answered with what is wrong, and the card lives: %s', async (_what, path, content, why) => {
    const { end, answers } = await made(inOrder(writes(path, content), DONE));
    expect(end).toMatchObject({ type: 'CardCompleted', data: { author: 'offline' } });
    expect(answers).toContain(why);
  });

  it('stay as they are where only their beginning was shown', async () => {
    const files = { [PATH]: `# A\n${'line\n'.repeat(20_000)}` };
    const { end, answers } = await made(inOrder(calls('read_file', { path: PATH }), writes(PATH, '# A\n'), DONE), {
      files,
    });
    expect(end).toMatchObject({ type: 'CardCompleted', data: { author: 'offline' } });
    expect(answers).toContain('you have only seen the first 60000 characters');
  });

  it('may come several in one answer, and twice to one path: the last one stands', async () => {
    const write = (path: string, content: string) => ({
      type: 'tool_use' as const,
      name: 'write_file',
      input: { path, content },
    });
    const all = [write(PATH, 'one'), write('produto/b.md', 'two'), write(PATH, 'three')];
    const { textAt } = await made(inOrder({ kind: 'message', content: all }, DONE));
    expect([await textAt(PATH), await textAt('produto/b.md')]).toEqual(['three', 'two']);
  });
});

describe('answers as models give them', () => {
  it('without a word after a result are asked for once more, and not for ever', async () => {
    const silent: MessageReply = { kind: 'message', content: [{ type: 'thinking' }] };
    const { end, stub } = await made(inOrder(calls('read_file', { path: PATH }), silent, writes(PATH, 'new'), DONE));
    expect(end).toMatchObject({ type: 'CardCompleted', data: { metrics: { filesByModel: 1 } } });
    expect(JSON.stringify(stub.calls[2]?.request?.messages)).toContain('Your answer was empty');
    await harness?.close();
    const never = await made(inOrder(silent, silent, silent));
    expect(never.end).toMatchObject({ type: 'CardCompleted', data: { author: 'offline' } });
  });

  it('with blanks for a text between calls can be gone on from', async () => {
    const blank = { type: 'text' as const, text: '\n\n' };
    const write = { type: 'tool_use' as const, name: 'write_file', input: { path: PATH, content: 'new' } };
    const { end } = await made(inOrder({ kind: 'message', content: [blank, write] }, DONE));
    expect(end).toMatchObject({ type: 'CardCompleted', data: { metrics: { filesByModel: 1 } } });
  });

  it('that never end are taken as far as they went: the checks say what it is worth', async () => {
    const { end, stub } = await made(() => writes(PATH, 'once more'), { claude: { mostAnswers: 4 } });
    expect(end).toMatchObject({ type: 'CardCompleted', data: { metrics: { filesByModel: 1 } } });
    expect(stub.calls).toHaveLength(4);
    await harness?.close();
    const reading = await made(() => calls('read_file', { path: PATH }), { claude: { mostAnswers: 2 } });
    expect(reading.end).toMatchObject({ type: 'CardFailed', data: { code: 'model-unfinished' } });
  });

  it('that were cut off may become twice as long the next time', async () => {
    const long = writes(PATH, 'word '.repeat(14_000));
    const { end, stub } = await made(inOrder(long, long, DONE));
    expect(end).toMatchObject({ type: 'CardCompleted', data: { metrics: { filesByModel: 1 } } });
    expect(stub.calls.map(({ request }) => request?.maxTokens)).toEqual([16_000, 32_000, 32_000]);
  });

  it('that were cut off behind a thought are gone on from without it', async () => {
    const think = { type: 'thinking' as const };
    const write = (content: string) => ({
      type: 'tool_use' as const,
      name: 'write_file',
      input: { path: PATH, content },
    });
    const cut: MessageReply = { kind: 'message', content: [think, write('one'), think, write('x '.repeat(40_000))] };
    const { end } = await made(inOrder(cut, DONE));
    expect(end).toMatchObject({ type: 'CardCompleted', data: { metrics: { filesByModel: 1 } } });
  });

  it('that fall silent in the middle are given up, and charged in full', async () => {
    const slow = says('{"summary":"late","assumptions":[]}', { paceMs: 60_000 });
    const h = (harness = await ClaudeHarness.open({ script: inOrder(slow) }));
    await h.work({ client: createAnthropicClient({ ...h.access, timeoutMs: 2_000 }), retryAfterMs: [] });
    const events = await h.attempt('PROD-001');
    expect(called(events).map(({ code, message }) => [code, message])).toEqual([
      ['cut-off', expect.stringContaining('fell silent')],
    ]);
    expect(called(events)[0]?.nanoUsd).toBe(begun(events)[0]?.reserved.nanoUsd);
  });
});

describe('what is said to a model', () => {
  it('holds no half characters, wherever a text was cut', async () => {
    const files = { [PATH]: `${'x'.repeat(59_999)}🚀 ends here` };
    const { end, answers } = await made(inOrder(calls('read_file', { path: PATH }), DONE), { files });
    expect(answers).toContain('\uFFFD\\n[cut here');
    expect(end.type).toBe('CardCompleted');
  });
});

describe('a card', () => {
  it('that nobody set money aside for is left to the offline author, where that is the rule, and says so', async () => {
    const h = await opened({ script: inOrder(DONE), claude: { needsAllowance: true } });
    const end = lastOf(await h.attempt('PROD-001'));
    expect(end).toMatchObject({ type: 'CardCompleted', data: { author: 'offline' } });
    expect(JSON.stringify(end.data)).toContain('no budget is set for this project');
    expect(h.stub.calls).toHaveLength(0);
    const paid = await h.attempt('PROD-002', 1, { allowance: { nanoUsd: 1e9, tokens: 1e6 } });
    expect(called(paid)).toHaveLength(1);
  });
});
