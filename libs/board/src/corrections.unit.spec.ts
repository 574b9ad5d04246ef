import { describe, expect, it } from '@jest/globals';
import { cardId, type LaneAppend } from '@squados/contracts';
import fc from 'fast-check';
import { escalations, restore, snapshot } from './index.js';
import {
  ARCH,
  completed,
  everything,
  failed,
  P,
  person,
  PRODUCT,
  Scenario,
  seeded,
  spec,
  started,
  types,
} from './testing/index.js';

const by = person;
const reason = 'because';

const rejecting = (attempt: number, ...cards: readonly string[]) =>
  failed(attempt, {
    kind: 'terminal',
    code: 'rejected',
    message: 'acceptance: 1 of 3 failed',
    blames: cards.map((id) => ({ card: cardId(id), feedback: `${id} takes a repeated CPF` })),
  });

/** A design, its backend and frontend, the QA of both, and a card beside them. */
const delivery = (): Scenario =>
  Scenario.of([
    spec('ARCH'),
    spec('BE', { dependencies: ['ARCH'] }),
    spec('FE', { dependencies: ['ARCH'] }),
    spec('QA', { dependencies: ['BE', 'FE'] }),
    spec('OTHER'),
  ]);

const run = (s: Scenario, id: string): Scenario => {
  s.step();
  const { attempt } = s.card(id);
  return s.says(id, started(attempt), completed(attempt, { output: `${id}${attempt}` }));
};
const reject = (s: Scenario, ...blamed: readonly string[]): Scenario => {
  s.step();
  const { attempt } = s.card('QA');
  return s.says('QA', started(attempt), rejecting(attempt, ...blamed));
};
const upToQa = (s = delivery()): Scenario => ['ARCH', 'BE', 'FE'].reduce(run, s);
const states = (s: Scenario): string =>
  ['ARCH', 'BE', 'FE', 'QA', 'OTHER'].map((id) => `${id} ${s.card(id).state}`).join(', ');

const dataOf = (append: LaneAppend | undefined): unknown => append?.events[0]?.data;

