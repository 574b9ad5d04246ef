import { JetStreamApiError, jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { Objm, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import type { Sha256 } from '@squados/contracts';
import { ArtifactError } from '../artifact-store.port.js';
import { requireSize, type ArtifactContent, type StreamingArtifactStore } from '../artifact-streams.port.js';
import { checkedPieces, notThose } from '../checked-pieces.js';
import { hashBytes } from '../hash-bytes.js';
import { joined, objectChunks } from './object-chunks.js';
import { putObject } from './put-object.js';
import { ReconnectingCalls } from './reconnecting-calls.js';

const BUCKET = 'squad-artifacts';
const PATIENCE_MS = 60_000;
/** Server 2.9 to 2.15: `max_bytes` reached, or the disk refused. */
const STORE_FAILED: ReadonlySet<number> = new Set([10023, 10047, 10077]);

interface Parts {
  readonly connection: NatsConnection;
  readonly objects: ObjectStore;
  readonly jsm: JetStreamManager;
  readonly calls: ReconnectingCalls;
}

/**
 * Artifacts in an object store of the NATS server, for services without a common disk. The connection belongs to whoever opened it.
 * 1. An object's name is the hash of its bytes; it is put once, in chunks, and never changed.
 * 2. What a get returns has been hashed again.
 * 3. A server that is away for less than `PATIENCE_MS` fails nothing: every call is made again when it is back.
 */
class NatsArtifactStore implements StreamingArtifactStore {
  /** Puts of the same bytes at the same time share one. */
  private readonly underWay = new Map<Sha256, Promise<void>>();

  private readonly connection: NatsConnection;
  private readonly objects: ObjectStore;
  private readonly jsm: JetStreamManager;
  private readonly calls: ReconnectingCalls;

  constructor({ connection, objects, jsm, calls }: Parts) {
    this.connection = connection;
    this.objects = objects;
    this.jsm = jsm;
    this.calls = calls;
  }

  async put(bytes: Uint8Array): Promise<Sha256> {
    requireSize(bytes.byteLength, 'what is to be kept');
    const hash = hashBytes(bytes);
    await this.once(hash, () => asOne(bytes));
    return hash;
  }

  write(hash: Sha256, pieces: () => AsyncIterable<Uint8Array>): Promise<void> {
    return this.once(hash, () => checkedPieces(hash, pieces(), notThose(hash)));
  }

  async read(hash: Sha256): Promise<ArtifactContent> {
    const info = await this.infoOf(hash);
    if (info === null) throw missing(hash);
    return {
      bytes: info.size,
      pieces: checkedPieces(hash, objectChunks(this.jsm, this.calls, info), () => corrupt(hash)),
    };
  }

  /** Of the same artifact at the same time, one is stored. */
  private async once(hash: Sha256, open: () => AsyncIterable<Uint8Array>): Promise<void> {
    const running = this.underWay.get(hash) ?? this.store(hash, open);
    this.underWay.set(hash, running);
    try {
      await running;
    } finally {
      this.underWay.delete(hash);
    }
  }

  async get(hash: Sha256): Promise<Uint8Array> {
    return joined((await this.read(hash)).pieces);
  }

  async has(hash: Sha256): Promise<boolean> {
    return (await this.infoOf(hash)) !== null;
  }

  private infoOf(hash: Sha256): Promise<ObjectInfo | null> {
    return this.calls.make(() => this.objects.info(hash));
  }

  private async store(hash: Sha256, open: () => AsyncIterable<Uint8Array>): Promise<void> {
    try {
      await this.calls.make(() => this.storeOnce(hash, open));
    } catch (error) {
      throw isFull(error) ? full(hash, error) : error;
    }
  }

  /** Looks first: a put whose answer was lost has been made. */
  private async storeOnce(hash: Sha256, open: () => AsyncIterable<Uint8Array>): Promise<void> {
    if ((await this.objects.info(hash)) !== null) return;
    await putObject(this.connection, { bucket: BUCKET, name: hash, pieces: open(), wins: 'first' });
  }
}

async function* asOne(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const isFull = (error: unknown): boolean => error instanceof JetStreamApiError && STORE_FAILED.has(error.code);

const missing = (hash: Sha256): ArtifactError =>
  new ArtifactError(
    'missing',
    `artifact ${hash} is not in the object store ${BUCKET}: restore it from a backup, or run its card again`,
  );

const corrupt = (hash: Sha256): ArtifactError =>
  new ArtifactError(
    'corrupt',
    `artifact ${hash} in the object store ${BUCKET} holds other bytes: restore it from a backup`,
  );

const full = (hash: Sha256, cause: unknown): ArtifactError =>
  new ArtifactError(
    'disk-full',
    `artifact ${hash} does not fit into the object store ${BUCKET}: make room on the server's disk, or raise the account's limit`,
    { cause },
  );

/** Makes the store, or opens the one that is there. `replicas`: copies on as many servers, when it is made. */
export const openNatsArtifactStore = async (
  connection: NatsConnection,
  { replicas = 1 }: { readonly replicas?: number } = {},
): Promise<StreamingArtifactStore> => {
  const calls = new ReconnectingCalls(connection, PATIENCE_MS);
  const settings = { description: 'SquadOS artifacts', replicas };
  const objects = await calls.make(() => new Objm(connection).create(BUCKET, settings));
  const jsm = await jetstreamManager(connection, { checkAPI: false });
  return new NatsArtifactStore({ connection, objects, jsm, calls });
};
