import { describe, expect, it } from '@jest/globals';
import {
  attemptLane,
  cardId,
  decidedLane,
  position,
  projectId,
  projectLane,
  revision,
  type CardId,
  type Lane,
  type LaneCommit,
} from '@squados/contracts';
import { card, cards, emptyBoard, evolve, position as positionOf, project, projects, reach } from './index.js';
import {
  addCards,
  ARCH,
  commitOf,
  completed,
  failed,
  fakeHash,
  P,
  person,
  PRODUCT,
  Scenario,
  spec,
  started,
  startProject,
} from './testing/index.js';

const by = person;
const reason = 'because';
const done = (s: Scenario, id: string, output = 'x'): Scenario => {
  const attempt = s.step({ now: 1e9 }).card(id).attempt;
  return s.says(id, started(attempt), completed(attempt, { output }));
};

describe('a skipped card', () => {
  it('is met for its dependents, which are marked assumed all the way down', () => {
    const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] }), spec('C', { dependencies: ['B'] })]);
    s.accept({ type: 'SkipCard', project: P, card: cardId('A'), by, reason });
    expect(s.card('A')).toMatchObject({ state: 'SKIPPED', assumed: true });
    expect(s.card('B')).toMatchObject({ ready: true, assumed: true });
    done(s, 'B');
    expect(s.card('B')).toMatchObject({ state: 'DONE', assumed: true });
    expect(s.card('C')).toMatchObject({ ready: true, assumed: true });
  });

  it('stays skipped when its attempt completes later, and the attempt is ended for it', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1));
    s.accept({ type: 'SkipCard', project: P, card: cardId('A'), by, reason });
    expect(s.planned()[0]?.events[0]).toMatchObject({ type: 'CardReleased', data: { attempt: 1, reason: 'skipped' } });
    expect(s.says('A', completed(1)).card('A').state).toBe('SKIPPED');
    expect(s.planned().map((a) => a.events[0]?.type)).toEqual(['ProjectCompleted']);
  });

  it('was done first when the completion stands earlier in the log', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), completed(1))
      .decided('A', { type: 'CardSkipped', data: { by, reason } });
    expect(s.card('A').state).toBe('DONE');
  });

  it('can be taken up again', () => {
    const s = Scenario.of([spec('A', { importedAs: 'skipped' }), spec('B', { dependencies: ['A'] })]);
    expect(s.card('B').ready).toBe(true);
    s.accept({ type: 'RetryCard', project: P, card: cardId('A'), by, reason });
    expect([s.card('A').ready, s.card('B').ready]).toEqual([true, false]);
    expect(s.card('B').waitingFor).toEqual(['A']);
  });
});

describe('a rollback', () => {
  const chain = (): Scenario => {
    const s = Scenario.of([
      spec('A'),
      spec('B', { dependencies: ['A'] }),
      spec('C', { dependencies: ['B'] }),
      spec('D', { dependencies: ['C'] }),
      spec('X'),
    ]);
    done(done(s, 'A'), 'B').step().says('C', started(1));
    return s;
  };

  it('reaches the card and what has left TODO behind it, and sends that back to TODO', () => {
    const s = chain();
    expect(reach(s.board, P, cardId('A'))).toEqual(['A', 'B', 'C']);
    expect(reach(s.board, P, cardId('nowhere'))).toEqual([]);
    s.accept({ type: 'RollBack', project: P, card: cardId('A'), by, reason, shown: ['A', 'B', 'C'].map(cardId) });
    expect(['A', 'B', 'C', 'D'].map((id) => s.card(id).state)).toEqual(['TODO', 'TODO', 'TODO', 'TODO']);
    expect(s.planned()[0]?.events[0]).toMatchObject({
      type: 'CardReleased',
      data: { attempt: 1, reason: 'rolled-back' },
    });
  });

  it('makes the completion of an open attempt late, and never reuses its number', () => {
    const s = chain().accept({ type: 'RollBack', project: P, card: cardId('C'), by, reason });
    expect(s.card('C')).toMatchObject({ state: 'TODO', ready: false });
    s.says('C', completed(1));
    expect(s.card('C')).toMatchObject({ state: 'TODO', ready: true, attempt: 1 });
    expect(s.step().card('C').attempt).toBe(2);
  });

  it('voids an attempt that was enqueued by somebody who had not seen it', () => {
    const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] })]);
    done(s, 'A');
    const late = s.planned();
    s.accept({ type: 'RollBack', project: P, card: cardId('A'), by, reason });
    s.append(late);
    expect(s.card('B')).toMatchObject({ state: 'TODO', attempt: 1, waitingFor: ['A'] });
    expect(s.planned({ window: () => 1 })[0]?.events[0]).toMatchObject({
      type: 'CardReleased',
      data: { reason: 'rolled-back' },
    });
    s.says('B', started(1), completed(1));
    expect(s.card('B').state).toBe('TODO');
  });

  it('outlives decisions about the attempt that it undid', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), failed(1, { kind: 'terminal' }));
    const late = s.planned();
    s.accept({ type: 'RollBack', project: P, card: cardId('A'), by, reason });
    expect(s.append(late).card('A')).toMatchObject({ state: 'TODO', ready: true });
  });
});

