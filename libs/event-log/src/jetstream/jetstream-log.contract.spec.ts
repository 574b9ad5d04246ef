import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { describeEventLogContract, describeWorkClaimContract } from '../testing/index.js';
import { findNatsServers, WITHOUT_NATS } from '../testing/find-nats-servers.js';
import { jetStreamHarness, type JetStreamHarness } from '../testing/jetstream-harness.js';
import { startNatsServer, type NatsServer } from '../testing/nats-server.js';

for (const { name, program } of findNatsServers()) {
  if (program === undefined) it.skip(`the contract of the log on ${name}${WITHOUT_NATS}`, () => undefined);
  else
    describe(`on ${name}`, () => {
      let server: NatsServer;
      let make: () => Promise<JetStreamHarness>;
      beforeAll(async () => {
        server = await startNatsServer(program);
        make = jetStreamHarness(server, [0, 1, 2]);
      });
      afterAll(() => server.dispose());

      describeEventLogContract('the JetStream log', () => make(), { many: 4_000 });
      describeWorkClaimContract('the JetStream claims', async () => {
        const { log, plant, dispose } = await make();
        return { log, plant, claims: log.claims(), dispose };
      });
    });
}
