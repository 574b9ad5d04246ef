import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ArtifactError, memoryArtifactStore, type ArtifactStore } from '@squados/artifacts';
import {
  agentName,
  attemptLane,
  cardId,
  decidedLane,
  manifestHash,
  sha256,
  START,
  type DraftEvent,
  type LaneCommit,
} from '@squados/contracts';
import {
  EventLogError,
  openMemoryLog,
  type EventLog,
  type MemoryEventLog,
  type Work,
  type WorkClaim,
} from '@squados/event-log';
import {
  createAgentRuntime,
  followCatalog,
  type AgentRuntime,
  type AgentRuntimeOptions,
  type Role,
  type RoleResult,
  type RuntimeLogger,
} from './index.js';
import {
  addressOf,
  appendAs,
  attemptCommits,
  attemptEvents,
  enqueue,
  eventually,
  fakeTasks,
  ManualClock,
  noopRole,
  scriptedGate,
  scriptedRole,
  testCard,
  written,
} from './testing/index.js';

let log: MemoryEventLog;
let claims: WorkClaim;
let artifacts: ArtifactStore;
let runtimes: AgentRuntime[] = [];
let lines: string[] = [];
const product = agentName('product');

beforeEach(async () => {
  ({ log, claims } = openMemoryLog());
  artifacts = memoryArtifactStore();
  runtimes = [];
  lines = [];
  await claims.provision(product, START);
});
afterEach(async () => {
  await Promise.all(runtimes.map((r) => r.stop({ graceMs: 0 })));
  expect(runtimes.map((r) => r.running)).toEqual(runtimes.map(() => 0));
  await claims.close();
  await log.close();
});

const write = (level: string) => (_fields: unknown, message: string) => void lines.push(`${level} ${message}`);
const logger: RuntimeLogger = {
  debug: write('debug'),
  info: write('info'),
  warn: write('warn'),
  error: write('error'),
};

const runtime = async (role: Role, more: Partial<AgentRuntimeOptions> = {}): Promise<AgentRuntime> => {
  const made = createAgentRuntime({
    role,
    log,
    claims,
    tasks: fakeTasks(),
    artifacts,
    worker: `w${runtimes.length + 1}`,
    concurrency: 4,
    leaseMs: 60_000,
    logger,
    ...more,
  });
  runtimes.push(made);
  await made.start();
  return made;
};

const types = async (card = 'PROD-1'): Promise<string[]> => (await attemptEvents(log, card)).map((e) => e.type);
const dataOf = async (type: string, card = 'PROD-1'): Promise<Record<string, unknown>> => {
  const found = (await attemptEvents(log, card)).findLast((e) => e.type === type);
  return (found && 'data' in found ? found.data : {}) as unknown as Record<string, unknown>;
};
const ended = (card = 'PROD-1', times = 1): Promise<void> =>
  eventually(
    `${card} ended ${times} times`,
    async () => (await types(card)).filter((t) => /Completed|Failed|Released/.test(t)).length >= times,
  );
const idle = (): Promise<void> => eventually('all runs settled', () => runtimes.every((r) => r.running === 0));
const otherWorker = (drafts: readonly DraftEvent[], card = 'PROD-1') =>
  appendAs(log, { lane: attemptLane(addressOf(card)), source: 'another', drafts });
const portOf = (of: MemoryEventLog): EventLog => ({
  logId: of.logId,
  append: (commit, options) => of.append(commit, options),
  read: (options) => of.read(options),
  follow: (options) => of.follow(options),
  last: (lane) => of.last(lane),
  head: () => of.head(),
  close: () => of.close(),
});
const forever = (): Promise<RoleResult> => new Promise(() => undefined);
const started = (attempt = 1, delivery = 1): DraftEvent => ({
  type: 'CardStarted',
  data: { attempt, delivery, worker: 'dead' },
});

