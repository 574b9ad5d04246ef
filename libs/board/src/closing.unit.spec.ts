import { describe, expect, it } from '@jest/globals';
import { restore, snapshot } from './index.js';
import { cardId, type LaneAppend } from '@squados/contracts';
import { ARCH, completed, P, person, PRODUCT, Scenario, everything, spec, started, types } from './testing/index.js';

const reason = 'because';
const deploy = spec('DEPLOY-1', { agent: ARCH });

const added = (appends: readonly LaneAppend[]) =>
  appends.flatMap((append) => append.events.flatMap((event) => (event.type === 'CardsAdded' ? [event.data] : [])));

/** A proposes N and, closing, DEPLOY-1; B stands beside it. */
const proposing = (closing = [deploy]): Scenario =>
  Scenario.of([spec('A'), spec('B')])
    .step()
    .says('A', started(1), completed(1, { proposals: [spec('N')], closing }));

const finish = (s: Scenario, id: string, attempt = 1): Scenario => s.says(id, started(attempt), completed(attempt));

describe('closing proposals', () => {
  it('are kept apart: the others of the attempt are judged at once, they wait until nothing is left to do', () => {
    const s = proposing();
    expect(added(s.planned())).toMatchObject([{ cards: [{ id: 'N' }] }]);
    s.step();
    expect(s.project()).toMatchObject({ closing: ['DEPLOY-1'], total: 3, settled: false });
    expect(types(s.planned())).toEqual(['CardEnqueued']);
    finish(s.step(), 'B');
    expect(types(s.planned())).toEqual([]);
    finish(s, 'N');
    expect(types(s.planned())).toEqual(['CardsAdded']);
    expect(s.project().settled).toBe(false);
  });

  it('become cards that depend on their own dependencies and on every card that nobody depended on', () => {
    const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] }), spec('C', { dependencies: ['A'] })]).step();
    s.says('A', started(1), completed(1, { closing: [spec('DEPLOY-1', { dependencies: ['A', 'B'] })] })).step();
    finish(finish(s, 'B'), 'C');
    expect(added(s.planned())).toEqual([
      {
        origin: { kind: 'proposal', card: 'A', attempt: 1, closing: true },
        cards: [expect.objectContaining({ id: 'DEPLOY-1', dependencies: ['A', 'B', 'C'] })],
      },
    ]);
    finish(s.step().step(), 'DEPLOY-1');
    expect(types(s.planned())).toEqual(['ProjectCompleted']);
    expect(s.project().closing).toBeUndefined();
  });

  it('wait for skipped cards too, and never come while something is dead', () => {
    const s = proposing().step();
    s.says('B', started(1), { type: 'CardFailed', data: { attempt: 1, kind: 'terminal', code: 'c', message: 'm' } });
    finish(s.step(), 'N').step();
    expect(types(s.planned())).toEqual([]);
    expect(s.project()).toMatchObject({ settled: true, status: 'running', closing: ['DEPLOY-1'] });
    s.accept({ type: 'SkipCard', project: P, card: cardId('B'), by: person, reason });
    expect(types(s.planned())).toEqual(['CardsAdded']);
  });

  it('that are unsound are rejected with the reasons, and the project completes', () => {
    const s = finish(
      proposing([spec('DEPLOY-1', { dependencies: ['nowhere'] })])
        .step()
        .step(),
      'B',
    );
    finish(s, 'N');
    expect(s.planned()[0]?.events).toMatchObject([
      { type: 'CardsRejected', data: { card: 'A', attempt: 1, closing: true, rejected: [{ id: 'DEPLOY-1' }] } },
    ]);
    expect(types(s.step().planned())).toEqual(['ProjectCompleted']);
  });

  it('of several cards come one after the other, each on top of the last', () => {
    const s = Scenario.of([spec('A'), spec('B')]).step();
    s.says('A', started(1), completed(1, { closing: [deploy] }));
    s.says('B', started(1), completed(1, { closing: [spec('DEPLOY-2')] }));
    finish(s.step().step(), 'DEPLOY-1');
    expect(added(s.planned())).toMatchObject([{ cards: [{ id: 'DEPLOY-2', dependencies: ['DEPLOY-1'] }] }]);
  });

  it('are dropped with the rollback or retry of the card that made them', () => {
    const s = proposing().step().step();
    s.accept({ type: 'RollBack', project: P, card: cardId('A'), by: person, reason });
    expect(s.project().closing).toBeUndefined();
    finish(finish(s.step(), 'B'), 'N');
    s.says('A', started(2), completed(2));
    expect(types(s.planned())).toEqual(['ProjectCompleted']);
  });

  it('survive a snapshot', () => {
    const s = finish(finish(proposing().step().step(), 'B'), 'N');
    const again = restore(snapshot(s.board))!;
    expect(everything(again, [PRODUCT, ARCH])).toEqual(everything(s.board, [PRODUCT, ARCH]));
    expect(types(s.planned())).toEqual(['CardsAdded']);
  });

  it('wait while the project is stopped', () => {
    const s = finish(finish(proposing().step().step(), 'B'), 'N');
    s.accept({ type: 'StopProject', project: P, by: person, reason });
    expect(types(s.planned())).toEqual([]);
    expect(s.project().settled).toBe(true);
  });

  it('keep a completion that comes late from counting', () => {
    const s = finish(finish(proposing().step().step(), 'B'), 'N');
    const [append] = s.planned();
    s.append([{ ...append!, events: [{ type: 'ProjectCompleted', data: { done: 3, skipped: 0 } }] }]);
    expect(s.project().status).toBe('running');
    expect(types(s.planned())).toEqual(['CardsAdded']);
  });
});

describe('what builds on a card that proposed', () => {
  it('is enqueued only once the proposals are decided, in every run alike', () => {
    const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] }), spec('C')]).step({ window: () => 1 });
    s.says('A', started(1), completed(1, { proposals: [spec('N')] }));
    expect(s.planned().map((a) => [a.lane.split('.')[3], types([a])])).toEqual([
      ['_', ['CardsAdded']],
      ['C', ['CardEnqueued']],
    ]);
    expect(types(s.step({ limit: 1 }).planned())).toEqual(['CardEnqueued', 'CardEnqueued', 'CardEnqueued']);
  });
});
