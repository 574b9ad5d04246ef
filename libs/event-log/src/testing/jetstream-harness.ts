import type { Lane } from '@squados/contracts';
import { LOG_STREAM } from '@squados/contracts';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { openJetStreamLog, type JetStreamLog, type JetStreamOptions, type NatsAccess } from '../jetstream/index.js';
import type { LogHarness } from './event-log.contract.js';
import type { NatsServer } from './nats-server.js';

/** A bare connection beside the log's: for what somebody else does to the server. */
export const bareConnection = (access: NatsAccess): Promise<NatsConnection> =>
  connect({ servers: [...access.servers], user: access.user ?? '', pass: access.password ?? '', reconnect: false });

export const removeStream = async (access: NatsAccess): Promise<void> => {
  const nc = await bareConnection(access);
  const jsm = await jetstreamManager(nc);
  await jsm.streams.delete(LOG_STREAM).catch(() => false);
  await nc.close();
};

export const openAt = (access: NatsAccess, options: Partial<JetStreamOptions> = {}): Promise<JetStreamLog> =>
  openJetStreamLog({ access, name: 'spec', stream: { kind: 'make' }, ...options });

/** One log per account of the server, so that several can be open at the same time. */
export const jetStreamHarness = (
  server: Pick<NatsServer, 'access'>,
  accounts: readonly number[],
): (() => Promise<JetStreamHarness>) => {
  const free = [...accounts];
  return async () => {
    const account = free.shift();
    if (account === undefined) throw new Error('more logs at once than accounts');
    const access = server.access(account);
    const harness = await harnessAt(access);
    return {
      ...harness,
      get log() {
        return harness.current();
      },
      dispose: async () => {
        await harness.current().close();
        await removeStream(access);
        free.push(account);
      },
    };
  };
};

export interface JetStreamHarness extends LogHarness {
  readonly log: JetStreamLog;
}

const harnessAt = async (
  access: NatsAccess,
): Promise<Pick<LogHarness, 'plant' | 'reopen'> & { current(): JetStreamLog }> => {
  let log = await openAt(access);
  return {
    current: () => log,
    plant: async (lane: Lane, bytes: Uint8Array) => {
      const nc = await bareConnection(access);
      await nc.request(lane, bytes);
      await nc.close();
    },
    reopen: async () => {
      await log.close();
      log = await openAt(access);
    },
  };
};