describe('staleness', () => {
  const built = (): Scenario => {
    const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] }), spec('C', { dependencies: ['B'] })]);
    return done(done(done(s, 'A', 'a1'), 'B', 'b1'), 'C', 'c1').step();
  };

  it('begins when a done card is changed, and ends when it is made again', () => {
    const s = built().accept({ type: 'ChangeCard', project: P, spec: spec('A', { title: 'New' }), by, reason });
    expect(s.card('A')).toMatchObject({ state: 'STALE', cardRevision: 2 });
    expect(s.card('B').state).toBe('DONE');
    expect(s.planned()).toEqual([]);
    s.accept({ type: 'RetryCard', project: P, card: cardId('A'), by, reason });
    expect(s.project().status).toBe('running');
    done(s, 'A', 'a2');
    expect(['A', 'B', 'C'].map((id) => s.card(id).state)).toEqual(['DONE', 'STALE', 'DONE']);
  });

  it('does not spread when the dependency is made again with the same outcome', () => {
    const s = built().accept({ type: 'ChangeCard', project: P, spec: spec('A', { title: 'New' }), by, reason });
    s.accept({ type: 'RetryCard', project: P, card: cardId('A'), by, reason });
    done(s, 'A', 'a1');
    expect(s.card('B').state).toBe('DONE');
  });

  it('meets a card that was at work on the old text', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1));
    s.accept({ type: 'ChangeCard', project: P, spec: spec('A', { title: 'New' }), by, reason });
    expect(s.says('A', completed(1)).card('A').state).toBe('STALE');
  });

  it('keeps the hash of what was made', () => {
    expect(built().card('A').manifestHash).toBe(fakeHash('a1'));
  });

  it('never meets a card that was done before the import', () => {
    const s = Scenario.of([spec('A', { importedAs: 'done' })]).accept({
      type: 'ChangeCard',
      project: P,
      spec: spec('A', { title: 'New' }),
      by,
      reason,
    });
    expect(s.card('A').state).toBe('DONE');
  });
});

describe('changed dependencies', () => {
  it('replace the old ones in both directions', () => {
    const s = Scenario.of([spec('A'), spec('B'), spec('C', { dependencies: ['A'] })]);
    s.accept({ type: 'ChangeCard', project: P, spec: spec('C', { dependencies: ['B'] }), by, reason });
    done(s, 'A');
    expect(s.card('C')).toMatchObject({ ready: false, waitingFor: ['B'] });
    done(s, 'B');
    expect(s.card('C').ready).toBe(true);
  });

  it('unblock a card that no longer needs the dead letter', () => {
    const s = Scenario.of([
      spec('A'),
      spec('B'),
      spec('C', { dependencies: ['A'] }),
      spec('D', { dependencies: ['C'] }),
    ]);
    s.step({ window: () => 1 })
      .says('A', failed(1, { kind: 'terminal' }))
      .step({ window: () => 0 });
    expect([s.card('C').state, s.card('D').blockedBy]).toEqual(['BLOCKED', 'A']);
    s.accept({ type: 'ChangeCard', project: P, spec: spec('C', { dependencies: ['B'] }), by, reason });
    expect([s.card('C').state, s.card('D').state]).toEqual(['TODO', 'TODO']);
  });
});

