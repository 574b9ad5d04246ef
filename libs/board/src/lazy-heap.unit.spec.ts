import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LazyHeap } from './state/lazy-heap.js';

const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.nat({ max: 30 })));
const sorted = (list: readonly (readonly [number, number])[]): (readonly [number, number])[] =>
  [...list].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
const heapOf = (list: readonly (readonly [number, number])[]): LazyHeap => {
  const heap = new LazyHeap();
  for (const [key, card] of list) heap.push(key, card);
  return heap;
};
const read = (heap: LazyHeap, upTo?: number): number[][] => [...heap.inOrder(upTo)].map(({ key, card }) => [key, card]);

describe('the lazy heap', () => {
  it('reads in order without changing anything', () => {
    fc.assert(
      fc.property(entries, (list) => {
        const heap = heapOf(list);
        expect(read(heap)).toEqual(sorted(list));
        expect(read(heap)).toEqual(sorted(list));
        expect(read(heap, 2)).toEqual(sorted(list.filter(([key]) => key <= 2)));
      }),
    );
  });

  it('drops dead entries from the top in order, and all of them when compacted', () => {
    fc.assert(
      fc.property(entries, fc.nat({ max: 5 }), (list, alive) => {
        const isLive = (key: number): boolean => key >= alive;
        const [pruned, compacted, dropped] = [heapOf(list), heapOf(list), [] as number[][]];
        pruned.prune(isLive, (key, card) => dropped.push([key, card]));
        compacted.compact(isLive, () => undefined);
        expect(dropped).toEqual(sorted(list.filter(([key]) => key < alive)));
        expect(read(pruned)).toEqual(sorted(list.filter(([key]) => key >= alive)));
        expect(read(compacted)).toEqual(read(pruned));
      }),
    );
  });
});
