import { describe, expect, it } from '@jest/globals';
import { settlementOf, WorkAnswer, type Handling, type Settlement } from './settlement.js';

const answered = (answer: WorkAnswer): Handling => ({ kind: 'answered', answer });
const cases: readonly (readonly [string, Handling, number, Settlement])[] = [
  ['done', answered(WorkAnswer.done), 1, { kind: 'ack' }],
  ['somebody else’s', answered(WorkAnswer.left), 1, { kind: 'leave' }],
  ['to be done at once by another', answered(WorkAnswer.again(0)), 9, { kind: 'nak', delayMs: 0 }],
  ['to be done later', answered(WorkAnswer.later), 2, { kind: 'nak', delayMs: 1_000 }],
  ['of a newer build', answered(WorkAnswer.forNewer), 1, { kind: 'nak', delayMs: 30_000 }],
  ['failed the first time', { kind: 'threw' }, 1, { kind: 'nak', delayMs: 500 }],
  ['failed the third time', { kind: 'threw' }, 3, { kind: 'nak', delayMs: 2_000 }],
  ['failed for ever', { kind: 'threw' }, 5_000, { kind: 'nak', delayMs: 30_000 }],
  ['interrupted by a stop', { kind: 'stopped' }, 4, { kind: 'nak', delayMs: 0 }],
  ['lost to somebody else', { kind: 'lease-lost' }, 1, { kind: 'leave' }],
];

describe('what the claims are told about work', () => {
  it.each(cases)('that is %s', (_, handling, delivery, settlement) => {
    expect(settlementOf({ handling, delivery })).toEqual(settlement);
  });
});
