import { describe, expect, it } from '@jest/globals';
import { cardId, projectId, type CardId } from '@squados/contracts';
import { claimStart, decide, escalations, nextTimer, plan, position, ready } from './index.js';
import {
  addCards,
  ARCH,
  completed,
  failed,
  P,
  person,
  policy,
  PRODUCT,
  Scenario,
  spec,
  started,
  startProject,
  types,
  verdict,
} from './testing/index.js';

const enqueuedIds = (s: Scenario, options = {}): string[] =>
  s
    .planned(options)
    .filter((a) => a.events[0]?.type === 'CardEnqueued')
    .map((a) => a.lane.split('.')[3] ?? '');

const by = person;
const reason = 'because';

describe('just-in-time dispatch', () => {
  it('starts a CRITICAL card that becomes ready behind 100 LOW ones among the next window', () => {
    const low = Array.from({ length: 100 }, (_, i) => spec(`L${i}`, { priority: 'LOW' }));
    const s = Scenario.of([spec('A'), ...low, spec('URGENT', { priority: 'CRITICAL', dependencies: ['A'] })]);
    s.step({ window: () => 2 }).says('A', started(1), completed(1));
    expect(enqueuedIds(s, { window: () => 2 })).toEqual(['URGENT']);
  });

  it('never has more attempts of an agent open than its window, over all projects', () => {
    const s = Scenario.of(Array.from({ length: 9 }, (_, i) => spec(`A${i}`)));
    const other = projectId('other');
    s.accept(startProject({ project: other })).accept(
      addCards(
        Array.from({ length: 9 }, (_, i) => spec(`B${i}`)),
        other,
      ),
    );
    s.step({ window: () => 5 });
    expect(s.project().byState.ENQUEUED + s.project(other).byState.ENQUEUED).toBe(5);
    expect(s.planned({ window: () => 5 })).toEqual([]);
    s.says('A0', started(1), completed(1));
    expect(enqueuedIds(s, { window: () => 5 })).toHaveLength(1);
  });

  it('serves projects by turns, so that a big one does not starve a small one', () => {
    const s = Scenario.of(Array.from({ length: 50 }, (_, i) => spec(`A${i}`, { priority: 'CRITICAL' })));
    const other = projectId('other');
    s.accept(startProject({ project: other })).accept(
      addCards([spec('B0', { priority: 'LOW' }), spec('B1', { priority: 'LOW' })], other),
    );
    expect(enqueuedIds(s, { window: () => 4 })).toEqual(['A0', 'B0', 'A1', 'B1']);
    s.step({ window: () => 1 });
    s.says('A0', started(1), completed(1));
    expect(enqueuedIds(s, { window: () => 1 })).toEqual(['B0']);
  });

  it('orders by priority, then arrival, and follows a priority that people change', () => {
    const s = Scenario.of([spec('A', { priority: 'LOW' }), spec('B'), spec('C', { priority: 'HIGH' }), spec('D')]);
    expect(ready(s.board, P)).toEqual(['C', 'B', 'D', 'A']);
    for (const priority of ['CRITICAL', 'LOW', 'CRITICAL'] as const)
      s.accept({ type: 'ChangeCard', project: P, spec: spec('A', { priority }), by, reason });
    expect(ready(s.board, P)).toEqual(['A', 'C', 'B', 'D']);
    expect(enqueuedIds(s, { limit: 2 })).toEqual(['A', 'C']);
  });

  it('merges cards whose time has come with ready ones by priority and arrival', () => {
    const s = Scenario.of([spec('A'), spec('B', { priority: 'HIGH' }), spec('C')]).step({ window: () => 1 });
    s.says('B', { type: 'CardReleased', data: { attempt: 1, reason: 'provider-outage', notBefore: 500, by } });
    expect(s.card('B')).toMatchObject({ state: 'TODO', ready: false, notBefore: 500, retries: 0 });
    expect(nextTimer(s.board)).toBe(500);
    expect(nextTimer(s.board, 500)).toBeUndefined();
    expect(enqueuedIds(s, { now: 499 })).toEqual(['A', 'C']);
    expect(enqueuedIds(s, { now: 500 })).toEqual(['B', 'A', 'C']);
    s.says('B').step({ now: 500, window: () => 1 });
    expect(nextTimer(s.board)).toBeUndefined();
  });

  it('loses no card that left the ready set in a crowd and came back', () => {
    const ids = Array.from({ length: 200 }, (_, i) => `L${i}`);
    const s = Scenario.of([spec('TOP', { priority: 'CRITICAL' }), ...ids.map((id) => spec(id))]);
    const crowd = ids.slice(0, 180).map((id) => id as CardId);
    for (const card of crowd) s.accept({ type: 'SkipCard', project: P, card, by, reason });
    expect(ready(s.board, P)).toHaveLength(21);
    for (const card of crowd) s.accept({ type: 'RetryCard', project: P, card, by, reason });
    expect(ready(s.board, P)).toEqual(['TOP', ...ids]);
  });

  it('gives new consumers the place before the oldest open attempt of their agent', () => {
    const s = Scenario.of([spec('A'), spec('B'), spec('C', { agent: ARCH })]);
    expect(claimStart(s.board, PRODUCT)).toBe(position(s.board));
    s.step();
    const first = s.log.commits.find((c) => c.events[0]?.type === 'CardEnqueued')!.position;
    expect(claimStart(s.board, PRODUCT)).toBe(first - 1);
    s.says('A', started(1), completed(1));
    expect(claimStart(s.board, PRODUCT)).toBe(first);
    s.says('B', started(1), completed(1));
    expect(claimStart(s.board, PRODUCT)).toBe(position(s.board));
    expect(claimStart(s.board, ARCH)).toBeLessThan(position(s.board));
  });

  it('records the inputs of an attempt: the same inputs the same digest, another manifest another', () => {
    const digestWith = (output: string): string => {
      const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] })])
        .step()
        .says('A', started(1), completed(1, { output }));
      const event = s.planned()[0]!.events[0]!;
      return event.type === 'CardEnqueued' ? event.data.inputs.digest : '';
    };
    expect(digestWith('x')).toMatch(/^[0-9a-f]{64}$/);
    expect(digestWith('x')).toBe(digestWith('x'));
    expect(digestWith('x')).not.toBe(digestWith('y'));
  });
});

