import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CardSet } from './state/card-set.js';

// near the edges of words and chunks as often as anywhere
const card = fc.oneof(fc.nat({ max: 70 }), fc.integer({ min: 1000, max: 1060 }), fc.nat({ max: 3_000_000 }));
const steps = fc.array(fc.tuple(fc.constantFrom('add', 'delete'), card), { maxLength: 300 });

describe('the set of cards', () => {
  it('holds what a Set would, in rising order', () => {
    fc.assert(
      fc.property(steps, (list) => {
        const [ours, theirs] = [new CardSet(), new Set<number>()];
        for (const [what, of] of list) {
          if (what === 'add') ours.add(of);
          else ours.delete(of);
          if (what === 'add') theirs.add(of);
          else theirs.delete(of);
        }
        expect([...ours]).toEqual([...theirs].sort((a, b) => a - b));
      }),
    );
  });

  it('is empty again when all have left, and takes others then', () => {
    const set = new CardSet();
    const cards = Array.from({ length: 5000 }, (_, i) => 31 * i);
    for (const one of cards) set.add(one);
    for (const one of [...cards].reverse()) set.delete(one);
    expect([...set]).toEqual([]);
    set.add(155_000);
    set.add(7);
    expect([...set]).toEqual([7, 155_000]);
  });

  it('knows the last bit of a word and of a chunk', () => {
    const set = new CardSet();
    for (const one of [31, 32, 1023, 1024]) set.add(one);
    set.delete(32);
    expect([...set]).toEqual([31, 1023, 1024]);
  });
});
