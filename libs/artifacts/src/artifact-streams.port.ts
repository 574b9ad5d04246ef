import type { Sha256 } from '@squados/contracts';
import { ArtifactError, type ArtifactStore } from './artifact-store.port.js';

/** Most bytes of one artifact, in every store. */
export const MAX_ARTIFACT_BYTES = 1024 ** 3;

/** Bytes in pieces of at most `PIECE_BYTES`; asking for the next one lets go of the last. */
export const PIECE_BYTES = 128 * 1024;

export interface ArtifactContent {
  readonly bytes: number;
  /** Hashed while it is read: ends with ArtifactError `corrupt` instead of the end when the pieces are not the artifact. */
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** An ArtifactStore for artifacts that should not lie in memory as a whole: a piece or two of each call do. */
export interface StreamingArtifactStore extends ArtifactStore {
  /** @throws ArtifactError `missing` */
  read(hash: Sha256): Promise<ArtifactContent>;
  /**
   * Keeps bytes whose hash is known; durable when it resolves, as `put`. `pieces` is asked again when the server has to be.
   * @throws ArtifactError `corrupt` when they have another hash, `too-large` over `MAX_ARTIFACT_BYTES`: then nothing is kept
   */
  write(hash: Sha256, pieces: () => AsyncIterable<Uint8Array>): Promise<void>;
}

/** @throws ArtifactError `too-large` */
export const requireSize = (bytes: number, what: string): void => {
  if (bytes > MAX_ARTIFACT_BYTES)
    throw new ArtifactError(
      'too-large',
      `${what} has over ${MAX_ARTIFACT_BYTES} bytes, the most that an artifact may have: split it`,
    );
};