describe('failures', () => {
  it('backs off exponentially with full jitter up to the cap, then dead-letters, and blocks what builds on it', () => {
    const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] }), spec('C', { dependencies: ['B'] })]);
    const delays: (number | undefined)[] = [];
    for (let attempt = 1; attempt <= 4; attempt++) {
      s.step({ now: 1e9 }).says('A', started(attempt), failed(attempt, { message: `reason ${'abcd'[attempt - 1]}!` }));
      s.step({ now: 0, draw: () => 0.999 });
      delays.push(s.card('A').notBefore);
    }
    expect(delays).toEqual([999, 1_998, 3_996, undefined]);
    expect(s.card('A')).toMatchObject({ state: 'DEAD_LETTERED', retries: 3 });
    expect([s.card('B'), s.card('C')]).toMatchObject([
      { state: 'BLOCKED', blockedBy: 'A' },
      { state: 'BLOCKED', blockedBy: 'A' },
    ]);
    expect(escalations(s.board)).toMatchObject([{ card: 'A', attempt: 4, reason: 'retries-exhausted' }]);
    expect(s.project()).toMatchObject({ settled: true, status: 'running', ready: 0 });
    s.decided('A', { type: 'CardEscalated', data: { attempt: 4, to: 'lead', outcome: 'delivered', message: 'ok' } });
    expect(escalations(s.board)).toEqual([]);
    s.accept({ type: 'RetryCard', project: P, card: 'A' as CardId, by, reason });
    expect([s.card('A'), s.card('B'), s.card('C')]).toMatchObject([
      { state: 'TODO', ready: true, retries: 0, attempt: 4 },
      { state: 'TODO' },
      { state: 'TODO' },
    ]);
    const [next] = s.planned();
    expect(next?.events[0]).toMatchObject({ data: { attempt: 5, feedback: expect.stringContaining('reason d!') } });
  });

  it('caps the delay', () => {
    const s = Scenario.of([spec('A')], startProject({ policy: policy({ retryBaseMs: 50_000 }) }));
    s.step()
      .says('A', started(1), failed(1))
      .step({ draw: () => 0.5 });
    expect(s.card('A').notBefore).toBe(5_000);
  });

  it('sends a terminal failure straight to the dead letters', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), failed(1, { kind: 'terminal', code: 'input-missing', message: 'no document' }));
    expect(s.planned()[0]?.events[0]).toMatchObject({
      type: 'CardDeadLettered',
      data: { reason: 'terminal', message: 'input-missing: no document' },
    });
  });

  it('parks the same error on the same inputs the second time, numbers and case aside', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), failed(1, { message: 'Line 12 broke' }))
      .step();
    s.step({ now: 1e9 }).says('A', started(2), failed(2, { message: 'line 47  broke' }));
    expect(s.planned()[0]?.events[0]).toMatchObject({ type: 'CardDeadLettered', data: { reason: 'same-error' } });
    expect(s.step().card('A').state).toBe('DEAD_LETTERED');
  });

  it('ends the attempt whose workers keep dying, as lost, and frees its place', () => {
    const s = Scenario.of([spec('A')]).step();
    for (let delivery = 1; delivery <= 5; delivery++) s.says('A', started(1, delivery));
    expect(s.planned()).toEqual([]); // four deaths, and the fifth worker is at it
    s.says('A', started(1, 6));
    expect(s.planned()[0]?.events[0]).toMatchObject({ type: 'CardReleased', data: { reason: 'worker-lost' } });
    s.step();
    expect(s.planned()[0]?.events[0]).toMatchObject({ type: 'CardDeadLettered', data: { reason: 'worker-lost' } });
    expect(s.step().card('A').state).toBe('DEAD_LETTERED');
    expect(claimStart(s.board, PRODUCT)).toBe(position(s.board));
  });

  it('cuts feedback to 8,000 characters', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), failed(1, { message: 'm'.repeat(9_000) }))
      .step();
    const event = s.planned({ now: 1e9 })[0]?.events[0];
    expect(event?.type === 'CardEnqueued' && event.data.feedback?.length).toBe(8_000);
  });
});

