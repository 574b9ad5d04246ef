import { afterAll, beforeAll, describe } from '@jest/globals';
import { Objm } from '@nats-io/obj';
import { connect } from '@nats-io/transport-node';
import { openNatsArtifactStore } from '@squados/artifacts/nats';
import { describeStreamingContract } from '@squados/artifacts/testing';
import { anyNatsServer, startNatsServer, WITHOUT_NATS, type NatsServer } from '@squados/event-log/testing';

const program = anyNatsServer();
const describeHere = program === undefined ? describe.skip : describe;

describeHere(`artifacts on NATS as streams${program === undefined ? WITHOUT_NATS : ''}`, () => {
  let server: NatsServer;
  let account = 0;
  beforeAll(async () => {
    server = await startNatsServer(program!);
  });
  afterAll(() => server.dispose());

  describeStreamingContract('a store on NATS', async () => {
    const user = account++;
    const nc = await connect({ servers: `127.0.0.1:${server.port}`, user: `u${user}`, pass: `p${user}` });
    return {
      store: await openNatsArtifactStore(nc),
      written: () => Promise.resolve(nc.stats().outBytes),
      fetched: () => Promise.resolve(nc.stats().inBytes),
      damage: async (hash) => {
        const objects = await new Objm(nc).open('squad-artifacts');
        await objects.putBlob({ name: hash }, Buffer.from('cut short'));
      },
      dispose: () => nc.close(),
    };
  });
});
