/**
 * Puts an object in the form that every client of the object store reads. Not by the client's own put: when the answer to its last
 * message is lost, that one takes the object for failed and removes the chunks of what is in fact there; and it hashes in JavaScript.
 *
 * Invariants:
 * 1. The entry is published when every chunk is acknowledged: an entry is whole. One that does not replace is let in only where there is
 *    none, and stays.
 * 2. Nothing is removed: chunks of a put that did not get so far belong to nobody.
 */
import { createHash } from 'node:crypto';
import { jetstream, JetStreamApiError, type JetStreamClient } from '@nats-io/jetstream';
import { headers, nuid, type NatsConnection } from '@nats-io/transport-node';

const CHUNK_BYTES = 128 * 1024;
const TIMEOUT_MS = 5_000;
/** Server 2.9 to 2.15: there is an entry already; newer ones, when it is not stored yet. */
const WRONG_LAST: ReadonlySet<number> = new Set([10071, 10164]);

export interface NewObject {
  readonly bucket: string;
  readonly name: string;
  readonly pieces: AsyncIterable<Uint8Array>;
  /** `first`: one that is there already stays. `last`: takes the place of one that is there; its chunks are the caller's to remove. */
  readonly wins: 'first' | 'last';
}

/** Resolves when an object of this name is there, whoever put it. @throws what the server refused with; a put may be made again */
export const putObject = async (
  connection: NatsConnection,
  { bucket, name, pieces, wins }: NewObject,
): Promise<void> => {
  const js = jetstream(connection);
  const id = nuid.next();
  const hash = createHash('sha256');
  let [size, chunks] = [0, 0];
  const most = Math.min(CHUNK_BYTES, connection.info?.max_payload ?? CHUNK_BYTES);
  for await (const chunk of inChunks(pieces, most)) {
    await js.publish(`$O.${bucket}.C.${id}`, chunk, { timeout: TIMEOUT_MS });
    hash.update(chunk);
    size += chunk.length;
    chunks++;
  }
  const entry = {
    ...{ bucket, nuid: id, size, chunks, name, description: '' },
    ...{ options: { max_chunk_size: most }, mtime: new Date().toISOString(), deleted: false },
    digest: `SHA-256=${padded(hash.digest())}`,
  };
  await publishEntry(js, { subject: `$O.${bucket}.M.${padded(Buffer.from(name))}`, entry, wins });
};

interface Entry extends Pick<NewObject, 'wins'> {
  readonly subject: string;
  readonly entry: object;
}

const CONDITIONS = {
  first: ['Nats-Expected-Last-Subject-Sequence', '0'],
  last: ['Nats-Rollup', 'sub'],
} as const;

const publishEntry = async (js: JetStreamClient, { subject, entry, wins }: Entry): Promise<void> => {
  const condition = headers();
  const [key, value] = CONDITIONS[wins];
  condition.set(key, value);
  try {
    await js.publish(subject, JSON.stringify(entry), { headers: condition, timeout: TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof JetStreamApiError && WRONG_LAST.has(error.code))) throw error;
  }
};

/** base64url stands for three bytes at a time. */
const padded = (bytes: Buffer): string => bytes.toString('base64url') + '='.repeat((3 - (bytes.length % 3)) % 3);

/** The same bytes in messages that every server takes. */
async function* inChunks(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    for (; rest.length > most; rest = rest.subarray(most)) yield rest.subarray(0, most);
  }
  if (rest.length > 0) yield rest;
}