describe('gates', () => {
  const held = (waiveRefer?: string): Scenario =>
    Scenario.of(
      [spec('A'), spec('B', { dependencies: ['A'] })],
      startProject({ policy: policy(waiveRefer === undefined ? {} : { waiveRefer }) }),
    )
      .step()
      .says(
        'A',
        started(1),
        verdict(1, { gate: 'sql', outcome: 'refer' }),
        verdict(1, { gate: 'schema', outcome: 'fail' }),
        verdict(1, { gate: 'style', outcome: 'fail', required: false }),
        completed(1),
      );

  it('hold a completed card until every required one is passed or waived', () => {
    const s = held();
    expect(s.card('A').state).toBe('EVALUATING');
    expect(s.card('A').manifestHash).toBeUndefined();
    expect(s.project().settled).toBe(true);
    s.accept({ type: 'WaiveGate', project: P, card: 'A' as CardId, attempt: 1, gate: 'sql', by, reason });
    expect(s.card('A').state).toBe('EVALUATING');
    s.accept({ type: 'WaiveGate', project: P, card: 'A' as CardId, attempt: 1, gate: 'schema', by, reason });
    expect(s.card('A')).toMatchObject({ state: 'DONE', assumed: true });
    expect(s.card('B')).toMatchObject({ ready: true, assumed: true });
  });

  it('that could not run are waived by the policy of the run, those that failed never', () => {
    const s = held('no-docker-here');
    expect(s.project().settled).toBe(false);
    expect(s.planned()[0]?.events).toMatchObject([
      { type: 'GateWaived', data: { gate: 'sql', by: { kind: 'policy', name: 'no-docker-here' } } },
    ]);
    expect(types(s.step().planned())).toEqual([]);
    expect(s.card('A').state).toBe('EVALUATING');
  });

  it('that pass on a second run of the same attempt no longer hold it', () => {
    const s = Scenario.of([spec('A')]).step();
    s.says('A', started(1), verdict(1, { outcome: 'fail' }), verdict(1, { outcome: 'pass' }), completed(1));
    expect(s.card('A')).toMatchObject({ state: 'DONE', assumed: false });
  });

  it('of a worker that died do not count for the one that took over', () => {
    const s = Scenario.of([spec('A')]).step();
    s.says('A', started(1), verdict(1, { outcome: 'fail' }))
      .says('A', started(1, 2, 'w2'))
      .says('A', completed(1));
    expect(s.card('A').state).toBe('DONE');
  });
});

