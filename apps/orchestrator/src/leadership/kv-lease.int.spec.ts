import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anyNatsServer, startNatsServer, until, WITHOUT_NATS, type NatsServer } from '@squados/event-log/testing';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { KvLease } from './kv-lease.js';

const program = anyNatsServer();
const describeHere = program === undefined ? describe.skip : describe;

/** As a collection of garbage does, or a snapshot of a large fold. */
const holdUp = (ms: number): void => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);

describeHere(`the lease of the leader${program === undefined ? WITHOUT_NATS : ''}`, () => {
  let server: NatsServer;
  let nc: NatsConnection;
  beforeAll(async () => {
    server = await startNatsServer(program!);
    nc = await connect({ servers: `127.0.0.1:${server.port}`, user: 'u0', pass: 'p0' });
  }, 30_000);
  afterAll(async () => {
    await nc.close();
    await server.dispose();
  });

  it('tells again that it leads when its process was held up for longer than it is certain, and in time for the server', async () => {
    const lease = await KvLease.open(nc, { holder: 'a', told: () => undefined });
    const found: boolean[] = [];
    const heldUp = (): void => {
      holdUp(1_500);
      found.push(lease.leads);
    };
    lease.onGain(() => {
      found.push(lease.leads);
      if (found.length === 1) setTimeout(heldUp, 900); // just before it renews
    });
    await until('it was told again', () => found.length === 3).finally(() => lease.stop());
    expect(found).toEqual([true, false, true]);
  });
});
