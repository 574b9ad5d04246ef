import { describe, expect, it } from '@jest/globals';
import { settlementOf, type Handling, type Settlement } from './settlement.js';

const cases: readonly (readonly [string, Handling, number, Settlement])[] = [
  ['done', { kind: 'returned', answer: 'done' }, 1, { kind: 'ack' }],
  ['settled by its handler', { kind: 'returned', answer: 'settled' }, 1, { kind: 'leave' }],
  ['failed the first time', { kind: 'threw' }, 1, { kind: 'nak', delayMs: 500 }],
  ['failed the third time', { kind: 'threw' }, 3, { kind: 'nak', delayMs: 2_000 }],
  ['failed for ever', { kind: 'threw' }, 5_000, { kind: 'nak', delayMs: 30_000 }],
  ['of a newer build', { kind: 'no-handler' }, 1, { kind: 'nak', delayMs: 30_000 }],
  ['interrupted by a stop', { kind: 'stopped' }, 4, { kind: 'nak', delayMs: 0 }],
  ['lost to somebody else', { kind: 'lease-lost' }, 1, { kind: 'leave' }],
];

describe('what the log is told about work', () => {
  it.each(cases)('that is %s', (_, handling, delivery, settlement) => {
    expect(settlementOf({ handling, delivery })).toEqual(settlement);
  });
});