describe('an attempt from claim to report', () => {
  it('starts, verifies, and completes with its verdicts and manifest in one last append', async () => {
    const role = scriptedRole(
      () => written({ 'produto/a.md': 'olá', 'produto/b.md': 'b' }, { assumptions: ['a1'], metrics: { stories: 3 } }),
      [
        scriptedGate('schema'),
        scriptedGate('style', { outcome: 'fail' }, 'advisory'),
        scriptedGate('other', {}, 'none'),
      ],
    );
    await runtime(role);
    await enqueue(log, 'PROD-1');
    await ended();
    const commits = await attemptCommits(log, 'PROD-1');
    expect(commits.map((c) => c.events.map((e) => e.type))).toEqual([
      ['CardStarted'],
      ['CardStepped'],
      ['VerdictRecorded', 'VerdictRecorded', 'CardCompleted'],
    ]);
    const manifest = {
      'produto/a.md': await artifacts.put(Buffer.from('olá')),
      'produto/b.md': await artifacts.put(Buffer.from('b')),
    };
    expect(await dataOf('CardCompleted')).toMatchObject({
      attempt: 1,
      author: 'scripted',
      manifest,
      manifestHash: manifestHash(manifest),
      assumptions: ['a1'],
      metrics: { files: 2, stories: 3 },
    });
    expect(commits[2]?.events[1]).toMatchObject({
      source: 'agent-product/w1',
      subject: 'P/PROD-1',
      data: { verdict: { gate: 'style', profile: 'quick', required: false, outcome: 'fail', inputs: manifest } },
    });
    expect(commits[2]?.events[0]).toMatchObject({
      data: { verdict: { gate: 'schema', required: true, outcome: 'pass', durationMs: expect.any(Number) } },
    });
  });

  it('takes two appends for an agent without effects, one for the start with the end', async () => {
    await runtime(noopRole(), { announce: 'with-end' });
    await enqueue(log, 'PROD-1');
    await ended();
    expect((await attemptCommits(log, 'PROD-1')).map((c) => c.events.map((e) => e.type))).toEqual([
      ['CardStarted', 'CardCompleted'],
    ]);
    expect(await dataOf('CardCompleted')).toMatchObject({
      author: 'none',
      manifest: {},
      manifestHash: manifestHash({}),
    });
  });

  it('never runs more at a time than its slots, and works off everything', async () => {
    let [now, most] = [0, 0];
    const role = scriptedRole(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return written();
    });
    for (let i = 1; i <= 30; i++) await enqueue(log, `PROD-${i}`);
    await runtime(role, { concurrency: 3 });
    for (let i = 1; i <= 30; i++) await ended(`PROD-${i}`);
    expect(most).toBe(3);
  });

  it('stores what was written before the log says so', async () => {
    const role = scriptedRole(() => written({ 'produto/a.md': 'x' }));
    const order: string[] = [];
    const slow: ArtifactStore = {
      ...artifacts,
      put: async (b) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        order.push('stored');
        return artifacts.put(b);
      },
    };
    const watching: EventLog = new Proxy(log, {
      get: (target, key) => {
        if (key !== 'append')
          return typeof target[key as keyof typeof target] === 'function'
            ? target[key as 'head'].bind(target)
            : target[key as keyof typeof target];
        return (commit: Parameters<EventLog['append']>[0]) => {
          order.push(...commit.events.map((e) => e.type));
          return log.append(commit);
        };
      },
    });
    await runtime(role, { artifacts: slow, log: watching });
    await enqueue(log, 'PROD-1');
    await ended();
    expect(order).toEqual(['CardStarted', 'stored', 'CardCompleted']);
  });

  it('gives the author its dependencies’ bytes and passes on what it says', async () => {
    const hash = await artifacts.put(Buffer.from('input'));
    const notes: string[] = [];
    const role = scriptedRole(async (_, tools) => {
      tools.note('halfway');
      return written({ 'produto/copy.md': Buffer.from(await tools.readArtifact(hash)).toString() });
    });
    await runtime(role, { onNote: (n) => void notes.push(`${n.address.card}#${n.attempt}: ${n.text}`) });
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardCompleted')).toMatchObject({ manifest: { 'produto/copy.md': hash } });
    expect(notes).toEqual(['PROD-1#1: halfway']);
  });
});

