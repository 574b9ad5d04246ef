/**
 * Puts an object in the form that every client of the object store reads. Not by the client's own put: when the answer to its last
 * message is lost, that one takes the object for failed and removes the chunks of what is in fact there.
 *
 * Invariants:
 * 1. The entry is published when every chunk is acknowledged, and is let in only where there is none: an entry is whole, and stays.
 * 2. Nothing is removed: chunks of a put that did not get so far belong to nobody.
 */
import { jetstream, JetStreamApiError, type JetStreamClient } from '@nats-io/jetstream';
import { headers, nuid, type NatsConnection } from '@nats-io/transport-node';
import type { Sha256 } from '@squados/contracts';

const CHUNK_BYTES = 128 * 1024;
const TIMEOUT_MS = 5_000;
/** Server 2.9 to 2.15: there is an entry already; newer ones, when it is not stored yet. */
const WRONG_LAST: ReadonlySet<number> = new Set([10071, 10164]);

export interface NewObject {
  readonly bucket: string;
  /** Its name, and what its bytes hash to. */
  readonly hash: Sha256;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** Resolves when an object of this name is there, whoever put it. @throws what the server refused with; a put may be made again */
export const putObject = async (connection: NatsConnection, { bucket, hash, pieces }: NewObject): Promise<void> => {
  const js = jetstream(connection);
  const id = nuid.next();
  let [size, chunks] = [0, 0];
  const most = Math.min(CHUNK_BYTES, connection.info?.max_payload ?? CHUNK_BYTES);
  for await (const chunk of inChunks(pieces, most)) {
    await js.publish(`$O.${bucket}.C.${id}`, chunk, { timeout: TIMEOUT_MS });
    size += chunk.length;
    chunks++;
  }
  await publishEntry(js, `$O.${bucket}.M.${Buffer.from(hash).toString('base64url')}${padding(hash.length)}`, {
    ...{ bucket, nuid: id, size, chunks, name: hash, description: '' },
    ...{ options: { max_chunk_size: most }, mtime: new Date().toISOString(), deleted: false },
    digest: `SHA-256=${Buffer.from(hash, 'hex').toString('base64url')}=`,
  });
};

const publishEntry = async (js: JetStreamClient, subject: string, entry: object): Promise<void> => {
  const onlyFirst = headers();
  onlyFirst.set('Nats-Expected-Last-Subject-Sequence', '0');
  try {
    await js.publish(subject, JSON.stringify(entry), { headers: onlyFirst, timeout: TIMEOUT_MS });
  } catch (error) {
    if (!(error instanceof JetStreamApiError && WRONG_LAST.has(error.code))) throw error;
  }
};

/** base64 stands for three bytes at a time. */
const padding = (bytes: number): string => '='.repeat((3 - (bytes % 3)) % 3);

/** The same bytes in messages that every server takes. */
async function* inChunks(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const piece of pieces) {
    rest = rest.length === 0 ? Buffer.from(piece) : Buffer.concat([rest, piece]);
    for (; rest.length > most; rest = rest.subarray(most)) yield rest.subarray(0, most);
  }
  if (rest.length > 0) yield rest;
}
