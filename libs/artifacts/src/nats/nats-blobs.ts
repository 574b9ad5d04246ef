import { jetstreamManager, type JetStreamManager } from '@nats-io/jetstream';
import { Objm, type ObjectInfo, type ObjectStore } from '@nats-io/obj';
import type { NatsConnection } from '@nats-io/transport-node';
import type { NamedBlobs } from '../named-blobs.port.js';
import { joined, objectChunks } from './object-chunks.js';
import { putObject } from './put-object.js';
import { ReconnectingCalls } from './reconnecting-calls.js';

const PATIENCE_MS = 10_000;

/** Objects of a bucket of the server; the connection belongs to whoever opened it. `make`: the bucket, where there is none. */
export const natsBlobs = (
  connection: NatsConnection,
  { bucket, make }: { readonly bucket: string; readonly make: boolean },
): NamedBlobs => {
  const calls = new ReconnectingCalls(connection, PATIENCE_MS);
  const manager = new Objm(connection);
  const open = (): Promise<ObjectStore> => (make ? manager.create(bucket) : manager.open(bucket));
  let opened: Promise<ObjectStore> | undefined;
  const objects = (): Promise<ObjectStore> => {
    opened ??= calls.make(open);
    opened.catch(() => (opened = undefined)); // asked again with the next call
    return opened;
  };
  const manage = (): Promise<JetStreamManager> => jetstreamManager(connection, { checkAPI: false });
  return {
    names: async () => {
      const store = await objects();
      return (await calls.make(() => store.list())).map(({ name }) => name);
    },
    get: async (name) => {
      const store = await objects();
      const info = await calls.make(() => store.info(name));
      if (info === null || info.deleted) return undefined;
      const bytes = await joined(objectChunks(await manage(), calls, info));
      return bytes.length === info.size ? bytes : undefined;
    },
    put: async (name, pieces) => {
      const store = await objects();
      const old = await calls.make(() => store.info(name));
      await calls.make(() => putObject(connection, { bucket, name, pieces: each(pieces), wins: 'last' }));
      if (old !== null) await forgetChunks(await manage(), old);
    },
    remove: async (name) => {
      const store = await objects();
      await calls.make(() => store.delete(name));
    },
  };
};

/** They belong to nobody any more; one that can't be reached now costs room, no truth. */
const forgetChunks = async (
  jsm: JetStreamManager,
  { bucket, nuid }: Pick<ObjectInfo, 'bucket' | 'nuid'>,
): Promise<void> => {
  await jsm.streams.purge(`OBJ_${bucket}`, { filter: `$O.${bucket}.C.${nuid}` }).catch(() => undefined);
};

async function* each(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}
