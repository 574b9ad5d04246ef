import { describe, expect, it } from '@jest/globals';
import { emptyBoard, position, restore, snapshot } from './index.js';
import { ARCH, completed, everything, failed, P, PRODUCT, Scenario, spec, started, verdict } from './testing/index.js';

const busy = (): Scenario => {
  const s = Scenario.of([
    spec('A'),
    spec('B'),
    spec('C', { agent: ARCH }),
    spec('D', { dependencies: ['A'] }),
    spec('E'),
  ]).step({ window: () => 3 });
  s.says('A', started(1), failed(1))
    .says('B', started(1), verdict(1, { outcome: 'refer' }), completed(1, { proposals: [spec('N')] }))
    .says('C', started(1));
  return s;
};

describe('a snapshot', () => {
  it('holds everything, also what is undecided, held, open and failed', () => {
    const s = busy();
    const again = restore(snapshot(s.board))!;
    expect(everything(again, [PRODUCT, ARCH])).toEqual(everything(s.board, [PRODUCT, ARCH]));
    expect(position(again)).toBe(position(s.board));
  });

  it('of an empty board restores to one', () => {
    expect(everything(restore(snapshot(emptyBoard()))!, [])).toEqual(everything(emptyBoard(), []));
  });

  it('is refused with any byte missing, added or changed', () => {
    const bytes = snapshot(busy().board);
    for (let i = 0; i < bytes.length; i += 7) {
      const damaged = bytes.slice();
      damaged[i] = (damaged[i] ?? 0) ^ 0x10;
      expect([i, restore(damaged)]).toEqual([i, undefined]);
    }
    expect([0, 8, 23, bytes.length - 8].map((length) => restore(bytes.slice(0, length)))).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
    expect(restore(new Uint8Array([...bytes, 0, 0, 0, 0, 0, 0, 0, 0]))).toBeUndefined();
  });

  it('may lie anywhere in a larger buffer', () => {
    const bytes = snapshot(busy().board);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(restore(shifted.subarray(3))).toBeDefined();
  });

  it('is a copy: the board goes on without it', () => {
    const s = busy();
    const before = snapshot(s.board);
    const kept = before.slice();
    s.step();
    expect(before).toEqual(kept);
    expect(s.project(P).total).toBe(5);
  });
});