describe('facts that do not fit', () => {
  const at = { project: P, agent: PRODUCT, card: cardId('A') };
  const commit = (lane: string, n: number, ...events: Parameters<typeof commitOf>[1]): LaneCommit =>
    commitOf({ lane: lane as Lane, position: position(n), revision: revision(n) }, events);

  it('change nothing: unknown projects, cards, lanes, agents, and events on a lane that is not theirs', () => {
    const s = Scenario.of([spec('A')]);
    const strange = [
      commit(projectLane(projectId('nobody')), 100, { type: 'ProjectStopped', data: { by, reason } }),
      commit(attemptLane({ ...at, project: projectId('nobody') }), 101, completed(1)),
      commit(attemptLane({ ...at, card: cardId('Z') }), 102, completed(1)),
      commit(attemptLane({ ...at, agent: ARCH }), 103, completed(1)),
      commit('squad', 104, completed(1)),
      commit('other.demo.x', 105, completed(1)),
      commit('squad.demo.product', 106, completed(1)),
      commit('squad.demo.product.A.sideways', 107, { type: 'CardSkipped', data: { by, reason } }),
      commit('squad.demo.product.A.attempt.more', 108, { type: 'CardSkipped', data: { by, reason } }),
      commit('squad.demo.product.A.elsewhr', 108.5, { type: 'CardSkipped', data: { by, reason } }),
      commit(attemptLane(at), 109, { type: 'CardSkipped', data: { by, reason } }),
      commit(decidedLane(at), 110, { type: 'ProjectStopped', data: { by, reason } }),
      commit(projectLane(P), 111, { type: 'CardSkipped', data: { by, reason } }),
      commit('squad.=ZZ.x.y.attempt', 112, { type: 'Unknown' } as never),
    ];
    for (const each of strange) s.board = evolve(s.board, each);
    expect(projects(s.board)).toEqual([P]);
    expect(s.card('A')).toMatchObject({ state: 'TODO', ready: true, attempt: 0 });
    expect(positionOf(s.board)).toBe(112);
  });

  it('make a project undecidable that begins with something unreadable', () => {
    const unreadable = {
      type: 'Unknown',
      originalType: 'ProjectStarted',
      version: 2,
      id: 'x',
      reason: 'version 2',
    } as never;
    let board = evolve(emptyBoard(), commit(projectLane(projectId('new')), 1, unreadable));
    board = evolve(board, commit(attemptLane({ ...at, project: projectId('newer') }), 2, unreadable));
    expect(projects(board).map((id) => project(board, id)?.status)).toEqual(['undecidable', 'undecidable']);
  });

  it('an unreadable event of an unknown card makes its project undecidable as well', () => {
    const s = Scenario.of([spec('A')]);
    s.board = evolve(
      s.board,
      commit(attemptLane({ ...at, card: cardId('Z') }), 50, {
        type: 'Unknown',
        originalType: 'X',
        version: 1,
        id: 'x',
        reason: 'new',
      } as never),
    );
    expect(s.project().status).toBe('undecidable');
  });

  it('a second card of the same id, a second start, a missing dependency and an unknown priority do no harm', () => {
    const s = Scenario.of([spec('A')]);
    const origin = { kind: 'import', by } as const;
    s.log.put(projectLane(P), {
      type: 'CardsAdded',
      data: {
        origin,
        cards: [spec('A'), spec('B', { dependencies: ['ghost'], priority: 'SOON' as never }), spec('B')],
      },
    });
    s.log.put(projectLane(P), {
      type: 'ProjectStarted',
      data: { title: 'again', agents: [], policy: s.project().policy },
    });
    s.log.put(projectLane(P), {
      type: 'CardsRolledBack',
      data: { by, card: cardId('ghost'), reason, reach: [cardId('ghost')] },
    });
    s.log.put(projectLane(P), {
      type: 'CardChanged',
      data: { by, card: cardId('ghost'), reason, spec: spec('ghost') },
    });
    s.fold();
    expect([...cards(s.board, P)]).toEqual(['A', 'B']);
    expect(s.card('B')).toMatchObject({ ready: false, priority: 'LOW', dependencies: [] });
    expect(s.project().agents).toEqual([PRODUCT, ARCH]);
  });

  it('an attempt enqueued while another is open is not taken for a second one', () => {
    const s = Scenario.of([spec('A')]).step();
    s.decided('A', {
      type: 'CardEnqueued',
      data: { attempt: 2, after: revision(0), inputs: { cardRevision: 1, digest: '' } },
    });
    expect(s.card('A').attempt).toBe(1);
    s.decided('A', { type: 'CardRetried', data: { by, reason } });
    expect(s.card('A').state).toBe('ENQUEUED');
  });

  it('a dead letter for an attempt that is still open is believed, and the attempt ended', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .decided('A', { type: 'CardDeadLettered', data: { attempt: 1, reason: 'poison', message: 'bytes' } });
    expect(s.card('A').state).toBe('DEAD_LETTERED');
    expect(s.planned().map((a) => a.events[0]?.type)).toEqual(['CardReleased']);
  });

  it.each([
    ['not-hex'],
    ['0123456789abcdef'.repeat(4)],
    ['0123456789ABCDEF'.repeat(4)],
    [`${'0'.repeat(60)}:/\`g`],
    [`${'f'.repeat(63)}:`],
    [`${'0'.repeat(63)}@`],
    [`${'0'.repeat(63)}é`],
    ['a'.repeat(63)],
    ['a'.repeat(65)],
    ['🙂'.repeat(32)],
  ])('the hash %s is kept as it came, whatever the other hashes are', (hash) => {
    const s = Scenario.of([spec('A'), spec('B'), spec('C')]).step({ window: () => 3 });
    const hashes = ['1'.repeat(64), hash, 'e'.repeat(64)];
    for (const [i, id] of ['A', 'B', 'C'].entries()) {
      const end = completed(1);
      s.says(id, { ...end, data: { ...end.data, manifestHash: hashes[i] } } as never);
    }
    expect(['A', 'B', 'C'].map((id) => s.card(id).manifestHash)).toEqual(hashes);
  });
});

