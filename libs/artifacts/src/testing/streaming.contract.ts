import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sha256, type Sha256 } from '@squados/contracts';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { MAX_ARTIFACT_BYTES, PIECE_BYTES, type StreamingArtifactStore } from '../artifact-streams.port.js';

/** A store under test, and what can be seen of it from outside. */
export interface StreamingHarness {
  readonly store: StreamingArtifactStore;
  /** Bytes that left this process on their way into the store; absent: they stay in it. */
  written?(): Promise<number>;
  /** Bytes that came into this process out of the store. */
  fetched?(): Promise<number>;
  /** Damages an artifact where it lies. */
  damage?(hash: Sha256): Promise<void>;
  dispose(): Promise<void>;
}

const PIECES = 64;
const pieceAt = (i: number): Buffer => Buffer.alloc(PIECE_BYTES, i + 1);

async function* large(told: (piece: number) => void | Promise<void> = () => undefined): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < PIECES; i++) {
    await told(i);
    yield pieceAt(i);
  }
}

const hashOf = async (pieces: AsyncIterable<Uint8Array>): Promise<Sha256> => {
  const sum = createHash('sha256');
  for await (const piece of pieces) sum.update(piece);
  return sha256(sum.digest('hex'));
};

/** Some pieces may be on their way; a store that reads ahead without bound has them all. */
const FEW = 6 * PIECE_BYTES;
const QUIET_MS = 100;

/** What every store promises of artifacts that should not lie in memory as a whole. */
export const describeStreamingContract = (name: string, open: () => Promise<StreamingHarness>): void => {
  describe(`${name}, for large artifacts`, () => {
    let harness: StreamingHarness;
    let hash: Sha256;
    beforeEach(async () => {
      harness = await open();
      hash = await hashOf(large());
    });
    afterEach(() => harness.dispose());

    it('gives back what was written piece by piece, to readers of pieces and of the whole, and either way round', async () => {
      const { store } = harness;
      await store.write(hash, () => large());
      const { bytes, pieces } = await store.read(hash);
      expect(bytes).toBe(PIECES * PIECE_BYTES);
      expect(await hashOf(pieces)).toBe(hash);
      expect((await store.get(hash)).byteLength).toBe(bytes);
      await store.write(hash, () => large()); // again
      const small = await store.put(Buffer.from('olá'));
      expect(await hashOf((await store.read(small)).pieces)).toBe(small);
      const none = await store.put(Buffer.alloc(0));
      expect(await hashOf((await store.read(none)).pieces)).toBe(none);
    });

    it('keeps nothing that has another hash, or whose giving broke off', async () => {
      const { store } = harness;
      const other = await hashOf((async function* () { yield pieceAt(0); })()); // prettier-ignore
      await expect(store.write(other, () => large())).rejects.toMatchObject({ code: 'corrupt' });
      const breaking = (piece: number): void => {
        if (piece === 40) throw new Error('the giver is gone');
      };
      await expect(store.write(hash, () => large(breaking))).rejects.toThrow('the giver is gone');
      expect([await store.has(other), await store.has(hash)]).toEqual([false, false]);
      await expect(store.read(hash)).rejects.toMatchObject({ code: 'missing' });
    });

    it('takes nothing over the limit, and says so', async () => {
      const { store } = harness;
      // Claims to be as large as it likes: only what counts the bytes is asked.
      const claims = { byteLength: MAX_ARTIFACT_BYTES + 1 } as Uint8Array;
      await expect(store.put(claims)).rejects.toMatchObject({
        code: 'too-large',
        message: expect.stringContaining(String(MAX_ARTIFACT_BYTES)),
      });
      const endless = async function* (): AsyncGenerator<Uint8Array> {
        yield claims;
      };
      await expect(store.write(hash, endless)).rejects.toMatchObject({ code: 'too-large' });
    });

    it('asks for the next piece only when the last ones are put away', async () => {
      const { store, written } = harness;
      if (!written) return;
      const before = await written.call(harness);
      let behind = 0;
      const watch = async (piece: number): Promise<void> => {
        const waiting = piece * PIECE_BYTES - ((await written.call(harness)) - before);
        behind = Math.max(behind, waiting);
      };
      await store.write(hash, () => large(watch));
      expect(behind).toBeLessThan(FEW);
    });

    it('fetches the next piece only when it is asked for', async () => {
      const { store, fetched } = harness;
      if (!fetched) return;
      await store.write(hash, () => large());
      const before = await fetched.call(harness);
      const reading = (await store.read(hash)).pieces[Symbol.asyncIterator]();
      await reading.next();
      await delay(QUIET_MS); // time enough for all of it to come
      expect((await fetched.call(harness)) - before).toBeLessThan(FEW);
      await reading.return?.();
    });

    it('ends with an error instead of the end when what lies there is something else', async () => {
      const { store, damage } = harness;
      if (!damage) return;
      await store.write(hash, () => large());
      await damage.call(harness, hash);
      const { pieces } = await store.read(hash);
      await expect(hashOf(pieces)).rejects.toMatchObject({ code: 'corrupt' });
    });
  });
};
