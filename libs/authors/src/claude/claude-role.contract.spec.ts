import { scriptedGate } from '@squados/agent-runtime/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { begun, called, ClaudeHarness, lastOf, type HarnessOptions } from '../testing/claude-harness.js';
import { calls, fails, inOrder, says, type StubReply } from '../testing/claude-stub/index.js';

let harness: ClaudeHarness | undefined;
const opened = async (options: HarnessOptions): Promise<ClaudeHarness> =>
  (harness = await ClaudeHarness.open(options)).work();
afterEach(async () => {
  await harness?.close();
  harness = undefined;
});

const DONE = says('{"summary":"better","assumptions":["one currency"]}');
const writes = (path: string, content: string): StubReply => calls('write_file', { path, content });
const fileGate = (holds: (text: string) => boolean) =>
  scriptedGate('tsc', ({ files }) => {
    const ok = holds(files.get('produto/a.md') ?? '');
    const finding = {
      path: 'a.md',
      line: 1,
      severity: 'error' as const,
      message: 'Type error in /tmp/x-1/a.md, 12 ms',
    };
    return Promise.resolve({
      ...{ outcome: ok ? ('pass' as const) : ('fail' as const), command: 'tsc', summary: ok ? 'clean' : 'one error' },
      ...(ok ? {} : { findings: [finding] }),
      isolation: { level: 0 as const, by: 'none' },
    });
  });