describe('ids', () => {
  it('in any writing are found again', () => {
    const ids = ['a.b', 'ação 1', '_', '../x', '🙂', 'A', 'a'];
    const s = Scenario.of(ids.map((id) => spec(id)));
    expect([...cards(s.board, P)]).toEqual(ids);
    expect(ids.map((id) => card(s.board, P, id as CardId)?.id)).toEqual(ids);
    s.step({ window: () => 99 });
    for (const id of ids) s.says(id, started(1), completed(1));
    expect(s.project().byState.DONE).toBe(ids.length);
  });

  it('of any length are told apart, though they differ in one character only', () => {
    const dots = '.'.repeat(83); // 249 bytes of a lane
    const stems = ['', 'a', 'aa', 'aaa', 'aaaa', 'a'.repeat(8), '🙂'.repeat(199)];
    const ids = [...stems, ...stems.slice(0, -1).map((stem) => dots + stem)].flatMap((stem) => [
      `${stem}a`,
      `${stem}b`,
    ]);
    const s = Scenario.of(ids.map((id) => spec(id)));
    s.step({ window: () => 99 });
    for (const id of ids.filter((each) => each.endsWith('b'))) s.says(id, started(1), completed(1));
    expect(ids.filter((id) => s.card(id).state === 'DONE')).toEqual(ids.filter((id) => id.endsWith('b')));
  });

  it('of cards are apart for each project, and unknown ones are not there', () => {
    const other = projectId('demo2');
    const s = Scenario.of([spec('A')])
      .accept(startProject({ project: other }))
      .accept(addCards([spec('A')], other));
    s.step({ window: () => 1 }).says('A', started(1), completed(1));
    expect([s.card('A').state, s.card('A', other).state]).toEqual(['DONE', 'TODO']);
    expect(card(s.board, projectId('x'), cardId('A'))).toBeUndefined();
    expect(card(s.board, P, cardId('x'))).toBeUndefined();
    expect(project(s.board, projectId('x'))).toBeUndefined();
    expect([...cards(s.board, projectId('x'))]).toEqual([]);
  });
});
