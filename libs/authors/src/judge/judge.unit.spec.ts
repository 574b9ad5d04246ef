import type { GateInput, Task } from '@squados/agent-runtime';
import { fakeTasks, scriptedGate } from '@squados/agent-runtime/testing';
import { describe, expect, it } from '@jest/globals';
import { agentName, position } from '@squados/contracts';
import { AllowanceSpent } from '../claude/allowance.js';
import { NotRecorded } from '../claude/call-desk.js';
import { ModelCallError, type ModelReply, type ModelRequest } from '../claude/index.js';
import { createJudgeGate } from './judge-gate.js';
import { readJudgement } from './read-judgement.js';
import { PASS, rubricOf, weighted } from './rubric.js';

const FILES = new Map([['engenharia/backend/app.py', 'def lend(book):\n    return Loan(book)\n']]);
const rubric = rubricOf(agentName('backend')) ?? [];
const quote = { path: 'engenharia/backend/app.py', text: 'return Loan(book)' };
const judgement = (scores: readonly number[], quotes: readonly unknown[] = [quote]): string =>
  JSON.stringify({
    scores: rubric.map(({ criterion }, at) => ({ criterion, score: scores[at], reason: 'so', quotes })),
  });

const taskOf = async (agent: string): Promise<Task> => {
  const at = { project: 'P' as never, card: 'BE-1' as never, attempt: 1, position: position(1) };
  const task = await fakeTasks().load({ ...at, signal: new AbortController().signal });
  if (!task) throw new Error('no task');
  return { ...task, card: { ...task.card, agent: agentName(agent) } };
};

