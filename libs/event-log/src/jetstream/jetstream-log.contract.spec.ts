import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { describeEventLogContract, describeWorkClaimContract } from '../testing/index.js';
import { findNatsServers, WITHOUT_NATS } from '../testing/find-nats-servers.js';
import { jetStreamHarness, type JetStreamHarness } from '../testing/jetstream-harness.js';
import { startNatsContainer, withoutDocker, type NatsContainer } from '../testing/nats-container.js';
import { startNatsServer } from '../testing/nats-server.js';

/** NATS_TEST=container: the same servers, each in a container of an image that is built of it here. */
const inContainers = process.env['NATS_TEST'] === 'container';
const missing = inContainers ? withoutDocker() : undefined;
const without = missing === undefined ? WITHOUT_NATS : ` (skipped: ${missing})`;

for (const { name, program } of findNatsServers()) {
  const where = inContainers ? `a container of ${name}` : name;
  if (program === undefined || missing !== undefined)
    it.skip(`the contract of the log on ${where}${without}`, () => undefined);
  else
    describe(`on ${where}`, () => {
      let server: NatsContainer;
      let make: () => Promise<JetStreamHarness>;
      beforeAll(async () => {
        server = await (inContainers ? startNatsContainer(program) : startNatsServer(program));
        make = jetStreamHarness(server, [0, 1, 2]);
      }, 120_000);
      afterAll(() => server.dispose());

      describeEventLogContract('the JetStream log', () => make(), { many: 4_000 });
      describeWorkClaimContract('the JetStream claims', async () => {
        const { log, plant, dispose } = await make();
        return { log, plant, claims: log.claims(), dispose };
      });
    });
}
