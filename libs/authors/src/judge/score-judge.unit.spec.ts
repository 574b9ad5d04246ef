import { describe, expect, it } from '@jest/globals';
import { scoreJudge, type GoldenCase, type Opinion } from './score-judge.js';

const one = (name: string, defect?: string): GoldenCase => ({
  ...{ name, agent: 'backend', card: { title: name, acceptanceCriteria: [] }, files: new Map() },
  ...(defect !== undefined && { defect }),
});

describe('the score of a judge', () => {
  it('counts defects that pass, sound works that fail, and what nobody judged', async () => {
    const opinions: Readonly<Record<string, Opinion>> = {
      sound: 'pass',
      'too strict': 'fail',
      found: 'fail',
      missed: 'pass',
      void: 'refer',
    };
    const cases = [one('sound'), one('too strict'), one('found', 'x'), one('missed', 'x'), one('void', 'x')];
    const score = await scoreJudge(cases, ({ name }) => Promise.resolve(opinions[name] ?? 'refer'));
    expect(score).toEqual({ cases: 5, falsePasses: ['missed'], falseFails: ['too strict'], referred: ['void'] });
  });
});