describe('the Claude author', () => {
  it('writes files over the draft, records every call with its price, and reads its prompt from the cache', async () => {
    const script = inOrder(calls('read_file', { path: 'produto/a.md' }), writes('produto/a.md', '# Better\n'), DONE);
    const { attempt, artifacts, stub } = bound(await opened({ script }));
    const events = await attempt('PROD-001');
    const end = lastOf(events);
    if (end.type !== 'CardCompleted') throw new Error(JSON.stringify(end.data));
    expect(end.data).toMatchObject({ author: 'claude+offline', metrics: { filesByModel: 1 } });
    expect(end.data.assumptions).toEqual(expect.arrayContaining(['drafted', 'one currency']));
    const text = await artifacts.get(end.data.manifest['produto/a.md'] as never);
    expect(new TextDecoder().decode(text)).toBe('# Better\n');
    expect(called(events).map(({ outcome, stopReason }) => [outcome, stopReason])).toEqual([
      ['answered', 'calls'],
      ['answered', 'calls'],
      ['answered', 'done'],
    ]);
    expect(begun(events)).toHaveLength(3);
    expect(called(events).reduce((sum, { nanoUsd }) => sum + nanoUsd, 0)).toBe(stub.billed);
    const after = called(events).slice(1);
    const sum = (of: (u: (typeof after)[0]['usage']) => number): number => after.reduce((s, c) => s + of(c.usage), 0);
    const prompt = sum((u) => u.input + u.cacheRead + u.cacheWrite5m + u.cacheWrite1h);
    expect(sum((u) => u.cacheRead) / prompt).toBeGreaterThan(0.8);
    for (const [at, { reserved }] of begun(events).entries())
      expect(reserved.nanoUsd).toBeGreaterThanOrEqual(called(events)[at]?.nanoUsd ?? 0);
  });

  it('goes on after an answer that was too long, without the call that was cut off', async () => {
    const long = { path: 'produto/a.md', content: 'x '.repeat(40_000) };
    const { attempt } = bound(
      await opened({ script: inOrder(calls('write_file', long), writes('produto/a.md', 'short'), DONE) }),
    );
    const events = await attempt('PROD-001');
    expect(called(events)[0]?.stopReason).toBe('cut');
    expect(lastOf(events)).toMatchObject({ type: 'CardCompleted', data: { metrics: { filesByModel: 1 } } });
  });

  it('tells the model what is wrong with a path, and takes none outside its folder', async () => {
    const paths = [
      '../../etc/passwd',
      'engenharia/backend/main.go',
      '/etc/passwd',
      'produto/../x',
      'produto/backlog.json',
    ];
    const { attempt, stub } = bound(await opened({ script: inOrder(...paths.map((path) => writes(path, 'x')), DONE) }));
    const events = await attempt('PROD-001');
    expect(lastOf(events)).toMatchObject({ type: 'CardCompleted', data: { author: 'offline' } });
    const answers = JSON.stringify(stub.calls.at(-1)?.request?.messages);
    expect(answers.match(/is_error/g)).toHaveLength(paths.length);
  });

  it('ends the card with the model’s words when it refuses', async () => {
    const refusal = { category: 'cyber', explanation: 'it asks for malware' };
    const script = inOrder({ kind: 'message', content: [], stopReason: 'refusal', refusal });
    const events = await bound(await opened({ script })).attempt('PROD-001');
    const message = 'the model refused: cyber: it asks for malware';
    expect(lastOf(events).data).toMatchObject({ kind: 'terminal', code: 'model-refused', message });
  });

  it('asks again after a refusal when somebody retries the card', async () => {
    const script = inOrder({ kind: 'message', content: [], stopReason: 'refusal' }, DONE);
    const { attempt, stub } = bound(await opened({ script }));
    await attempt('PROD-001');
    expect(lastOf(await attempt('PROD-001', 2)).type).toBe('CardCompleted');
    expect(stub.calls).toHaveLength(2);
  });

  it('asks nothing anew when the attempt before failed by the provider’s fault', async () => {
    const script = inOrder(writes('produto/a.md', 'new'), fails(500), fails(500), fails(500), DONE);
    const { attempt } = bound(await opened({ script }));
    expect(lastOf(await attempt('PROD-001')).data).toMatchObject({ code: 'model-provider-error' });
    const feedback = 'model-provider-error: api_error (req_1)';
    const again = called(await attempt('PROD-001', 2, { feedback })).slice(-2);
    expect(again.map(({ outcome }) => outcome)).toEqual(['recorded', 'answered']);
  });

  it('leaves reports of what was measured to who measured it', async () => {
    const { attempt, stub } = bound(await opened({ script: () => DONE }));
    expect(lastOf(await attempt('DEPLOY-001'))).toMatchObject({ type: 'CardCompleted', data: { author: 'offline' } });
    expect(stub.calls).toHaveLength(0);
  });

  it('does not ask for the same thing twice: a second attempt is answered from the record', async () => {
    const { attempt, stub } = bound(await opened({ script: inOrder(writes('produto/a.md', 'new'), DONE) }));
    const first = lastOf(await attempt('PROD-001'));
    const again = await attempt('PROD-001', 2);
    expect(stub.calls).toHaveLength(2);
    expect(called(again).map(({ outcome, nanoUsd }) => [outcome, nanoUsd > 0])).toEqual([
      ['answered', true],
      ['answered', true],
      ['recorded', false],
      ['recorded', false],
    ]);
    expect(manifestOf(lastOf(again))).toEqual(manifestOf(first));
  });

  it('answers from the record alone in a rerun, and names where a request differs', async () => {
    const h = await opened({ script: inOrder(writes('produto/a.md', 'new'), DONE) });
    const { attempt, stub } = bound(h);
    const first = lastOf(await attempt('PROD-001'));
    const { client: _client, ...recordedOnly } = h.claudeOptions;
    await h.close();
    const rerun = (harness = await ClaudeHarness.open({ script: inOrder() }));
    await rerun.workFromRecord(recordedOnly);
    expect(manifestOf(lastOf(await rerun.attempt('PROD-001')))).toEqual(manifestOf(first));
    expect(rerun.stub.calls).toHaveLength(0);
    expect(stub.calls).toHaveLength(2);
    const missed = lastOf(await rerun.attempt('PROD-002'));
    expect(missed.data).toMatchObject({ kind: 'terminal', code: 'not-recorded' });
    expect((missed.data as { message: string }).message).toMatch(
      /first differs at character \d+: recorded .*now .*PROD-002/,
    );
  });
});

describe('another model than the usual one', () => {
  it('goes on with a card in the next process and in a rerun, unless somebody chooses again', async () => {
    const HAIKU = 'claude-haiku-5-5';
    const choices = { agents: { product: HAIKU } };
    const h = await opened({ script: () => DONE, claude: { choices } });
    expect(lastOf(await h.attempt('PROD-001')).type).toBe('CardCompleted');
    expect(h.stub.calls[0]?.request?.model).toBe(HAIKU);
    const recorded = await h.read();
    expect(recorded.choicesWith({}).cards).toEqual({ 'PROD-001': HAIKU });
    expect(recorded.choicesWith({ cards: { 'PROD-001': 'claude-opus-5-5' } }).cards).toEqual({
      'PROD-001': 'claude-opus-5-5',
    });
    expect(recorded.choicesWith({ agents: { product: 'claude-opus-5-5' } }).cards).toEqual({});
    const { client: _client, ...options } = h.claudeOptions;
    await h.close();
    const rerun = (harness = await ClaudeHarness.open({ script: inOrder() }));
    await rerun.workFromRecord({ ...options, recorded, choices: recorded.choicesWith({}) });
    expect(lastOf(await rerun.attempt('PROD-001')).type).toBe('CardCompleted');
    expect(rerun.stub.calls).toHaveLength(0);
  });
});