describe('an attempt that goes wrong', () => {
  it('fails retryably on a required gate, with the verdicts and the first finding as place', async () => {
    const finding = { path: 'produto/a.md', line: 7, severity: 'error' as const, message: 'no criteria' };
    const gates = [
      scriptedGate('ok'),
      scriptedGate('schema', {
        outcome: 'fail',
        summary: '1 of 3',
        findings: [{ severity: 'warning', message: 'w' }, finding],
      }),
    ];
    await runtime(scriptedRole(() => written({ 'produto/a.md': 'x' }), gates));
    await enqueue(log, 'PROD-1');
    await ended();
    expect((await attemptCommits(log, 'PROD-1')).at(-1)?.events.map((e) => e.type)).toEqual([
      'VerdictRecorded',
      'VerdictRecorded',
      'CardFailed',
    ]);
    expect(await dataOf('CardFailed')).toMatchObject({
      kind: 'retryable',
      code: 'gate-failed',
      message: 'schema: 1 of 3',
      place: 'produto/a.md:7',
      excerpt: 'no criteria',
    });
  });

  it('rejects what the card builds on where a failed gate blames it: one feedback per card, none in the verdict', async () => {
    const blame = (card: string, feedback: string) => ({ card: cardId(card), feedback });
    const gates = [
      scriptedGate('own', { outcome: 'fail', summary: 'own fault' }),
      scriptedGate('e2e', {
        outcome: 'fail',
        summary: '2 of 9',
        findings: [{ severity: 'error', message: 'answers 500', path: 'qa/e2e.md' }],
        blames: [blame('BE-1', 'answers 500'), blame('FE-1', 'shows no error')],
      }),
      scriptedGate('load', { outcome: 'fail', summary: 'slow', blames: [blame('BE-1', 'p95 is 900 ms')] }),
      scriptedGate('hint', { outcome: 'fail', blames: [blame('ARCH-1', 'ugly')] }, 'advisory'),
    ];
    await runtime(scriptedRole(() => written({ 'produto/a.md': 'x' }), gates));
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardFailed')).toEqual({
      attempt: 1,
      kind: 'terminal',
      code: 'rejected',
      message: 'own: own fault; e2e: 2 of 9; load: slow',
      place: 'qa/e2e.md',
      excerpt: 'answers 500',
      blames: [blame('BE-1', 'answers 500\np95 is 900 ms'), blame('FE-1', 'shows no error')],
    });
    const verdicts = (await attemptCommits(log, 'PROD-1'))
      .flatMap((c) => c.events)
      .filter((e) => e.type === 'VerdictRecorded');
    expect(verdicts).toHaveLength(4);
    expect(JSON.stringify(verdicts)).not.toContain('blames');
  });

  it('lets a gate that throws refer, with the error’s text, and completes', async () => {
    const gates = [
      scriptedGate('broken', () => Promise.reject(new Error('no tool here'))),
      {
        ...scriptedGate('torn'),
        applies: () => {
          throw new Error('torn');
        },
      },
    ];
    await runtime(scriptedRole(() => written(), gates));
    await enqueue(log, 'PROD-1');
    await ended();
    const verdicts = (await attemptEvents(log, 'PROD-1')).filter((e) => e.type === 'VerdictRecorded');
    expect(verdicts[0]).toMatchObject({
      data: { verdict: { outcome: 'refer', required: true, summary: 'the gate could not run: no tool here' } },
    });
    expect(verdicts[1]).toMatchObject({ data: { verdict: { gate: 'torn', required: true } } });
    expect(await types()).toContain('CardCompleted');
  });

  it('fails with author-error and its place when the author throws, without secrets, cut to 4,000 characters', async () => {
    const scrubbed = scriptedRole(() => {
      throw new Error(`bad key tok-12345678 ${'x'.repeat(9_000)}`);
    });
    const { createScrub } = await import('./index.js');
    await runtime(scrubbed, { scrub: createScrub({ API_TOKEN: 'tok-12345678' }) });
    await enqueue(log, 'PROD-1');
    await ended();
    const data = await dataOf('CardFailed');
    expect(data).toMatchObject({
      kind: 'retryable',
      code: 'author-error',
      place: expect.stringMatching(/agent-runtime\.unit\.spec\.ts:\d+$/),
    });
    expect(data['message']).toHaveLength(4_000);
    expect(data['message']).toContain('bad key [API_TOKEN] xxx');
  });

  it.each([
    [true, 'retryable'],
    [false, 'terminal'],
  ])('fails as the author says: retryable %s', async (retryable, kind) => {
    await runtime(
      scriptedRole(() => ({
        kind: 'failed',
        retryable,
        code: 'no-requirements',
        message: 'm',
        place: 'doc.md:3',
        excerpt: 'e',
      })),
    );
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardFailed')).toEqual({
      attempt: 1,
      kind,
      code: 'no-requirements',
      message: 'm',
      place: 'doc.md:3',
      excerpt: 'e',
    });
  });

  it('is terminal when an input artifact is gone', async () => {
    await runtime(
      scriptedRole(async (_, tools) =>
        written({ 'produto/a': String(await tools.readArtifact(sha256('0'.repeat(64)))) }),
      ),
    );
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardFailed')).toMatchObject({
      kind: 'terminal',
      code: 'input-missing',
      message: expect.stringContaining('no artifact'),
    });
  });

  it('is terminal when the log knows no such card', async () => {
    await runtime(noopRole(), { tasks: { load: () => Promise.resolve(undefined) } });
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardFailed')).toMatchObject({ kind: 'terminal', code: 'input-missing' });
  });

  it('is terminal when the card is another agent’s, and nothing is written', async () => {
    const role = scriptedRole(() => written());
    const card = testCard('PROD-1', { agent: agentName('qa') });
    await runtime(role, { tasks: { load: async (request) => ({ ...(await fakeTasks().load(request))!, card }) } });
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardFailed')).toMatchObject({ kind: 'terminal', code: 'input-missing' });
    expect(role.calls).toEqual([]);
  });

  it.each([
    ['../evil', 'path-escape'],
    ['arquitetura/a.md', 'path-escape'],
    ['/etc/passwd', 'path-escape'],
    ['produto/../../a', 'path-escape'],
    ['produto\\a', 'path-escape'],
    ['produto/nul', 'path-escape'],
  ])('refuses a hostile output path and keeps nothing: %s', async (path, code) => {
    await runtime(scriptedRole(() => written({ 'produto/good.md': 'g', [path]: 'x' })));
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardFailed')).toMatchObject({ kind: 'terminal', code });
    expect(await artifacts.has(await memoryArtifactStore().put(Buffer.from('g')))).toBe(false);
  });

  it.each<[string, RoleResult]>([
    ['a lone surrogate', written({ 'produto/a.md': 'x\uD800' })],
    ['too many files', written(Object.fromEntries(Array.from({ length: 2_001 }, (_, i) => [`produto/${i}`, ''])))],
    ['a file of more than 16 MB', written({ 'produto/a.md': 'é'.repeat(9 * 1024 * 1024) })],
    [
      'more than 64 MB in total',
      written(Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`produto/${i}`, 'x'.repeat(15 * 1024 * 1024)]))),
    ],
    ['something that is no text', written({ 'produto/a.md': 7 as unknown as string })],
  ])('refuses output that holds %s', async (_, result) => {
    await runtime(scriptedRole(() => result));
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardFailed')).toMatchObject({ kind: 'terminal', code: 'output-invalid' });
  });

  it('ends with words when its report is too large for the log', async () => {
    await runtime(scriptedRole(() => written({}, { assumptions: ['x'.repeat(3_000_000)] })));
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await dataOf('CardFailed')).toMatchObject({
      kind: 'terminal',
      code: 'output-invalid',
      message: expect.stringContaining('the log does not take'),
    });
  });
});

