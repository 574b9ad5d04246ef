import type { JetStreamManager } from '@nats-io/jetstream';
import type { ObjectInfo } from '@nats-io/obj';
import type { ReconnectingCalls } from './reconnecting-calls.js';

/**
 * The chunks of an object, each asked for when it is wanted: the client's own stream would hold whatever the server sends, and would
 * wait for ever for a chunk that is gone. Ends early then; who reads has to count or to hash.
 */
export async function* objectChunks(
  jsm: JetStreamManager,
  calls: ReconnectingCalls,
  { bucket, nuid, chunks }: Pick<ObjectInfo, 'bucket' | 'nuid' | 'chunks'>,
): AsyncGenerator<Uint8Array> {
  const next_by_subj = `$O.${bucket}.C.${nuid}`;
  for (let count = 0, seq = 1; count < chunks; count++) {
    const chunk = await calls.make(() => jsm.direct.getMessage(`OBJ_${bucket}`, { seq, next_by_subj }));
    if (chunk === null) return;
    seq = chunk.seq + 1;
    yield chunk.data;
  }
}

/** All of them as one piece. */
export const joined = async (chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> => {
  const pieces: Uint8Array[] = [];
  for await (const piece of chunks) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
};
