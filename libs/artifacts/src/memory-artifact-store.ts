import type { Sha256 } from '@squados/contracts';
import { ArtifactError, type ArtifactStore } from './artifact-store.port.js';
import { hashBytes } from './hash-bytes.js';

/** A store that lives as long as its process: for tests and benches. */
export const memoryArtifactStore = (): ArtifactStore => {
  const blobs = new Map<Sha256, Uint8Array>();
  return {
    put: (bytes) => {
      const hash = hashBytes(bytes);
      if (!blobs.has(hash)) blobs.set(hash, Uint8Array.from(bytes));
      return Promise.resolve(hash);
    },
    get: (hash) => {
      const bytes = blobs.get(hash);
      if (bytes) return Promise.resolve(Uint8Array.from(bytes));
      return Promise.reject(
        new ArtifactError('missing', `no artifact ${JSON.stringify(hash)} in memory: put it first`),
      );
    },
    has: (hash) => Promise.resolve(blobs.has(hash)),
  };
};
