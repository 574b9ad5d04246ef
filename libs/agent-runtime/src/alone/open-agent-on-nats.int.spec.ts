import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { agentName, projectId, projectLane, START } from '@squados/contracts';
import { openJetStreamLog, type JetStreamLog } from '@squados/event-log/jetstream';
import { anyNatsServer, startNatsServer, until, WITHOUT_NATS, type NatsServer } from '@squados/event-log/testing';
import { agentService, type AgentService } from '../index.js';
import {
  appendAs,
  attemptEvents,
  enqueue,
  eventually,
  scriptedRole,
  testCard,
  testPolicy,
  written,
} from '../testing/index.js';
import { openAgentOnNats, type AgentFolder } from './index.js';

const program = anyNatsServer();
const describeHere = program === undefined ? describe.skip : describe;
const product = agentName('product');

describeHere(`an agent on NATS${program === undefined ? WITHOUT_NATS : ''}`, () => {
  let server: NatsServer;
  let orchestrator: JetStreamLog;
  const places: AgentFolder[] = [];
  const services: AgentService[] = [];
  beforeEach(async () => {
    server = await startNatsServer(program!);
    orchestrator = await openJetStreamLog({
      access: server.access(),
      name: 'orchestrator',
      stream: { kind: 'make' },
      ackWaitMs: 1_000,
    });
    const lane = projectLane(projectId('P'));
    const started = { type: 'ProjectStarted', data: { title: 'P', agents: [product], policy: testPolicy } } as const;
    await appendAs(orchestrator, { lane, source: 'cli', drafts: [started] });
    const origin = { kind: 'import', by: { kind: 'person', name: 'p' } } as const;
    const cards = [testCard('PROD-1'), testCard('PROD-2')];
    await appendAs(orchestrator, { lane, source: 'cli', drafts: [{ type: 'CardsAdded', data: { origin, cards } }] });
    await orchestrator.claims().provision(product, START);
  });
  afterEach(async () => {
    for (const service of services.splice(0)) await service.stop();
    for (const place of places.splice(0)) await place.close();
    await orchestrator.close();
    await server.dispose();
  });

  const agent = async (worker: string): Promise<AgentFolder> => {
    const place = await openAgentOnNats({ access: server.access(), agent: product, worker });
    places.push(place);
    const role = scriptedRole((task) => written({ 'produto/a.md': task.card.title }));
    const service = agentService(role, { ...place, worker, concurrency: 1, leaseMs: 5_000, graceMs: 100 });
    services.push(service);
    await service.start();
    return place;
  };
  const endsOf = async (card: string): Promise<number> =>
    (await attemptEvents(orchestrator, card)).filter((event) => event.type === 'CardCompleted').length;

  it('works its cards off, with its artifacts where every other process finds them', async () => {
    const place = await agent('w1');
    await enqueue(orchestrator, 'PROD-1');
    await eventually('done', async () => (await endsOf('PROD-1')) === 1, 30_000);
    const [end] = (await attemptEvents(orchestrator, 'PROD-1')).filter((event) => event.type === 'CardCompleted');
    const [hash] = end?.type === 'CardCompleted' ? Object.values(end.data.manifest) : [];
    const other = await openAgentOnNats({ access: server.access(), agent: product, worker: 'w2' });
    places.push(other);
    expect(await other.artifacts.get(hash!)).toEqual(await place.artifacts.get(hash!));
  });

  it('goes on when the server was killed, and ends each card once', async () => {
    await agent('w1');
    await agent('w2');
    await enqueue(orchestrator, 'PROD-1');
    await server.kill();
    await server.start();
    await enqueue(orchestrator, 'PROD-2');
    await eventually('both are done', async () => (await endsOf('PROD-1')) + (await endsOf('PROD-2')) === 2, 30_000);
    await until('nobody works any more', () => services.every(({ running }) => running === 0), 30_000);
    expect([await endsOf('PROD-1'), await endsOf('PROD-2')]).toEqual([1, 1]);
  }, 60_000);
});
