import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareNatural } from './index.js';

const id = fc
  .array(fc.oneof(fc.constantFrom('PROD-', 'A', '.', 'é'), fc.nat(200).map(String), fc.constant('007')), {
    maxLength: 4,
  })
  .map((p) => p.join(''));

describe('natural order', () => {
  it('counts as people do', () => {
    const ids = ['PROD-10', 'PROD-2', 'ARCH-1', 'PROD-2.10', 'PROD-2.9', 'PROD-002', 'PROD-99999999999999999999'];
    expect(ids.sort(compareNatural)).toEqual([
      'ARCH-1',
      'PROD-002',
      'PROD-2',
      'PROD-2.9',
      'PROD-2.10',
      'PROD-10',
      'PROD-99999999999999999999',
    ]);
  });
  it('is a total order: antisymmetric, transitive, equal only for equal texts', () => {
    fc.assert(
      fc.property(id, id, id, (a, b, c) => {
        expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
        if (a !== b) expect(compareNatural(a, b)).not.toBe(0);
        if (compareNatural(a, b) <= 0 && compareNatural(b, c) <= 0) expect(compareNatural(a, c)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
  });
});