describe('proposals', () => {
  const proposing = (...cards: ReturnType<typeof spec>[]): Scenario =>
    Scenario.of([spec('A'), spec('B')])
      .step()
      .says('A', started(1), completed(1, { proposals: cards }));

  it('are added where sound and rejected with reasons where not, in one append', () => {
    const s = proposing(
      spec('N1', { dependencies: ['A'] }),
      spec('B'),
      spec('N2', { agent: 'qa' as never }),
      spec('N3', { dependencies: ['N2'] }),
      spec('N4', { dependencies: ['N5'] }),
      spec('N5', { dependencies: ['N4'] }),
      spec('N6', { dependencies: ['N6'] }),
      spec('N1'),
      spec('N7', { dependencies: ['nowhere', 'N1'] }),
      spec('N8', { dependencies: ['N7'] }),
    );
    const [append] = s.planned();
    expect(types([append!])).toEqual(['CardsAdded', 'CardsRejected']);
    const [added, refused] = append!.events;
    expect(added?.type === 'CardsAdded' && added.data.cards.map((c) => c.id)).toEqual(['N1']);
    const reasons =
      refused?.type === 'CardsRejected'
        ? Object.fromEntries(refused.data.rejected.map((r) => [r.id, r.reasons.join('; ')]))
        : {};
    expect(reasons).toMatchObject({
      B: expect.stringContaining('already exists'),
      N1: expect.stringContaining('twice'),
      N2: expect.stringContaining('agent not in this run'),
      N3: expect.stringContaining("N2, which doesn't exist"),
      N4: expect.stringContaining('N4 → N5 → N4'),
      N6: expect.stringContaining('depends on itself'),
      N7: expect.stringContaining('nowhere'),
      N8: expect.stringContaining('N7'),
    });
    s.step({ window: () => 0 });
    expect(s.card('N1')).toMatchObject({ state: 'TODO', ready: true });
    expect(s.planned({ window: () => 0 })).toEqual([]);
  });

  it('of the second card are judged against what the first left, and the project is not complete before', () => {
    const s = proposing(spec('N1')).says('B', started(1), completed(1, { proposals: [spec('N1')] }));
    expect(types(s.planned({ window: () => 0 }))).toEqual(['CardsAdded']);
    expect(s.project()).toMatchObject({ settled: false, status: 'running' });
    s.step({ window: () => 0 });
    expect(types(s.planned({ window: () => 0 }))).toEqual(['CardsRejected']);
    s.step();
    s.says('N1', started(1), completed(1)).step();
    expect(s.project().status).toBe('completed');
  });

  it('of a card that was rolled back or retried meanwhile are dropped', () => {
    const s = proposing(spec('N1'));
    s.accept({ type: 'RollBack', project: P, card: 'A' as CardId, by, reason });
    expect(types(s.planned({ window: () => 0 }))).toEqual([]);
  });

  it('are turned down when the project was stopped', () => {
    const s = proposing(spec('N1')).accept({ type: 'StopProject', project: P, by, reason });
    expect(types(s.planned())).toEqual(['CardReleased', 'CardsRejected']);
  });
});