describe('time', () => {
  it('fails an attempt at its deadline, retryably, aborts its author, and goes on when the author ignores that', async () => {
    const clock = new ManualClock();
    const role = scriptedRole(forever);
    await runtime(role, { clock, tasks: fakeTasks({ attemptDeadlineMs: 500 }), concurrency: 1 });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await clock.advance(499);
    expect(await types()).toEqual(['CardStarted']);
    await clock.advance(1);
    await ended();
    expect(await dataOf('CardFailed')).toMatchObject({ kind: 'retryable', code: 'deadline' });
    expect(role.calls[0]?.tools.signal.aborted).toBe(true);
    await enqueue(log, 'PROD-2');
    await eventually('the slot is free again', () => role.calls.length === 2);
  });

  it('fails at its deadline while a gate hangs', async () => {
    const clock = new ManualClock();
    let hanging = false;
    const gate = scriptedGate('hangs', () => {
      hanging = true;
      return new Promise(() => undefined);
    });
    await runtime(
      scriptedRole(() => written(), [gate]),
      { clock, tasks: fakeTasks({ attemptDeadlineMs: 500 }) },
    );
    await enqueue(log, 'PROD-1');
    await eventually('the gate runs', () => hanging);
    await eventually('the step is told', async () => (await types()).includes('CardStepped'));
    await clock.advance(500);
    await ended();
    expect(await types()).toEqual(['CardStarted', 'CardStepped', 'CardFailed']);
  });

  it('keeps its lease with a heartbeat at a third of it, and leaves no timer behind', async () => {
    const clock = new ManualClock();
    let beats = 0;
    let finish: (r: RoleResult) => void = () => undefined;
    const role = scriptedRole(() => new Promise((resolve) => (finish = resolve)));
    await runtime(role, { clock, leaseMs: 9_000, claims: counting(() => beats++) });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await clock.advance(9_500);
    expect(beats).toBe(3);
    finish(written());
    await ended();
    await idle();
    expect(clock.pending).toBe(0);
  });

  it('goes on when a heartbeat cannot be sent', async () => {
    const clock = new ManualClock();
    let finish: (r: RoleResult) => void = () => undefined;
    const role = scriptedRole(() => new Promise((resolve) => (finish = resolve)));
    await runtime(role, {
      clock,
      leaseMs: 9_000,
      claims: counting(() => {
        throw new Error('down');
      }),
    });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await clock.advance(9_500);
    finish(written());
    await ended();
    expect(await types()).toContain('CardCompleted');
  });
});