const run = async (
  answer: string | Error | undefined,
  { author, asked = [] }: { readonly author?: string; readonly asked?: ModelRequest[] } = {},
): ReturnType<ReturnType<typeof createJudgeGate>['run']> => {
  const usage = { input: 1, output: 1, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  const reply = (text: string): ModelReply => ({ parts: [{ type: 'text', text }], stop: 'done', usage });
  const ask = (_purpose: string, request: ModelRequest): Promise<ModelReply> => {
    asked.push(request);
    if (answer instanceof Error) return Promise.reject(answer);
    return Promise.resolve(reply(answer ?? ''));
  };
  const desk = answer === undefined ? undefined : { ask };
  const gate = createJudgeGate({
    deskOf: () => desk,
    authorOf: () => author,
    focusOf: () => [],
    scrub: (text) => text,
  });
  const input = { task: await taskOf('backend'), files: FILES, proposals: [] } as unknown as GateInput;
  return gate.run(input);
};

describe('the rubrics', () => {
  it.each(['backend', 'frontend', 'arch'])('of %s have weights that add up to one', (agent) => {
    const sum = (rubricOf(agentName(agent)) ?? []).reduce((total, { weight }) => total + weight, 0);
    expect(sum).toBeCloseTo(1, 10);
  });
  it('pass from a weighted 8.0 on', () => {
    expect(PASS).toBe(8);
    expect(weighted(rubric, new Map(rubric.map(({ criterion }) => [criterion, 8])))).toBe(8);
  });
});

describe('the judge', () => {
  it('passes at 8.0 and fails below, with what to change', async () => {
    expect(await run(judgement([8, 8, 8, 8]))).toMatchObject({
      outcome: 'pass',
      summary: expect.stringMatching(/^8\.00/),
    });
    const failed = await run(judgement([6, 9, 9, 9]));
    expect(failed).toMatchObject({ outcome: 'fail', findings: [{ rule: 'correctness', message: '6 of 10: so' }] });
  });

  it('refers where there is no model, and never passes', async () => {
    expect(await run(undefined)).toMatchObject({ outcome: 'refer' });
  });

  it.each<[string, string]>([
    ['an invented quote', judgement([10, 10, 10, 10], [{ path: quote.path, text: 'return Loan(member)' }])],
    ['a quote from another file', judgement([10, 10, 10, 10], [{ path: 'main.py', text: quote.text }])],
    ['no quote', judgement([10, 10, 10, 10], [])],
    ['a score out of range', judgement([11, 10, 10, 10])],
    ['a score of nothing', judgement([0, 10, 10, 10])],
    ['a score in words', judgement([10, 10, 10, 10]).replace('"score":10', '"score":"10"')],
    ['a score that no number holds', judgement([10, 10, 10, 10]).replace('"score":10', '"score":1e999')],
    ['a criterion scored twice', judgement([9, 9, 9, 9]).replace('"style"', '"correctness"')],
    ['a line of the rubric left out', judgement([9, 9, 9, 9]).replace('"style"', '"elegance"')],
    ['a quote of a few characters', judgement([9, 9, 9, 9], [{ path: quote.path, text: 'book' }])],
    ['half of an answer', judgement([9, 9, 9, 9]).slice(0, 90)],
    ['a missing criterion', JSON.stringify({ scores: [] })],
    ['anything but JSON', 'All good, 10/10!'],
  ])('voids a judgement with %s', async (_what, answer) => {
    expect(await run(answer)).toMatchObject({ outcome: 'refer', summary: expect.stringContaining('void') });
  });

  it.each([
    ['claude-opus-5-5', 'claude-sonnet-5-5'],
    ['claude-sonnet-5-5', 'claude-opus-5-5'],
    ['claude-haiku-5-5', 'claude-sonnet-5-5'],
  ])('looks at what %s wrote with another model, %s', async (author, judge) => {
    const asked: ModelRequest[] = [];
    await run(judgement([8, 8, 8, 8]), { author, asked });
    expect(asked.map(({ model }) => model)).toEqual([judge]);
  });

  it.each(['def lend(book): return Loan(book)', 'def lend(book):\r\n\treturn  Loan(book)\r\n'])(
    'takes a quote whose blanks and line breaks differ: %j',
    (text) => {
      const folded = [{ path: quote.path, text }];
      expect(readJudgement(judgement([9, 9, 9, 9], folded), rubric, FILES).kind).toBe('sound');
    },
  );

  it.each(['./engenharia/backend/app.py', 'app-artefacts/engenharia/backend/app.py', 'engenharia/backend/app.py:2'])(
    'finds a quote in %s',
    (path) => {
      const named = judgement([9, 9, 9, 9], [{ ...quote, path }]);
      expect(readJudgement(named, rubric, FILES).kind).toBe('sound');
    },
  );

  it('leaves out what the rubric does not ask for', async () => {
    const scores = (JSON.parse(judgement([9, 9, 9, 9])) as { scores: object[] }).scores;
    const more = JSON.stringify({ scores: [...scores, { ...scores[0], criterion: 'charm', score: 2 }] });
    expect(await run(more)).toMatchObject({ outcome: 'pass', findings: [] });
  });

  it('is asked for the lines of the rubric alone', async () => {
    const asked: ModelRequest[] = [];
    await run(judgement([8, 8, 8, 8]), { asked });
    expect(JSON.stringify(asked[0]?.format)).toContain('"enum":["correctness","style","performance","documentation"]');
  });

  it('is asked once, so that its prompt is not written into the cache', async () => {
    const asked: ModelRequest[] = [];
    await run(judgement([8, 8, 8, 8]), { asked });
    expect(JSON.stringify(asked)).not.toContain('"cache"');
  });

  it.each([
    ['the provider is busy', new ModelCallError('overloaded', 'busy'), { kind: 'released', reason: 'provider-outage' }],
    ['the money is spent', new AllowanceSpent('no more'), { kind: 'released', reason: 'budget' }],
    ['the connection broke', new ModelCallError('cut-off', 'gone'), { kind: 'failed', retryable: true }],
    ['a rerun has no record of it', new NotRecorded('missing'), { kind: 'failed', code: 'not-recorded' }],
  ])('hands the card back, and does not refer, when %s', async (_what, error, result) => {
    await expect(run(error)).rejects.toMatchObject({ name: 'GateBlocked', result });
  });
  it('refers when its model is not to be had', async () => {
    await expect(run(new ModelCallError('unknown-model', 'none'))).rejects.toMatchObject({ name: 'ModelCallError' });
  });

  it('looks last, and only at work that has a rubric', async () => {
    const gate = createJudgeGate({
      deskOf: () => undefined,
      authorOf: () => undefined,
      focusOf: () => [],
      scrub: (text) => text,
    });
    expect(gate.last).toBe(true);
    expect(scriptedGate('tsc').last).toBeUndefined();
    expect([gate.applies(await taskOf('arch')), gate.applies(await taskOf('qa'))]).toEqual(['required', 'none']);
  });
});
