import { describe, expect, it } from '@jest/globals';
import { agentName } from '@squados/contracts';
import { compareRuns, type Delivered } from './compare-runs.js';

const card = (agent: string, manifestHash: string, outcomes = 'qa-e2e pass'): Delivered => ({
  agent: agentName(agent),
  manifestHash,
  outcomes,
});
const compared = (before: Delivered, after: Delivered | undefined) =>
  compareRuns(new Map([['X-1', before]]), new Map(after ? [['X-1', after]] : []));

describe('two runs of a project', () => {
  it('are the same where every file is', () => {
    expect(compared(card('backend', 'a'), card('backend', 'a'))).toEqual({ same: 1, measured: [], different: [] });
  });
  it.each<[string, Delivered, Delivered | undefined]>([
    ['files differ', card('backend', 'a'), card('backend', 'b')],
    ['a card is missing', card('backend', 'a'), undefined],
    ['a report says that something else came out', card('qa', 'a'), card('qa', 'b', 'qa-e2e refer')],
    ['a report is missing', card('qa', 'a'), undefined],
  ])('differ where %s', (_what, before, after) => {
    expect(compared(before, after)).toEqual({ same: 0, measured: [], different: ['X-1'] });
  });
  it('may have measured other times, where every check came to the same', () => {
    expect(compared(card('qa', 'a'), card('qa', 'b'))).toEqual({ same: 0, measured: ['X-1'], different: [] });
  });
});