/** Claims whose heartbeats are counted, or answered by the test. */
const counting = (beat: () => unknown): WorkClaim => ({
  provision: (a, p) => claims.provision(a, p),
  close: () => Promise.resolve(),
  open: async (options) => {
    const source = await claims.open(options);
    return {
      close: () => source.close(),
      take: async (max, signal) =>
        (await source.take(max, signal)).map((work) => ({
          ...work,
          heartbeat: async () => (beat() === false ? false : work.heartbeat()),
        })),
    };
  },
});

describe('the fence', () => {
  it('lets go of an attempt when its lease is lost: nothing more is written, the next worker takes over', async () => {
    const clock = new ManualClock();
    const role = scriptedRole(forever);
    await runtime(role, { clock, leaseMs: 9_000, claims: counting(() => false) });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await clock.advance(3_000);
    await idle();
    expect(role.calls[0]?.tools.signal.aborted).toBe(true);
    expect(await types()).toEqual(['CardStarted']);
  });

  it('takes over the open attempt of a dead worker as the next delivery', async () => {
    await enqueue(log, 'PROD-1');
    await otherWorker([started()]);
    await otherWorker([{ type: 'CardStepped', data: { attempt: 1, step: 'verifying' } }]);
    await runtime(noopRole());
    await ended();
    expect(
      (await attemptEvents(log, 'PROD-1')).filter((e) => e.type === 'CardStarted').map((e) => e.data.delivery),
    ).toEqual([1, 2]);
    expect(await types()).toEqual(['CardStarted', 'CardStepped', 'CardStarted', 'CardCompleted']);
  });

  it('takes over with start and end in one append where that is the role’s form', async () => {
    await enqueue(log, 'PROD-1');
    await otherWorker([started()]);
    await runtime(noopRole(), { announce: 'with-end' });
    await ended();
    expect((await attemptCommits(log, 'PROD-1')).map((c) => c.events.length)).toEqual([1, 2]);
    expect(await dataOf('CardStarted')).toMatchObject({ delivery: 2, worker: 'w1' });
  });

  it('leaves a zombie nothing to write after a take-over', async () => {
    const role = scriptedRole(forever);
    await runtime(role);
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await otherWorker([started(1, 2)]);
    await idle();
    expect(role.calls[0]?.tools.signal.aborted).toBe(true);
    expect(await types()).toEqual(['CardStarted', 'CardStarted']);
  });

  it('leaves the work of an attempt that another worker holds unsettled: when that one dies too, it comes back and ends', async () => {
    const role = scriptedRole(() => (role.calls.length === 1 ? forever() : written({ 'produto/a.md': 'a' })));
    await runtime(role, { leaseMs: 600 });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await otherWorker([started(1, 2)]);
    await ended();
    expect(await types()).toEqual(['CardStarted', 'CardStarted', 'CardStarted', 'CardCompleted']);
    expect((await dataOf('CardStarted'))['delivery']).toBe(3);
  });

  it('drops its result when another end was recorded first, even if it never heard of it', async () => {
    let finish: (r: RoleResult) => void = () => undefined;
    const role = scriptedRole(() => new Promise((resolve) => (finish = resolve)));
    const deaf: EventLog = Object.assign(Object.create(log) as EventLog, {
      follow: ({ signal }: { signal: AbortSignal }) => silence(signal),
    });
    await runtime(role, { log: deaf });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await otherWorker([{ type: 'CardFailed', data: { attempt: 1, kind: 'retryable', code: 'x', message: 'first' } }]);
    finish(written({ 'produto/late.md': 'late' }));
    await idle();
    expect(await types()).toEqual(['CardStarted', 'CardFailed']);
  });

  it.each([
    ['by its own follower', false],
    ['by who follows the log anyway', true],
  ])(
    'stops a skipped card while it executes: the orchestrator’s CardReleased ends it, seen %s',
    async (_, isWatched) => {
      const role = scriptedRole(forever);
      const catalog = followCatalog(log);
      const secondFollower = (): never => {
        throw new Error('a second follower');
      };
      const unread: EventLog = { ...portOf(log), follow: secondFollower };
      await runtime(role, isWatched ? { log: unread, watch: catalog.watch } : {});
      await enqueue(log, 'PROD-1');
      await eventually('the author works', () => role.calls.length === 1);
      await appendAs(log, {
        lane: decidedLane(addressOf('PROD-1')),
        source: 'cli',
        drafts: [{ type: 'CardSkipped', data: { by: { kind: 'person', name: 'p' }, reason: 'r' } }],
      });
      expect(role.calls[0]?.tools.signal.aborted).toBe(false);
      await otherWorker([
        { type: 'CardReleased', data: { attempt: 1, reason: 'skipped', by: { kind: 'system', name: 'orchestrator' } } },
      ]);
      await idle();
      await catalog.close();
      expect(role.calls[0]?.tools.signal.aborted).toBe(true);
      expect(await types()).toEqual(['CardStarted', 'CardReleased']);
    },
  );

  it('is unmoved by redelivered history: attempts that ended long ago are dropped without a word', async () => {
    for (let attempt = 1; attempt <= 3; attempt++) {
      await enqueue(log, 'PROD-1', attempt);
      await otherWorker([
        started(attempt),
        { type: 'CardFailed', data: { attempt, kind: 'retryable', code: 'x', message: 'm' } },
      ]);
    }
    const before = await types();
    const role = scriptedRole(() => written());
    await runtime(role);
    await enqueue(log, 'PROD-2');
    await ended('PROD-2');
    await idle();
    expect(await types()).toEqual(before);
    expect(role.calls.map((c) => c.task.card.id)).toEqual(['PROD-2']);
  });

  it('ends an attempt on which workers keep dying as worker-lost, without starting it once more', async () => {
    await enqueue(log, 'PROD-1');
    for (let delivery = 1; delivery <= 5; delivery++) await otherWorker([started(1, delivery)]);
    const role = scriptedRole(() => written());
    await runtime(role);
    await ended();
    await idle();
    expect(role.calls).toHaveLength(0);
    expect(await dataOf('CardReleased')).toMatchObject({ attempt: 1, reason: 'worker-lost' });
    expect((await types()).filter((t) => t === 'CardStarted')).toHaveLength(5);
  });

  it('parks work that was handed out over 20 times without a start, and only then', async () => {
    const often = (delivery: number): WorkClaim => ({
      ...claims,
      provision: async () => undefined,
      open: async (options) => {
        const source = await claims.open(options);
        const counted = async (max: number, signal: AbortSignal): Promise<readonly Work[]> =>
          (await source.take(max, signal)).map((work) => ({ ...work, delivery }));
        return { close: () => source.close(), take: counted };
      },
    });
    await enqueue(log, 'PROD-1');
    const twentieth = await runtime(noopRole(), { claims: often(20) });
    await ended();
    await twentieth.stop({ graceMs: 0 });
    await enqueue(log, 'PROD-2');
    await enqueue(log, 'PROD-3');
    await otherWorker([started(1)], 'PROD-3');
    await runtime(noopRole(), { claims: often(21) });
    await ended('PROD-2');
    await ended('PROD-3');
    await idle();
    expect(await types()).toContain('CardCompleted');
    expect(await types('PROD-2')).toEqual(['CardStarted', 'CardFailed']);
    expect(await dataOf('CardFailed', 'PROD-2')).toMatchObject({ kind: 'terminal', code: 'poison' });
    expect(await types('PROD-3')).toContain('CardCompleted');
  });

  it('lets one of two workers that hold the same attempt go on', async () => {
    const [one, two] = [scriptedRole(() => written()), scriptedRole(() => written())];
    await enqueue(log, 'PROD-1');
    const twice = doubling();
    await runtime(one, { claims: twice });
    await runtime(two, { claims: twice });
    await ended();
    await idle();
    expect((await types()).filter((t) => t === 'CardCompleted')).toHaveLength(1);
  });

  it('takes a lost answer for what it was: the append is repeated with the same ids and counts once', async () => {
    let lose = 2;
    const forgetful: EventLog = Object.assign(Object.create(log) as EventLog, {
      append: async (commit: Parameters<EventLog['append']>[0]) => {
        const result = await log.append(commit);
        if (lose-- > 0) throw new Error('no answer');
        return result;
      },
    });
    await runtime(noopRole(), { log: forgetful });
    await enqueue(log, 'PROD-1');
    await ended();
    await idle();
    expect(await types()).toEqual(['CardStarted', 'CardCompleted']);
  });
});

