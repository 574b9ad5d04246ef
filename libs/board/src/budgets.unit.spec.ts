import { describe, expect, it } from '@jest/globals';
import {
  cardId,
  NANO_USD,
  type Command,
  type DraftEvent,
  type EventData,
  type LaneAppend,
  type Spend,
} from '@squados/contracts';
import fc from 'fast-check';
import { budget, limits, restore, snapshot } from './index.js';
import { completed, fakeHash, P, person, Scenario, spec, started, types } from './testing/index.js';

const CENT = NANO_USD / 100;
const setBudget = (cents: number, more: Partial<Extract<Command, { type: 'SetBudget' }>> = {}): Command => ({
  type: 'SetBudget',
  project: P,
  by: person,
  reason: 'so much',
  scope: { kind: 'project' },
  nanoUsd: cents * CENT,
  perAttempt: 10 * CENT,
  ...more,
});
const asks = (call: number, cents: number, attempt = 1): DraftEvent => ({
  type: 'ModelCallBegun',
  data: {
    ...{ attempt, call, purpose: 'author', model: 'm', request: fakeHash('q') },
    reserved: { nanoUsd: cents * CENT, tokens: 100 },
  },
});
const paid = (call: number, cents: number, more: Partial<EventData['ModelCalled']> = {}): DraftEvent => ({
  type: 'ModelCalled',
  data: {
    ...{ attempt: 1, call, purpose: 'author', model: 'm', request: fakeHash('q'), outcome: 'answered', durationMs: 1 },
    usage: { input: 50, output: 10, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    nanoUsd: cents * CENT,
    ...more,
  },
});
const released = (attempt: number, reason: string): DraftEvent => ({
  type: 'CardReleased',
  data: { attempt, reason, by: { kind: 'system', name: 'agent' } },
});
const allowances = (appends: readonly LaneAppend[]): (Spend | undefined)[] =>
  appends.flatMap(({ events }) => events.flatMap((e) => (e.type === 'CardEnqueued' ? [e.data.allowance] : [])));
const spentCents = (s: Scenario): number => (budget(s.board, P)?.spent.nanoUsd ?? 0) / CENT;

describe('money set aside', () => {
  it('is not asked for where no budget is set', () => {
    const s = Scenario.of([spec('A')]);
    expect(allowances(s.planned())).toEqual([undefined]);
  });

  it('is reserved on the project lane before the card is enqueued, and handed out with it', () => {
    const s = Scenario.of([spec('A')]).accept(setBudget(100));
    expect(types(s.planned())).toEqual(['BudgetReserved']);
    s.step();
    expect(allowances(s.planned())).toEqual([{ nanoUsd: 10 * CENT, tokens: 4_000_000 }]);
    s.step().says('A', started(1), asks(1, 6));
    expect(spentCents(s)).toBe(6);
    s.says('A', paid(1, 2), completed(1));
    expect(budget(s.board, P)?.committed.nanoUsd).toBe(2 * CENT);
  });

  it('never promises more than the limit holds, and grants the rest to the last', () => {
    const s = Scenario.of([spec('A'), spec('B'), spec('C')]).accept(setBudget(15));
    s.step();
    expect(s.step().project().byState.ENQUEUED).toBe(2);
    expect(budget(s.board, P)?.committed.nanoUsd).toBe(15 * CENT);
    expect(s.planned()).toEqual([]);
  });

  it('pauses the project when nothing more fits and nothing runs; a higher limit goes on', () => {
    const s = Scenario.of([spec('A'), spec('B')]).accept(setBudget(10));
    s.step().step().says('A', started(1), asks(1, 10), paid(1, 10), completed(1));
    expect(types(s.planned())).toEqual(['BudgetExceeded']);
    s.step();
    expect(types(s.planned())).toEqual(['BudgetExceeded', 'ProjectPaused']);
    s.step();
    expect(s.project()).toMatchObject({ status: 'paused', settled: true });
    s.accept(setBudget(30));
    expect(s.project().status).toBe('running');
    expect(s.step().step().card('B').state).toBe('ENQUEUED');
  });

  it('pauses when the next call may cost more than an attempt is allowed', () => {
    const s = Scenario.of([spec('A')]).accept(setBudget(100));
    s.step().step().says('A', started(1), released(1, 'budget'));
    expect(types(s.planned())).toEqual(['BudgetExceeded', 'ProjectPaused']);
  });

  it('warns once at 80 percent', () => {
    const cards = [spec('A'), spec('B'), spec('C')];
    const s = Scenario.of(cards).accept(setBudget(40));
    s.step().step();
    s.says('A', started(1), asks(1, 10), paid(1, 10)).says('B', started(1), asks(1, 10), paid(1, 10));
    expect(types(s.planned())).toEqual([]);
    s.says('C', started(1), asks(1, 10), paid(1, 10)).says('A', completed(1));
    s.accept({ type: 'AddCards', project: P, cards: [spec('D')], by: person, kind: 'person' });
    s.step().step().says('D', started(1), asks(1, 2));
    s.accept({ type: 'AddCards', project: P, cards: [spec('E')], by: person, kind: 'person' });
    s.step().step().step();
    const told = s.log.commits.flatMap(({ events }) => events.filter((e) => e.type === 'BudgetExceeded'));
    expect(told.map((e) => e.data)).toMatchObject([{ level: 'warned', spent: { nanoUsd: 32 * CENT } }]);
  });

  it('charges in full what a dead worker left open, and what an ended attempt never told', () => {
    const s = Scenario.of([spec('A')]).accept(setBudget(100));
    s.step().step().says('A', started(1), asks(1, 6));
    s.says('A', started(1, 2), asks(2, 3), paid(2, 1));
    expect(spentCents(s)).toBe(7);
    s.says('A', asks(3, 2), released(1, 'shutdown'));
    expect(spentCents(s)).toBe(9);
    s.says('A', paid(3, 2));
    expect(spentCents(s)).toBe(9);
  });

  it('holds for one agent or one card alone', () => {
    const s = Scenario.of([spec('A'), spec('B')]).accept(setBudget(100));
    s.accept(setBudget(3, { scope: { kind: 'card', name: 'A' } }));
    s.accept(setBudget(5, { scope: { kind: 'agent', name: 'product' } }));
    s.step();
    expect(allowances(s.planned()).map((a) => (a?.nanoUsd ?? 0) / CENT)).toEqual([3, 2]);
  });

  it('holds for an epic and whatever is a part of it, however deep, and for nothing else', () => {
    const s = Scenario.of([
      spec('EPIC-1'),
      spec('B', { parent: cardId('A') }),
      spec('A', { parent: cardId('EPIC-1') }),
      spec('C', { parent: cardId('EPIC-2') }),
      spec('EPIC-2', { parent: cardId('EPIC-2') }),
    ]);
    const epic = { kind: 'epic', name: 'EPIC-1' } as const;
    s.accept(setBudget(100)).accept(setBudget(12, { scope: epic }));
    s.step();
    const reserved = s.log.commits.flatMap(({ events }) =>
      events.flatMap((e) => (e.type === 'BudgetReserved' ? [e.data] : [])),
    );
    expect(reserved.map(({ card, allowance }) => [card, allowance.nanoUsd / CENT])).toEqual([
      ['EPIC-1', 10],
      ['B', 2],
      ['C', 10],
    ]);
    s.step().says('B', started(1), asks(1, 2), paid(1, 2));
    const view = limits(s.board, P).map(({ scope, spent }) => [scope.kind, spent.nanoUsd / CENT]);
    expect(view).toEqual([
      ['project', 2],
      ['epic', 2],
    ]);
    const again = restore(snapshot(s.board));
    expect(again && limits(again, P)).toEqual(limits(s.board, P));
  });

  it('warns of tokens as of dollars', () => {
    const s = Scenario.of([spec('A'), spec('B')]).accept(setBudget(100, { tokens: 8_000 }));
    s.step().step().says('A', started(1), asks(1, 2));
    s.says('A', paid(1, 1, { usage: { input: 6_400, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 } }));
    s.says('A', completed(1)).step();
    const told = s.log.commits.flatMap(({ events }) => events.filter((e) => e.type === 'BudgetExceeded'));
    expect(told.map((e) => e.data)).toMatchObject([{ level: 'warned', message: '80 % of the limit are spent' }]);
  });

  it('survives a snapshot', () => {
    const s = Scenario.of([spec('A')])
      .accept(setBudget(100))
      .step()
      .step()
      .says('A', started(1), asks(1, 6));
    const again = restore(snapshot(s.board));
    expect(again && budget(again, P)).toEqual(budget(s.board, P));
  });

  it('is never spent beyond the limit, whatever workers do and whenever they die', () => {
    const turn = fc.record({ card: fc.nat(4), act: fc.nat(5), cents: fc.integer({ min: 1, max: 10 }) });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(turn, { maxLength: 60 }), (limit, turns) => {
        const s = Scenario.of([0, 1, 2, 3, 4].map((n) => spec(`C${n}`))).accept(setBudget(limit));
        let call = 0;
        for (const { card, act, cents } of turns) {
          s.step();
          work(s, `C${card}`, { act, cents, call: ++call });
          expect(spentCents(s)).toBeLessThanOrEqual(limit);
          expect(budget(s.board, P)?.committed.nanoUsd).toBeLessThanOrEqual(limit * CENT);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** What a sound worker does with one turn: it stays within its allowance. */
const work = (s: Scenario, id: string, { act, cents, call }: { act: number; cents: number; call: number }): void => {
  const { state, attempt } = s.card(id);
  if (state === 'ENQUEUED') return void s.says(id, started(attempt));
  if (state !== 'EXECUTING') return;
  if (act === 0) return void s.says(id, started(attempt, call + 1));
  if (act === 1) return void s.says(id, released(attempt, 'shutdown'));
  const left = leftFor(s, id, attempt);
  if (left < cents) return void s.says(id, released(attempt, 'shutdown'));
  s.says(id, asks(call, cents, attempt));
  if (act > 2) s.says(id, paid(call, Math.ceil(cents / 2), { attempt }));
};

const leftFor = (s: Scenario, id: string, attempt: number): number => {
  const lane = s.log.commits.filter((commit) => commit.lane.includes(`.${id}.`));
  const events = lane.flatMap((commit) => commit.events);
  const enqueued = events.findLast((e) => e.type === 'CardEnqueued');
  const allowed = enqueued?.type === 'CardEnqueued' ? (enqueued.data.allowance?.nanoUsd ?? 0) / CENT : 0;
  const told = new Map<number, number>();
  for (const event of events) {
    if (event.type === 'ModelCallBegun' && event.data.attempt === attempt)
      told.set(event.data.call, event.data.reserved.nanoUsd / CENT);
    if (event.type === 'ModelCalled' && event.data.attempt === attempt)
      told.set(event.data.call, event.data.nanoUsd / CENT);
  }
  return allowed - [...told.values()].reduce((a, b) => a + b, 0);
};
