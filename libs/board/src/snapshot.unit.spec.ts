import { describe, expect, it } from '@jest/globals';
import { emptyBoard, escalations, position, restore, snapshot } from './index.js';
import { cardId } from '@squados/contracts';
import {
  ARCH,
  completed,
  everything,
  failed,
  P,
  person,
  policy,
  PRODUCT,
  Scenario,
  spec,
  started,
  startProject,
  types,
  verdict,
} from './testing/index.js';

/** One card in each corner: failed, held by a gate that policy waives, running, skipped while open, waiting for a time, dead. */
const busy = (): Scenario => {
  const ids = ['A', 'B', 'S', 'T', 'X', 'L'].map((id) => spec(id));
  const cards = [...ids, spec('C', { agent: ARCH }), spec('D', { dependencies: ['A'] }), spec('E')];
  const s = Scenario.of(cards, startProject({ policy: policy({ waiveRefer: 'let-pass' }) })).step({ window: () => 6 });
  s.says('X', started(1), failed(1, { kind: 'terminal' })).step({ window: () => 0 });
  s.says('A', started(1), failed(1));
  s.says('B', started(1), verdict(1, { outcome: 'refer' }), completed(1, { proposals: [spec('N')] }));
  s.says('C', started(1)).says('L', started(1, 5));
  s.says('T', { type: 'CardReleased', data: { attempt: 1, reason: 'provider-outage', notBefore: 5, by: person } });
  return s.accept({ type: 'SkipCard', project: P, card: cardId('S'), by: person, reason: 'because' });
};

describe('a snapshot', () => {
  it('holds everything, also what is undecided, held, open and failed', () => {
    const s = busy();
    const again = restore(snapshot(s.board))!;
    expect(everything(again, [PRODUCT, ARCH])).toEqual(everything(s.board, [PRODUCT, ARCH]));
    expect(position(again)).toBe(position(s.board));
    expect(types(s.planned())).toEqual(
      expect.arrayContaining(['CardReleased', 'RetryScheduled', 'GateWaived', 'CardEnqueued']),
    );
    expect(escalations(again)).toEqual(escalations(s.board));
    expect(escalations(again)).toHaveLength(1);
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

  it('is refused with the same bit changed in two words, or two words exchanged', () => {
    const bytes = snapshot(busy().board);
    const changed = (change: (view: DataView) => void): boolean => {
      const copy = bytes.slice();
      change(new DataView(copy.buffer));
      return Buffer.compare(copy, bytes) !== 0 && restore(copy) !== undefined;
    };
    // The top bit of a word, which a multiplication alone would not carry on.
    const flip = (view: DataView, at: number): void => view.setUint32(at, view.getUint32(at) ^ 0x80, false);
    for (const one of [32, 36, 40, 44]) {
      for (let two = one + 4; two < one + 256; two += 4) {
        const isTaken = [
          changed((view) => (flip(view, one), flip(view, two))),
          changed((view) => {
            const first = view.getUint32(one);
            view.setUint32(one, view.getUint32(two));
            view.setUint32(two, first);
          }),
        ];
        expect([one, two, isTaken]).toEqual([one, two, [false, false]]);
      }
    }
  });

  it('may lie anywhere in a larger buffer', () => {
    const bytes = snapshot(busy().board);
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(restore(shifted.subarray(3))).toBeDefined();
  });

  it('may be a view that slices without copying, at any offset, as files are read', () => {
    const s = busy();
    const bytes = snapshot(s.board);
    for (const offset of [0, 1, 4, 8, 13]) {
      const file = Buffer.alloc(bytes.length + offset + 5, 0xee);
      file.set(bytes, offset);
      const board = restore(file.subarray(offset, offset + bytes.length))!;
      file.fill(0xee);
      expect(everything(board, [PRODUCT, ARCH])).toEqual(everything(s.board, [PRODUCT, ARCH]));
    }
  });

  it('is a copy: the board goes on without it', () => {
    const s = busy();
    const before = snapshot(s.board);
    const kept = before.slice();
    s.step();
    expect(before).toEqual(kept);
    expect(s.project(P).total).toBe(9);
  });
});
