import { describe, expect, it } from '@jest/globals';
import { agentName, type Outcome } from '@squados/contracts';
import { compareRuns, type Delivered } from './compare-runs.js';

const card = (agent: string, manifestHash: string, outcome: Outcome = 'pass'): Delivered => ({
  agent: agentName(agent),
  manifestHash,
  outcomes: new Map([['qa-e2e', outcome]]),
});
const compared = (before: Delivered, after: Delivered | undefined) =>
  compareRuns(new Map([['X-1', before]]), new Map(after ? [['X-1', after]] : []));

describe('two runs of a project', () => {
  it('are the same where every file is', () => {
    expect(compared(card('backend', 'a'), card('backend', 'a'))).toEqual({
      same: 1,
      measured: [],
      different: [],
      unlikeGates: [],
    });
  });
  it.each<[string, Delivered, Delivered | undefined]>([
    ['files differ', card('backend', 'a'), card('backend', 'b')],
    ['a card is missing', card('backend', 'a'), undefined],
    ['a report says that something else came out', card('qa', 'a'), card('qa', 'b', 'fail')],
    ['a report is missing', card('qa', 'a'), undefined],
  ])('differ where %s', (_what, before, after) => {
    expect(compared(before, after)).toMatchObject({ same: 0, measured: [], different: ['X-1'], unlikeGates: [] });
  });
  it('may have measured other times, where every check came to the same', () => {
    expect(compared(card('qa', 'a'), card('qa', 'b'))).toMatchObject({ same: 0, measured: ['X-1'], different: [] });
  });
  it('name the gates that could run in one of them only', () => {
    const named = (before: Outcome, after: Outcome) =>
      compared(card('frontend', 'a', before), card('frontend', 'a', after)).unlikeGates;
    expect([named('pass', 'refer'), named('refer', 'fail'), named('pass', 'fail'), named('refer', 'refer')]).toEqual([
      ['qa-e2e'],
      ['qa-e2e'],
      [],
      [],
    ]);
  });
});