describe('repairs', () => {
  it('send exactly what the checks said, on the same prefix, until the checks pass', async () => {
    const script = inOrder(
      ...[writes('produto/a.md', 'broken'), DONE, writes('produto/a.md', 'still broken'), DONE],
      ...[writes('produto/a.md', 'works'), DONE],
    );
    const { attempt, stub } = bound(await opened({ script, gates: [fileGate((text) => text === 'works')] }));
    const events = await attempt('PROD-001');
    expect(lastOf(events).type).toBe('CardCompleted');
    expect(called(events).map(({ purpose }) => purpose)).toEqual([
      'author',
      'author',
      'repair',
      'repair',
      'repair',
      'repair',
    ]);
    const asked = JSON.stringify(stub.calls[2]?.request?.messages.at(-1));
    expect(asked).toContain('error a.md:1 Type error in TMP, N s');
    expect(
      called(events)
        .slice(1)
        .every(({ usage }) => usage.cacheRead > usage.input),
    ).toBe(true);
  });

  it('end after three rounds and the debugging agent with the draft’s file where the model’s fails', async () => {
    const diagnosis = {
      hypotheses: [{ claim: 'wrong type', evidence: 'tsc' }],
      rootCause: 'the type',
      fix: 'change it',
    };
    const rounds = Array.from({ length: 5 }, (_, n) => [writes('produto/a.md', `bad ${n}`), DONE]).flat();
    const script = inOrder(...rounds.slice(0, 8), says(JSON.stringify(diagnosis)), ...rounds.slice(8));
    const { attempt } = bound(await opened({ script, gates: [fileGate((text) => text === '# A\n')] }));
    const events = await attempt('PROD-001');
    expect(called(events).filter(({ purpose }) => purpose === 'debugger')).toHaveLength(1);
    expect(lastOf(events)).toMatchObject({ type: 'CardCompleted', data: { author: 'offline' } });
    expect(JSON.stringify(lastOf(events).data)).toContain('stands for what failed its checks: produto/a.md');
  });

  it('become a dead letter with the root cause when nothing helps', async () => {
    const diagnosis = { hypotheses: [], rootCause: 'the contract is wrong', fix: 'none' };
    const rounds = Array.from({ length: 5 }, (_, n) => [writes('produto/a.md', `bad ${n}`), DONE]).flat();
    const script = inOrder(...rounds.slice(0, 8), says(JSON.stringify(diagnosis)), ...rounds.slice(8));
    const { attempt } = bound(await opened({ script, gates: [fileGate(() => false)] }));
    const end = lastOf(await attempt('PROD-001'));
    expect(end.data).toMatchObject({ kind: 'terminal', code: 'repair-exhausted' });
    expect((end.data as { excerpt: string }).excerpt).toContain('root cause: the contract is wrong');
  });
});

describe('an allowance', () => {
  it('is never exceeded: answers are kept as short as it pays for', async () => {
    const { attempt, stub } = bound(await opened({ script: () => DONE }));
    const allowance = { nanoUsd: 120_000_000, tokens: 1_000_000 };
    const events = await attempt('PROD-001', 1, { allowance });
    expect(lastOf(events).type).toBe('CardCompleted');
    expect(begun(events)[0]?.reserved.nanoUsd).toBeLessThanOrEqual(allowance.nanoUsd);
    expect(stub.calls[0]?.request?.maxTokens).toBeLessThan(16_000);
  });

  it('that does not pay for the next call hands the card back before anything is asked', async () => {
    const { attempt, stub } = bound(await opened({ script: () => DONE }));
    const events = await attempt('PROD-001', 1, { allowance: { nanoUsd: 10_000_000, tokens: 1_000_000 } });
    expect(lastOf(events)).toMatchObject({ type: 'CardReleased', data: { reason: 'budget' } });
    expect(stub.calls).toHaveLength(0);
  });
});

const bound = (h: ClaudeHarness) => ({ attempt: h.attempt.bind(h), artifacts: h.artifacts, stub: h.stub });
const manifestOf = (event: ReturnType<typeof lastOf>): unknown =>
  event.type === 'CardCompleted' ? event.data.manifest : event.data;