const silence = (signal: AbortSignal): AsyncIterable<never> => ({
  [Symbol.asyncIterator]: () => ({
    next: () =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve({ done: true, value: undefined }))),
  }),
});

/** Claims that give the same work to every source, as after a lease that ran out too early. */
const doubling = (): WorkClaim => {
  const all: LaneCommit[] = [];
  const found = (async () => {
    for await (const page of log.read({ after: START, filter: { kind: 'decided' } })) all.push(...page);
  })();
  const give = (commit: LaneCommit) => ({
    commit,
    delivery: 1,
    heartbeat: async () => true,
    ack: async () => undefined,
    nak: async () => undefined,
  });
  return {
    provision: async () => undefined,
    close: async () => undefined,
    open: async () => {
      let given = false;
      return {
        close: async () => undefined,
        take: async (_max, signal) => {
          await found;
          if (!given) return (given = true) && all.map(give);
          return new Promise((resolve) => signal.addEventListener('abort', () => resolve([])));
        },
      };
    },
  };
};

describe('broken infrastructure', () => {
  it('hands a started card back for later when the disk is full, with a clear line and no failure of the card', async () => {
    const full: ArtifactStore = {
      ...artifacts,
      put: () => Promise.reject(new ArtifactError('disk-full', 'no room to write /x')),
    };
    await runtime(
      scriptedRole(() => written({ 'produto/a.md': 'x' })),
      { artifacts: full },
    );
    await enqueue(log, 'PROD-1');
    await ended();
    expect(await types()).toEqual(['CardStarted', 'CardReleased']);
    expect(await dataOf('CardReleased')).toMatchObject({ reason: 'infrastructure', notBefore: expect.any(Number) });
    expect(lines).toContain('error attempt handed back: no room to write /x');
  });

  it('hands the work back with a growing delay while the log takes no appends, and goes on when it does', async () => {
    const clock = new ManualClock();
    let down = true;
    const delays: number[] = [];
    const flaky: EventLog = Object.assign(Object.create(log) as EventLog, {
      append: (c: Parameters<EventLog['append']>[0]) =>
        down ? Promise.reject(new EventLogError('storage', 'log down')) : log.append(c),
    });
    await runtime(noopRole(), { log: flaky, clock, claims: instantNaks((ms) => delays.push(ms)) });
    await enqueue(log, 'PROD-1');
    await eventually('two hand-backs', async () => {
      await clock.advance(200);
      return delays.length >= 2;
    });
    down = false;
    await eventually('done at last', async () => {
      await clock.advance(200);
      return (await types()).includes('CardCompleted');
    });
    expect(delays.slice(0, 2)).toEqual([500, 1_000]);
    expect(await types()).toEqual(['CardStarted', 'CardCompleted']);
  });

  it('tries again to take work when taking failed', async () => {
    const clock = new ManualClock();
    let failures = 1;
    const flaky: WorkClaim = {
      provision: async () => undefined,
      close: async () => undefined,
      open: async (options) => {
        const source = await claims.open(options);
        return {
          close: () => source.close(),
          take: (max, signal) => (failures-- > 0 ? Promise.reject(new Error('torn')) : source.take(max, signal)),
        };
      },
    };
    await runtime(noopRole(), { claims: flaky, clock });
    await enqueue(log, 'PROD-1');
    await eventually('told', () => lines.some((l) => l.includes('taking work failed')));
    await clock.advance(1_000);
    await ended();
  });

  it('follows on after its follower broke', async () => {
    const clock = new ManualClock();
    let broken = true;
    const torn: EventLog = Object.assign(Object.create(log) as EventLog, {
      follow: (options: Parameters<EventLog['follow']>[0]) => {
        if (!broken) return log.follow(options);
        broken = false;
        throw new Error('torn');
      },
    });
    const role = scriptedRole(forever);
    await runtime(role, { log: torn, clock });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await otherWorker([
      { type: 'CardReleased', data: { attempt: 1, reason: 'skipped', by: { kind: 'system', name: 'o' } } },
    ]);
    await clock.advance(1_000);
    await idle();
    expect(role.calls[0]?.tools.signal.aborted).toBe(true);
  });

  it('leaves work that a newer build may read, and drops what is none of its', async () => {
    const naks: number[] = [];
    const acks: string[] = [];
    const commit = (lane: string, events: unknown[]) =>
      ({ lane, position: 1, revision: 1, events }) as unknown as LaneCommit;
    const unknown = { type: 'Unknown', originalType: 'CardEnqueued', version: 9, id: 'x', reason: 'newer' };
    const decided = decidedLane(addressOf('PROD-1'));
    const works = [commit(decided, [unknown]), commit(decided, [{ type: 'CardSkipped' }]), commit('nonsense', [])].map(
      (c) => ({
        commit: c,
        delivery: 1,
        heartbeat: async () => true,
        ack: async () => void acks.push(c.lane),
        nak: async (ms: number) => void naks.push(ms),
      }),
    );
    await runtime(noopRole(), {
      claims: {
        provision: async () => undefined,
        close: async () => undefined,
        open: async () => ({
          close: async () => undefined,
          take: (max, signal) =>
            works.length > 0
              ? Promise.resolve(works.splice(0, max))
              : new Promise((resolve) => signal.addEventListener('abort', () => resolve([]))),
        }),
      },
    });
    await eventually('all put aside', () => naks.length + acks.length === 3);
    expect([naks, acks]).toEqual([[30_000], [decided, 'nonsense']]);
  });
});