describe('an attempt that rejects the work of another card', () => {
  it('reopens that card with the feedback; what builds on it waits, the rest goes on', () => {
    const s = reject(upToQa(), 'BE');
    expect(types(s.planned())).toEqual(['CardsReopened']);
    expect(dataOf(s.planned()[0])).toEqual({
      by: { kind: 'system', name: 'orchestrator' },
      cause: { card: 'QA', attempt: 1 },
      cards: [{ card: 'BE', feedback: 'BE takes a repeated CPF' }],
      reach: ['BE', 'QA'],
    });
    expect(states(s.step())).toBe('ARCH DONE, BE TODO, FE DONE, QA TODO, OTHER ENQUEUED');
    expect(s.card('BE')).toMatchObject({ rejections: 1, ready: true });
    expect(dataOf(s.planned()[0])).toMatchObject({
      attempt: 2,
      feedback: 'rejected by QA: BE takes a repeated CPF',
    });
  });

  it('is followed by the correction and another try, and passes', () => {
    const s = run(run(reject(upToQa(), 'BE').step(), 'BE'), 'QA');
    expect(states(s)).toBe('ARCH DONE, BE DONE, FE DONE, QA DONE, OTHER ENQUEUED');
    const told = s.log.commits.flatMap((c) => c.events.map((e) => e.type));
    expect(told.slice(told.indexOf('CardFailed'))).toEqual([
      ...['CardFailed', 'CardsReopened'],
      ...['CardEnqueued', 'CardStarted', 'CardCompleted'],
      ...['CardEnqueued', 'CardStarted', 'CardCompleted'],
    ]);
  });

  it('gives the feedback again to an attempt that was handed back, and to a retry beside its own failure', () => {
    const s = reject(upToQa(), 'BE').step().step();
    s.says('BE', started(2), { type: 'CardReleased', data: { attempt: 2, reason: 'shutdown', by } });
    expect(dataOf(s.planned()[0])).toMatchObject({ attempt: 3, feedback: 'rejected by QA: BE takes a repeated CPF' });
    s.step().says('BE', started(3), failed(3)).step({ now: 0 });
    expect(dataOf(s.planned({ now: 1e9 })[0])).toMatchObject({
      attempt: 4,
      feedback: 'author-error: it broke\nrejected by QA: BE takes a repeated CPF',
    });
  });

  it('reaches through what lies between, and ends attempts that run on the rejected work', () => {
    const s = reject(upToQa(), 'ARCH').step();
    expect(states(s)).toBe('ARCH TODO, BE TODO, FE TODO, QA TODO, OTHER ENQUEUED');
    const t = upToQa(
      Scenario.of([
        ...['ARCH', 'BE', 'FE'].map((id) => spec(id, { dependencies: id === 'ARCH' ? [] : ['ARCH'] })),
        spec('QA', { dependencies: ['BE', 'FE'] }),
        spec('OTHER', { dependencies: ['BE'] }),
      ]),
    );
    t.step().says('OTHER', started(1));
    reject(t, 'BE').step();
    expect(states(t)).toBe('ARCH DONE, BE TODO, FE DONE, QA TODO, OTHER TODO');
    expect(types(t.planned())).toContain('CardReleased');
  });

  it('corrects each card that it blames, once', () => {
    const s = reject(upToQa(), 'BE', 'FE', 'BE').step();
    expect([s.card('BE').rejections, s.card('FE').rejections]).toEqual([1, 1]);
    expect(states(s)).toBe('ARCH DONE, BE TODO, FE TODO, QA TODO, OTHER ENQUEUED');
  });

  it('is a dead letter of its own where it blames nobody that it builds on and that could do better', () => {
    for (const blamed of ['QA', 'OTHER', 'nobody']) {
      const s = reject(upToQa(), blamed);
      expect([blamed, dataOf(s.planned()[0])]).toMatchObject([blamed, { reason: 'terminal' }]);
    }
    const s = ['ARCH', 'FE'].reduce(run, delivery());
    s.accept({ type: 'SkipCard', project: P, card: cardId('BE'), by, reason });
    expect(dataOf(reject(s, 'BE').planned()[0])).toMatchObject({ reason: 'terminal' });
  });

  it('leaves alone what was finished before SquadOS saw it, and what people skipped', () => {
    const s = Scenario.of([
      spec('ARCH', { importedAs: 'done' }),
      spec('BE', { dependencies: ['ARCH'] }),
      spec('FE', { dependencies: ['BE'] }),
      spec('QA', { dependencies: ['BE', 'ARCH'] }),
      spec('OTHER'),
    ]);
    run(s, 'BE').accept({ type: 'SkipCard', project: P, card: cardId('FE'), by, reason });
    reject(s, 'ARCH', 'BE').step();
    expect(states(s)).toBe('ARCH DONE, BE TODO, FE SKIPPED, QA TODO, OTHER ENQUEUED');
  });

  it('asks for nothing new where its inputs were made again since: it only looks once more', () => {
    const s = upToQa().step();
    s.says('QA', started(1));
    s.accept({
      type: 'ChangeCard',
      project: P,
      spec: spec('BE', { dependencies: ['ARCH'], title: 'new' }),
      by,
      reason,
    });
    s.accept({ type: 'RetryCard', project: P, card: cardId('BE'), by, reason });
    run(s, 'BE').says('QA', rejecting(1, 'BE'));
    expect(dataOf(s.planned()[0])).toMatchObject({ cards: [], reach: ['QA'] });
  });

  it('waits for a blamed card that somebody has begun again already', () => {
    const s = reject(upToQa(), 'ARCH');
    s.accept({ type: 'ChangeCard', project: P, spec: spec('ARCH', { title: 'new' }), by, reason });
    s.accept({ type: 'RetryCard', project: P, card: cardId('ARCH'), by, reason });
    expect(dataOf(s.planned()[0])).toMatchObject({ cards: [], reach: ['BE', 'FE', 'QA'] });
  });

  it('stays what it is in a project that was stopped', () => {
    const s = reject(upToQa(), 'BE');
    s.accept({ type: 'StopProject', project: P, by, reason });
    expect(types(s.planned())).toContain('CardDeadLettered');
  });
});

