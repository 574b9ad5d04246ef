import { describe, expect, it } from '@jest/globals';
import { cardId, projectId, projectLane, type Command } from '@squados/contracts';
import { checkGraph, type Decision } from './index.js';
import {
  addCards,
  completed,
  failed,
  P,
  person,
  Scenario,
  spec,
  started,
  startProject,
  verdict,
} from './testing/index.js';

const by = person;
const reason = 'because';
const on = (type: 'SkipCard' | 'RetryCard' | 'RollBack', id: string): Command =>
  ({ type, project: P, card: cardId(id), by, reason }) as Command;
const change = (s: Scenario, card: ReturnType<typeof spec>): Decision =>
  s.ask({ type: 'ChangeCard', project: P, spec: card, by, reason });
const refusal = (decision: Decision): string => (decision.kind === 'rejected' ? decision.reason : 'accepted');

describe('starting a project', () => {
  it('expects an empty lane and happens once', () => {
    const s = new Scenario();
    expect(s.ask(startProject())).toMatchObject({
      kind: 'accepted',
      appends: [{ lane: projectLane(P), expected: 0, events: [{ type: 'ProjectStarted' }] }],
    });
    s.accept(startProject({ source: { kind: 'backlog', documents: [] } }));
    expect(refusal(s.ask(startProject()))).toBe('project-exists');
    expect(s.ask(addCards([spec('A')], projectId('x')))).toMatchObject({
      reason: 'unknown-project',
      message: expect.stringContaining('x'),
    });
  });
});

describe('adding cards', () => {
  const s = Scenario.of([spec('OLD')]);
  const refused = (...cards: ReturnType<typeof spec>[]): Decision => s.ask(addCards(cards));

  it('names each fault with the card and what to do, and adds nothing', () => {
    const cases = [
      [[spec('A'), spec('A')], 'duplicate-card', 'A is listed twice'],
      [[spec('OLD')], 'duplicate-card', 'OLD already exists'],
      [[spec('A', { dependencies: ['A'] })], 'self-dependency', 'A depends on itself'],
      [[spec('A', { dependencies: ['B'] })], 'dangling-dependency', "A depends on B, which doesn't exist"],
      [
        [spec('A', { agent: 'qa' as never })],
        'unknown-agent',
        'agent not in this run: qa (agents here: product, arch)',
      ],
      [
        [spec('A', { dependencies: ['C'] }), spec('B', { dependencies: ['A'] }), spec('C', { dependencies: ['B'] })],
        'dependency-cycle',
        'A → C → B → A',
      ],
      [[spec('')], 'invalid-card', 'id must be'],
      [[spec('a\u0007b')], 'invalid-card', 'control characters'],
      [[spec('A', { title: ' ' })], 'invalid-card', 'title is empty'],
      [[spec('A', { priority: 'SOON' as never })], 'invalid-card', 'priority must be one of CRITICAL'],
      [[spec('A', { dependencies: ['OLD', 'OLD'] })], 'invalid-card', 'lists a dependency twice'],
    ] as const;
    for (const [cards, kind, words] of cases)
      expect([kind, refused(...cards)]).toMatchObject([
        kind,
        { kind: 'rejected', reason: kind, message: expect.stringContaining(words) },
      ]);
    expect(refusal(refused())).toBe('nothing-to-do');
  });

  it('lists every problem in the details', () => {
    const decision = refused(spec('A', { dependencies: ['X'] }), spec('B', { dependencies: ['Y'] }));
    expect(decision).toMatchObject({
      message: expect.stringContaining('and 1 more'),
      details: [expect.stringContaining('X'), expect.stringContaining('Y')],
    });
  });

  it('accepts cards that build on each other in any order, and on what is there', () => {
    expect(refused(spec('B', { dependencies: ['A', 'OLD'] }), spec('A'))).toMatchObject({
      kind: 'accepted',
      appends: [{ events: [{ type: 'CardsAdded' }] }],
    });
  });

  it('walks chains of 100,000 cards without recursion, and tells a cycle of that length by its ends', () => {
    const n = 100_000;
    const chain = Array.from({ length: n }, (_, i) => spec(`C${i}`, { dependencies: i === 0 ? [] : [`C${i - 1}`] }));
    expect(checkGraph(chain)).toEqual([]);
    const [problem] = checkGraph([spec('C0', { dependencies: [`C${n - 1}`] }), ...chain.slice(1)]);
    expect(problem).toMatchObject({ kind: 'dependency-cycle' });
    expect(problem?.path).toHaveLength(n + 1);
    expect(problem!.message.length).toBeLessThan(400);
  });
});

describe('changing a card', () => {
  const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] }), spec('C', { dependencies: ['B'] })]);

  it('refuses a cycle through cards that are there, as a path', () => {
    expect(change(s, spec('A', { dependencies: ['C'] }))).toMatchObject({
      reason: 'dependency-cycle',
      message: expect.stringMatching(/A → C → B → A|C → B → A → C|B → A → C → B/),
    });
  });

  it('refuses unknown cards, another agent, and what would be refused of a new one', () => {
    expect(refusal(change(s, spec('Z')))).toBe('unknown-card');
    expect(refusal(change(s, spec('A', { agent: 'arch' as never })))).toBe('invalid-card');
    expect(refusal(change(s, spec('A', { dependencies: ['A'] })))).toBe('self-dependency');
    expect(refusal(change(s, spec('A', { dependencies: ['nowhere'] })))).toBe('dangling-dependency');
    expect(refusal(change(s, spec('A', { title: '' })))).toBe('invalid-card');
    expect(refusal(change(s, spec('C', { dependencies: ['A', 'B'] })))).toBe('accepted');
  });
});

