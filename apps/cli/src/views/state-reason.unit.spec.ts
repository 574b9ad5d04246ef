import { describe, expect, it } from '@jest/globals';
import {
  completed,
  failed,
  person,
  policy,
  Scenario,
  spec,
  started,
  startProject,
  verdict,
} from '@squados/board/testing';
import { cardId } from '@squados/contracts';
import { COLORS, NO_COLORS } from '../terminal/palette.js';
import { foldOf } from '../testing/fold-of.js';
import { shellQuote } from './shell-quote.js';
import { countsText, paintState, stateWord } from './state-words.js';
import { whyPage } from './why-page.js';

const reason = (scenario: Scenario, id = 'A'): string => {
  const { fold, at } = foldOf(scenario);
  const page = whyPage(fold, { project: at.view.id, id: cardId(id), notes: new Map() })!;
  return `${page.card.state}: ${page.reason}`;
};
const begun = (): Scenario => Scenario.of([spec('A'), spec('B', { dependencies: ['A'] })]).step();

describe('why a card is in its state', () => {
  it('to do: waits for its dependencies, or is ready', () => {
    const many = ['D1', 'D2', 'D3', 'D4', 'D5', 'D6'];
    const scenario = Scenario.of([spec('A'), ...many.map((id) => spec(id)), spec('Z', { dependencies: many })]);
    expect(reason(scenario)).toBe('TODO: it is ready and waits for a free place at its agent');
    expect(reason(scenario, 'Z')).toBe(
      'TODO: waits for D1 (TODO), D2 (TODO), D3 (TODO), D4 (TODO), D5 (TODO) and 1 more',
    );
    scenario.accept({ type: 'PauseProject', project: scenario.project().id, by: person, reason: 'x', now: false });
    expect(reason(scenario)).toBe('TODO: every dependency is met; its project is not running');
  });

  it('to do again: was handed back until a time', () => {
    const data = { attempt: 1, reason: 'provider-outage', notBefore: 1_900_000_000_000, by: person };
    expect(reason(begun().says('A', started(1), { type: 'CardReleased', data }))).toBe(
      'TODO: it was handed back and waits until 2030-03-17T17:46:40.000Z',
    );
  });

  it('enqueued and executing: with whom', () => {
    expect(reason(begun())).toBe('ENQUEUED: attempt 1 is enqueued and waits for a worker of product');
    expect(reason(begun().says('A', started(1)))).toMatch(/^EXECUTING: attempt 1 is with w1 since 2023-/);
  });

  it('retrying and given up: what failed', () => {
    const failing = begun().says('A', started(1), failed(1)).step();
    expect(reason(failing)).toMatch(/^RETRYING: attempt 1 failed; retry 1 not before \d{4}-/);
    const dead = begun()
      .says('A', started(1), failed(1, { kind: 'terminal', message: 'no value fits' }))
      .step();
    expect(reason(dead)).toContain('DEAD_LETTERED: terminal');
    expect(reason(dead)).toContain('no value fits');
    expect(reason(dead, 'B')).toBe('BLOCKED: it cannot start: A was dead-lettered or stopped');
  });

  it('awaiting approval: which gates a person must decide on; done: whether one was waived', () => {
    const strict = Scenario.of([spec('A')], startProject({ policy: policy() })).step();
    strict.says('A', started(1), verdict(1, { gate: 'ddl', outcome: 'refer' }), verdict(1), completed(1)).step();
    expect(reason(strict)).toBe('EVALUATING: it is complete, but a person must decide on: ddl');
    strict.decided('A', { type: 'GateWaived', data: { attempt: 1, gate: 'ddl', by: person, reason: 'seen' } });
    expect(reason(strict)).toBe('DONE: attempt 1 completed and every required gate passed or was waived (1)');
  });

  it('done before the import, and skipped', () => {
    const scenario = Scenario.of([spec('A', { importedAs: 'done' }), spec('B')]);
    expect(reason(scenario)).toBe('DONE: it was done before it was imported; nothing ran');
    const { id: project } = scenario.project();
    scenario.accept({ type: 'SkipCard', project, card: cardId('B'), by: person, reason: 'by hand' });
    expect(reason(scenario, 'B')).toBe('SKIPPED: by hand');
  });
});

describe('states in words', () => {
  it('are counted in reading order; none is said', () => {
    expect(countsText({ DEAD_LETTERED: 1, TODO: 40, DONE: 12, BLOCKED: 0 })).toBe('12 done, 40 to do, 1 dead-lettered');
    expect(countsText({})).toBe('none');
    expect(stateWord('AWAITING_APPROVAL')).toBe('awaiting approval');
  });

  it('are red when something went wrong, green when done', () => {
    expect(paintState(COLORS, 'DEAD_LETTERED', 'x')).toBe(COLORS.red('x'));
    expect(paintState(COLORS, 'DONE', 'x')).toBe(COLORS.green('x'));
    expect(paintState(COLORS, 'EXECUTING', 'x')).toBe(COLORS.cyan('x'));
    expect(paintState(NO_COLORS, 'DONE', 'x')).toBe('x');
  });
});

describe('a word for the shell', () => {
  it.each([
    ['PROD-1.2', 'PROD-1.2'],
    ['PROD 3', "'PROD 3'"],
    ["it's", `'it'\\''s'`],
    ['$(rm -rf x)', "'$(rm -rf x)'"],
    ['', "''"],
  ])('%j is written %s', (word, quoted) => expect(shellQuote(word)).toBe(quoted));
});