describe('projects that do not run', () => {
  it('that are paused enqueue nothing but still decide failures; with now they release what is open', () => {
    const s = Scenario.of([spec('A'), spec('B')]).step({ window: () => 1 });
    s.accept({ type: 'PauseProject', project: P, by, reason, now: false });
    expect(s.planned()).toEqual([]);
    expect(s.card('B').ready).toBe(false);
    expect(ready(s.board, P)).toEqual([]);
    s.accept({ type: 'PauseProject', project: P, by, reason, now: true });
    expect(s.planned()[0]?.events[0]).toMatchObject({ type: 'CardReleased', data: { reason: 'paused' } });
    s.step();
    expect(s.project()).toMatchObject({ status: 'paused', settled: true, ready: 0 });
    s.accept({ type: 'ResumeProject', project: P, by, reason });
    expect(enqueuedIds(s)).toEqual(['A', 'B']);
  });

  it('that were stopped release what is open, dead-letter what would be retried, and start nothing again', () => {
    const s = Scenario.of([spec('A'), spec('B')])
      .step()
      .says('B', started(1), failed(1));
    s.accept({ type: 'StopProject', project: P, by, reason });
    expect(types(s.planned())).toEqual(['CardReleased', 'CardDeadLettered']);
    s.step();
    expect(s.planned()).toEqual([]);
    expect(s.project()).toMatchObject({ status: 'stopped', settled: true });
    expect(decide(s.board, addCards([spec('Z')]))).toMatchObject({ reason: 'project-over' });
  });

  it('go on beside bytes that nobody can read; an attempt that those lock out is ended, and the card can be retried', () => {
    const s = Scenario.of([spec('A'), spec('B')]).step();
    const unreadable = {
      type: 'Unknown',
      originalType: '',
      version: 0,
      id: '',
      reason: 'no JSON',
      bytes: 'AA==',
    } as never;
    s.says('A', unreadable).decided('B', unreadable);
    expect(s.project()).toMatchObject({ status: 'running' });
    s.step().step();
    expect([s.card('A').state, s.card('B').state]).toEqual(['DEAD_LETTERED', 'ENQUEUED']);
    expect(s.accept({ type: 'RetryCard', project: P, card: cardId('A'), by, reason: 'again' }).card('A').state).toBe(
      'TODO',
    );
  });

  it('that hold an event of an unknown version are left alone, others go on', () => {
    const s = Scenario.of([spec('A')]).step();
    const other = projectId('other');
    s.accept(startProject({ project: other })).accept(addCards([spec('B')], other));
    s.says('A', { type: 'Unknown', originalType: 'CardDreamt', version: 9, id: 'x', reason: 'unknown type' } as never);
    expect(s.project()).toMatchObject({ status: 'undecidable' });
    expect(enqueuedIds(s)).toEqual(['B']);
    expect(decide(s.board, addCards([spec('Z')]))).toMatchObject({ reason: 'undecidable' });
    s.says('A', started(1), completed(1));
    expect(s.card('A').state).toBe('DONE');
    expect(s.project().settled).toBe(true);
    expect(
      plan(s.board, { now: 0, draw: () => 0, window: () => 9, limit: 9 }).every((a) => a.lane.includes('.other.')),
    ).toBe(true);
  });

  it('complete again after more cards were added', () => {
    const s = Scenario.of([spec('A', { importedAs: 'done' }), spec('S', { importedAs: 'skipped' })]);
    expect(s.step().project()).toMatchObject({ status: 'completed', byState: { DONE: 1, SKIPPED: 1 } });
    expect(s.accept(addCards([spec('B', { importedAs: 'done' })])).project().status).toBe('running');
    expect(types(s.planned())).toEqual(['ProjectCompleted']);
    expect(s.step().project().status).toBe('completed');
  });
});