describe('interventions', () => {
  it('name unknown cards', () => {
    const s = Scenario.of([]);
    const commands: Command[] = [
      on('SkipCard', 'Z'),
      on('RetryCard', 'Z'),
      on('RollBack', 'Z'),
      { type: 'WaiveGate', project: P, card: cardId('Z'), attempt: 1, gate: 'g', by, reason },
    ];
    expect(commands.map((command) => refusal(s.ask(command)))).toEqual(Array(4).fill('unknown-card'));
  });

  it('skip what is not done, once', () => {
    const s = Scenario.of([spec('A'), spec('B', { importedAs: 'done' })]);
    expect(refusal(s.ask(on('SkipCard', 'B')))).toBe('wrong-state');
    s.accept(on('SkipCard', 'A'));
    expect(refusal(s.ask(on('SkipCard', 'A')))).toBe('nothing-to-do');
  });

  it('retry only what has stopped moving by itself', () => {
    const s = Scenario.of([
      spec('A'),
      spec('B', { dependencies: ['A'] }),
      spec('D', { importedAs: 'done' }),
      spec('E'),
    ]);
    expect(s.ask(on('RetryCard', 'A'))).toMatchObject({
      reason: 'wrong-state',
      message: expect.stringContaining('run by itself'),
    });
    expect(s.ask(on('RetryCard', 'D'))).toMatchObject({ message: expect.stringContaining('roll it back') });
    s.step();
    expect(s.ask(on('RetryCard', 'A'))).toMatchObject({ message: expect.stringContaining('at work') });
    s.says('E', { type: 'CardReleased', data: { attempt: 1, reason: 'provider-outage', notBefore: 9e9, by } });
    s.accept(on('RetryCard', 'E'));
    expect(s.card('E')).toMatchObject({ ready: true });
    s.says('A', started(1), failed(1, { kind: 'terminal' })).step({ window: () => 0 });
    expect(s.ask(on('RetryCard', 'B'))).toMatchObject({
      message: expect.stringContaining('dead letter that blocks it'),
    });
    s.accept(on('RetryCard', 'A'));
  });

  it('retry a card whose gate was refused, dropping what it proposed', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), verdict(1, { outcome: 'fail' }), completed(1, { proposals: [spec('N')] }));
    s.accept(on('RetryCard', 'A'));
    expect(s.card('A')).toMatchObject({ state: 'TODO', ready: true, attempt: 1 });
    s.step().says('A', started(2), completed(2)).step();
    expect(s.project().status).toBe('completed');
  });

  it('roll back only what was shown', () => {
    const s = Scenario.of([spec('A'), spec('B', { dependencies: ['A'] })]);
    expect(refusal(s.ask(on('RollBack', 'A')))).toBe('nothing-to-do');
    s.step().says('A', started(1), completed(1));
    const shown = [cardId('A')];
    expect(refusal(s.ask({ ...on('RollBack', 'A'), shown } as Command))).toBe('accepted');
    s.step();
    expect(s.ask({ ...on('RollBack', 'A'), shown } as Command)).toMatchObject({
      reason: 'stale-preview',
      details: ['A', 'B'],
    });
    expect(refusal(s.ask({ ...on('RollBack', 'A'), shown: ['A', 'C'].map(cardId) } as Command))).toBe('stale-preview');
    expect(refusal(s.ask(on('RollBack', 'A')))).toBe('accepted');
  });

  it('waive only an open gate of the last attempt', () => {
    const s = Scenario.of([spec('A')])
      .step()
      .says('A', started(1), verdict(1, { gate: 'sql', outcome: 'refer' }));
    const waive = (attempt: number, gate: string): Decision =>
      s.ask({ type: 'WaiveGate', project: P, card: cardId('A'), attempt, gate, by, reason });
    expect(waive(2, 'sql')).toMatchObject({ reason: 'wrong-state', message: expect.stringContaining('attempt 1') });
    expect(waive(1, 'other')).toMatchObject({ reason: 'nothing-to-do', details: ['sql'] });
    expect(refusal(waive(1, 'sql'))).toBe('accepted');
  });
});

describe('pausing and stopping', () => {
  const pause = (now: boolean): Command => ({ type: 'PauseProject', project: P, by, reason, now });
  const stop: Command = { type: 'StopProject', project: P, by, reason };

  it('do nothing twice', () => {
    const s = Scenario.of([spec('A')]);
    expect(refusal(s.ask({ type: 'ResumeProject', project: P, by, reason }))).toBe('nothing-to-do');
    s.accept(pause(false));
    expect(refusal(s.ask(pause(false)))).toBe('nothing-to-do');
    s.accept(pause(true));
    expect(refusal(s.ask(pause(true)))).toBe('nothing-to-do');
    s.accept({ type: 'ResumeProject', project: P, by, reason });
    s.accept(stop);
    expect(refusal(s.ask(stop))).toBe('project-over');
  });

  it('do nothing to a project that is complete', () => {
    const s = Scenario.of([spec('A', { importedAs: 'done' })]).step();
    expect([refusal(s.ask(stop)), refusal(s.ask(pause(false)))]).toEqual(['project-over', 'project-over']);
  });

  it('on a board without the newest events lose to whoever was faster', () => {
    const s = Scenario.of([spec('A')]);
    const [mine, theirs] = [s.ask(stop), s.ask(pause(false))];
    if (mine.kind === 'rejected' || theirs.kind === 'rejected') throw new Error('both are sound');
    expect(s.log.append(mine.appends[0]!)).toBe('appended');
    expect(s.log.append(theirs.appends[0]!)).toBe('conflict');
  });
});