/** Claims whose hand-backs come again at once; the delay asked for is told. */
const instantNaks = (tell: (ms: number) => void): WorkClaim => ({
  provision: async () => undefined,
  close: async () => undefined,
  open: async (options) => {
    const source = await claims.open(options);
    return {
      close: () => source.close(),
      take: async (max, signal) =>
        (await source.take(max, signal)).map((work) => ({ ...work, nak: (ms: number) => (tell(ms), work.nak(0)) })),
    };
  },
});

const decidedCommits = async (): Promise<readonly LaneCommit[]> => {
  const commits: LaneCommit[] = [];
  for await (const page of log.read({ after: START, filter: { kind: 'decided' } })) commits.push(...page);
  return commits;
};

describe('stopping', () => {
  it('lets what runs end within the grace and takes nothing more', async () => {
    let finish: (r: RoleResult) => void = () => undefined;
    const role = scriptedRole(() => new Promise((resolve) => (finish = resolve)));
    const agent = await runtime(role, { concurrency: 1 });
    await enqueue(log, 'PROD-1');
    await enqueue(log, 'PROD-2');
    await eventually('the author works', () => role.calls.length === 1);
    const stopped = agent.stop({ graceMs: 10_000 });
    expect(agent.stop({ graceMs: 0 })).toBe(stopped);
    finish(written());
    await stopped;
    expect(await types()).toEqual(['CardStarted', 'CardCompleted']);
    expect(await types('PROD-2')).toEqual([]);
  });

  it('hands back what is still open after the grace, so that another worker can have it at once', async () => {
    const role = scriptedRole(forever);
    const agent = await runtime(role);
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await agent.stop({ graceMs: 5 });
    expect(await types()).toEqual(['CardStarted', 'CardReleased']);
    expect(await dataOf('CardReleased')).toEqual({
      attempt: 1,
      reason: 'shutdown',
      by: { kind: 'system', name: 'agent-product' },
    });
    expect(agent.running).toBe(0);
  });

  it('hands back an attempt that the log doesn’t know yet as if it had never been taken', async () => {
    const role = scriptedRole(forever);
    const agent = await runtime(role, { announce: 'with-end' });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    await agent.stop({ graceMs: 0 });
    expect(await types()).toEqual([]);
    await runtime(noopRole());
    await ended();
  });

  it('hands back what a take that was under way still brings', async () => {
    await enqueue(log, 'PROD-1');
    const [commit] = await decidedCommits();
    const naks: number[] = [];
    let bring: (works: readonly Work[]) => void = () => undefined;
    const work: Work = {
      commit: commit!,
      delivery: 1,
      heartbeat: async () => true,
      ack: async () => undefined,
      nak: async (ms) => void naks.push(ms),
    };
    const late: WorkClaim = {
      provision: async () => undefined,
      close: async () => undefined,
      open: async () => ({ close: async () => bring([work]), take: () => new Promise((resolve) => (bring = resolve)) }),
    };
    const role = scriptedRole(() => written());
    const agent = await runtime(role, { claims: late });
    await agent.stop({ graceMs: 0 });
    expect([naks, role.calls.length]).toEqual([[0], 0]);
    expect(await types()).toEqual([]);
  });

  it('is bounded when the log is down', async () => {
    let down = false;
    const flaky: EventLog = Object.assign(Object.create(log) as EventLog, {
      append: (c: Parameters<EventLog['append']>[0]) =>
        down ? Promise.reject(new EventLogError('closed', 'gone')) : log.append(c),
    });
    const role = scriptedRole(forever);
    const agent = await runtime(role, { log: flaky });
    await enqueue(log, 'PROD-1');
    await eventually('the author works', () => role.calls.length === 1);
    down = true;
    await agent.stop({ graceMs: 0 });
    expect(await types()).toEqual(['CardStarted']);
  });

  it('before a start does nothing, and a start afterwards is refused', async () => {
    const agent = createAgentRuntime({
      role: noopRole(),
      log,
      claims,
      tasks: fakeTasks(),
      artifacts,
      worker: 'w',
      concurrency: 1,
      leaseMs: 100,
    });
    await agent.stop({ graceMs: 0 });
    await expect(agent.start()).rejects.toThrow('started twice');
  });
});

describe('a runtime that makes no sense', () => {
  it.each([
    [{ role: noopRole('nobody') }, 'AGENT_OWNERS'],
    [{ concurrency: 0 }, 'concurrency must be at least 1'],
    [{ leaseMs: Number.NaN }, 'leaseMs must be at least 30'],
  ])('is refused with the remedy: %#', (odd, words) => {
    expect(() =>
      createAgentRuntime({
        role: noopRole(),
        log,
        claims,
        tasks: fakeTasks(),
        artifacts,
        worker: 'w',
        concurrency: 1,
        leaseMs: 100,
        ...odd,
      }),
    ).toThrow(words);
  });
});
