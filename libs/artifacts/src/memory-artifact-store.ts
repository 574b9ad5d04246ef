import type { Sha256 } from '@squados/contracts';
import { ArtifactError } from './artifact-store.port.js';
import { PIECE_BYTES, requireSize, type StreamingArtifactStore } from './artifact-streams.port.js';
import { checkedPieces, notThose } from './checked-pieces.js';
import { hashBytes } from './hash-bytes.js';

/** A store that lives as long as its process: for tests and benches. */
export const memoryArtifactStore = (): StreamingArtifactStore => {
  const blobs = new Map<Sha256, Uint8Array>();
  const get = (hash: Sha256): Promise<Uint8Array> => {
    const bytes = blobs.get(hash);
    return bytes ? Promise.resolve(Uint8Array.from(bytes)) : Promise.reject(missing(hash));
  };
  return {
    put: async (bytes) => {
      requireSize(bytes.byteLength, 'what is to be kept');
      const hash = hashBytes(bytes);
      if (!blobs.has(hash)) blobs.set(hash, Uint8Array.from(bytes));
      return hash;
    },
    get,
    has: (hash) => Promise.resolve(blobs.has(hash)),
    read: async (hash) => {
      const bytes = await get(hash);
      return { bytes: bytes.byteLength, pieces: checkedPieces(hash, piecesOf(bytes), () => missing(hash)) };
    },
    write: async (hash, pieces) => {
      const all: Uint8Array[] = [];
      for await (const piece of checkedPieces(hash, pieces(), notThose(hash))) all.push(Uint8Array.from(piece));
      blobs.set(hash, Uint8Array.from(Buffer.concat(all)));
    },
  };
};

async function* piecesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

const missing = (hash: Sha256): ArtifactError =>
  new ArtifactError('missing', `no artifact ${JSON.stringify(hash)} in memory: put it first`);
