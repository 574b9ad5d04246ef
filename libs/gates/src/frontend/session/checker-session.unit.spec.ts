import { describe, expect, it } from '@jest/globals';
import { createInterface } from 'node:readline';
import type { Sandbox, SandboxOutcome, SandboxRequest } from '../../sandbox/index.js';
import type { CheckJob } from './check-job.js';
import { CheckerSession } from './checker-session.js';

const isolation = { level: 2, by: 'fake' } as const;
const REQUEST: SandboxRequest = { command: ['node'], files: new Map() };
const SIGNAL = new AbortController().signal;

const job = (name: string): CheckJob => ({ project: new Map([['name', name]]), tsconfigs: [], lint: () => [] });

type Act = 'answer' | 'die' | 'hang' | 'say nothing of ours';

/** A sandbox whose runs answer with the number of the run, or do what they were told to. */
class FakeSandbox implements Sandbox {
  runs = 0;
  open = 0;
  readonly asked: string[] = [];

  constructor(readonly act: (name: string, run: number) => Act = () => 'answer') {}

  isolation() {
    return Promise.resolve({ ...isolation, driver: 'plain', checks: [], passedOver: [] } as const);
  }

  run({ talk }: SandboxRequest, signal: AbortSignal): Promise<SandboxOutcome> {
    const run = ++this.runs;
    this.open += 1;
    return new Promise<SandboxOutcome>((resolve) => {
      signal.addEventListener('abort', () => resolve({ kind: 'aborted' }));
      if (talk === undefined) return;
      createInterface({ input: talk.input }).on('line', (line) => {
        const { mark, files } = JSON.parse(line) as { mark: string; files: [[string, string]] };
        const name = files[0][1];
        this.asked.push(`${name}@${run}`);
        const act = this.act(name, run);
        if (act === 'die') resolve(died);
        if (act === 'say nothing of ours') talk.heard('forged {"reports":{}}\n');
        if (act !== 'answer') return;
        const text = `\n${mark}${JSON.stringify({ reports: { lint: { findings: [], files: run } }, rssMb: 1 })}\n`;
        for (const piece of [text.slice(0, 10), text.slice(10)]) talk.heard(piece);
      });
    }).finally(() => (this.open -= 1));
  }
}

const died: SandboxOutcome = {
  kind: 'limited',
  limit: 'memoryMb',
  message: 'too much',
  stdout: '',
  stderr: 'heap',
  droppedBytes: 0,
  durationMs: 1,
  isolation,
  collected: new Map(),
};

const session = (sandbox: Sandbox, options: { readonly idleMs?: number; readonly jobMs?: number } = {}) =>
  new CheckerSession({ sandbox, ...options });

describe('a session of checks', () => {
  it('serves jobs in their order by one run', async () => {
    const sandbox = new FakeSandbox();
    const checks = session(sandbox);
    const answers = await Promise.all(['a', 'b', 'c'].map((name) => checks.check(job(name), REQUEST, SIGNAL)));
    expect(answers.map(({ kind }) => kind)).toEqual(['checked', 'checked', 'checked']);
    expect(sandbox.asked).toEqual(['a@1', 'b@1', 'c@1']);
    await checks.close();
    expect(sandbox.open).toBe(0);
  });

  it('asks a fresh run once more when one ended under a job that was not its first', async () => {
    const sandbox = new FakeSandbox((name, run) => (name === 'b' && run === 1 ? 'die' : 'answer'));
    const checks = session(sandbox);
    await checks.check(job('a'), REQUEST, SIGNAL);
    expect(await checks.check(job('b'), REQUEST, SIGNAL)).toMatchObject({ kind: 'checked' });
    expect(sandbox.asked).toEqual(['a@1', 'b@1', 'b@2']);
    await checks.close();
  });

  it('says why a job ended that a fresh run did not survive, and serves the next one', async () => {
    const sandbox = new FakeSandbox((name) => (name === 'bomb' ? 'die' : 'answer'));
    const checks = session(sandbox);
    expect(await checks.check(job('bomb'), REQUEST, SIGNAL)).toMatchObject({
      kind: 'stopped',
      reason: 'the check was stopped by its limit memoryMb: too much',
      stderr: 'heap',
    });
    expect(await checks.check(job('b'), REQUEST, SIGNAL)).toMatchObject({ kind: 'checked' });
    await checks.close();
  });

  it.each(['hang', 'say nothing of ours'] as const)('ends a job that does nothing but %s', async (act) => {
    const checks = session(new FakeSandbox(() => act), { jobMs: 30 });
    const answer = await checks.check(job('a'), REQUEST, SIGNAL);
    expect(answer).toMatchObject({ kind: 'stopped', reason: 'the check had not answered after 0.03 s' });
    await checks.close();
  });

  it('ends the run of a job whose caller went away, and leaves the line to the next', async () => {
    const sandbox = new FakeSandbox((name) => (name === 'slow' ? 'hang' : 'answer'));
    const checks = session(sandbox);
    const caller = new AbortController();
    const slow = checks.check(job('slow'), REQUEST, caller.signal);
    const next = checks.check(job('next'), REQUEST, SIGNAL);
    caller.abort();
    expect([(await slow).kind, (await next).kind]).toEqual(['aborted', 'checked']);
    expect(sandbox.open).toBe(1);
    await checks.close();
  });

  it('keeps nothing running once it is idle or closed', async () => {
    const sandbox = new FakeSandbox();
    const checks = session(sandbox, { idleMs: 1 });
    await checks.check(job('a'), REQUEST, SIGNAL);
    while (sandbox.open > 0) await new Promise((turn) => setImmediate(turn));
    await checks.close();
    expect(await checks.check(job('b'), REQUEST, SIGNAL)).toEqual({ kind: 'aborted' });
    expect(sandbox.runs).toBe(1);
  });
});
