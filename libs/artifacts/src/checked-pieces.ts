import { createHash } from 'node:crypto';
import { sha256, type Sha256 } from '@squados/contracts';
import { ArtifactError } from './artifact-store.port.js';
import { PIECE_BYTES, requireSize } from './artifact-streams.port.js';

/** The same bytes, cut small, counted and hashed on their way. @throws what `wrong` makes when they end with another hash; `too-large` */
export async function* checkedPieces(
  hash: Sha256,
  pieces: AsyncIterable<Uint8Array>,
  wrong: () => ArtifactError,
): AsyncGenerator<Uint8Array> {
  const sum = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.byteLength;
    requireSize(bytes, `artifact ${hash}`);
    sum.update(piece);
    for (let at = 0; at < piece.byteLength; at += PIECE_BYTES) yield piece.subarray(at, at + PIECE_BYTES);
  }
  if (sha256(sum.digest('hex')) !== hash) throw wrong();
}

/** What was given to be kept under a hash is something else. */
export const notThose = (hash: Sha256) => (): ArtifactError =>
  new ArtifactError('corrupt', `the bytes that were given are not those of artifact ${hash}: nothing was kept`);