describe('the third rejection of a card', () => {
  const rejectedThrice = (blamed = 'BE'): Scenario => {
    const s = upToQa();
    for (let again = 0; again < 2; again++) {
      reject(s, blamed).step();
      for (const id of ['ARCH', 'BE', 'FE']) if (s.card(id).state !== 'DONE') run(s, id);
    }
    return reject(s, blamed);
  };

  it('makes it a dead letter that goes to the Tech Lead; what rejected it waits, nothing runs for ever', () => {
    const s = rejectedThrice();
    expect(dataOf(s.planned()[0])).toEqual({
      attempt: 3,
      reason: 'rejected',
      message: 'rejected 3 times, last by QA: BE takes a repeated CPF',
    });
    expect(types(s.step().planned())).toEqual(['CardsReopened']);
    expect(dataOf(s.planned()[0])).toMatchObject({ cards: [], reach: ['QA'] });
    expect(states(s.step())).toBe('ARCH DONE, BE DEAD_LETTERED, FE DONE, QA BLOCKED, OTHER ENQUEUED');
    expect(escalations(s.board)).toMatchObject([{ card: 'BE', attempt: 3, reason: 'rejected' }]);
    run(s, 'OTHER');
    expect(s.planned()).toEqual([]);
    expect(s.project().settled).toBe(true);
  });

  it('blocks everything between it and the card that rejected it', () => {
    const s = rejectedThrice('ARCH').step().step();
    expect(states(s)).toBe('ARCH DEAD_LETTERED, BE BLOCKED, FE BLOCKED, QA BLOCKED, OTHER ENQUEUED');
  });

  it.each(['RetryCard', 'RollBack'] as const)('is forgotten with a %s by a person: the count begins anew', (type) => {
    const s = rejectedThrice().step().step();
    s.accept({ type, project: P, card: cardId('BE'), by, reason });
    expect(s.card('BE').rejections).toBeUndefined();
    reject(run(s, 'BE'), 'BE').step();
    expect(s.card('BE')).toMatchObject({ state: 'TODO', rejections: 1 });
  });

  it('is counted over snapshots', () => {
    for (const s of [rejectedThrice(), reject(upToQa(), 'BE').step()]) {
      const again = restore(snapshot(s.board))!;
      expect(everything(again, [PRODUCT, ARCH])).toEqual(everything(s.board, [PRODUCT, ARCH]));
      expect(snapshot(again)).toEqual(snapshot(s.board));
    }
  });

  it('counts for its card alone: another that was rejected less often is corrected', () => {
    const s = upToQa();
    for (let again = 0; again < 2; again++) run(reject(s, 'BE').step(), 'BE');
    reject(s, 'BE', 'FE');
    expect(types(s.planned())).toEqual(['CardDeadLettered']);
    s.step().step();
    expect(states(s)).toBe('ARCH DONE, BE DEAD_LETTERED, FE TODO, QA BLOCKED, OTHER ENQUEUED');
  });
});

describe('any project whose cards reject each other as often as they can', () => {
  it('comes to rest after finitely many attempts, with nothing open and nothing left to decide', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 8 }), (seed, count) => {
        const draw = seeded(seed);
        const pick = (n: number): number => Math.floor(draw() * n);
        const ids = Array.from({ length: count }, (_, i) => `C${i}`);
        const s = Scenario.of(
          ids.map((id, i) => spec(id, { dependencies: ids.slice(0, i).filter(() => draw() < 0.5) })),
        );
        let attempts = 0;
        for (let step = 0; step < 2_000 && !s.project().settled; step++) {
          s.step({ now: 1e9 * step });
          const id = ids[pick(count)]!;
          const { state, attempt } = s.card(id);
          if (state !== 'ENQUEUED') continue;
          attempts++;
          const blamed = ids.filter(() => draw() < 0.4);
          const isGood = draw() < 0.1;
          s.says(
            id,
            started(attempt),
            isGood ? completed(attempt, { output: `${draw()}` }) : rejecting(attempt, ...blamed),
          );
        }
        expect(s.project().settled).toBe(true);
        expect(attempts).toBeLessThan(count * count * 10);
        expect(s.project().byState.ENQUEUED + s.project().byState.EVALUATING).toBe(0);
      }),
      { numRuns: 150 },
    );
  });
});
