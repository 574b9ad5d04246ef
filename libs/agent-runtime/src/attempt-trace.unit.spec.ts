import { describe, expect, it } from '@jest/globals';
import { memoryArtifactStore } from '@squados/artifacts';
import { agentName, decidedLane, EMPTY_LANE, stampEvent, START, traceIdOf, traceparentOf } from '@squados/contracts';
import { openMemoryLog } from '@squados/event-log';
import { createAgentRuntime, silentLogger, type RuntimeLogger } from './index.js';
import { addressOf, attemptEvents, enqueue, eventually, fakeTasks, noopRole } from './testing/index.js';

const ID = '0af76519-16cd-43dd-8448-eb211c80319c';
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const product = agentName('product');

describe('the trace of an attempt', () => {
  it('goes from the enqueued card over every event of the attempt to its log lines', async () => {
    const { log, claims } = openMemoryLog();
    await claims.provision(product, START);
    const fields: Record<string, unknown>[] = [];
    const logger: RuntimeLogger = { ...silentLogger, info: (given) => void fields.push(given) };
    const parts = { role: noopRole(), log, claims, tasks: fakeTasks(), artifacts: memoryArtifactStore() };
    const runtime = createAgentRuntime({ ...parts, worker: 'w', concurrency: 1, leaseMs: 60_000, logger });
    await runtime.start();
    const data = { attempt: 1, after: EMPTY_LANE, inputs: { cardRevision: 1, digest: '' } };
    const traceparent = traceparentOf(ID);
    const stamp = { id: ID, time: new Date().toISOString(), source: 'orchestrator', subject: 'P/PROD-1', traceparent };
    const event = stampEvent({ type: 'CardEnqueued', data }, stamp);
    await log.append({ lane: decidedLane(addressOf('PROD-1')), expected: EMPTY_LANE, events: [event] });
    await enqueue(log, 'PROD-2'); // as a build that knew no traces enqueued it
    await eventually('both ended', () => fields.filter((f) => f['event_type'] === 'CardCompleted').length === 2);
    await runtime.stop({ graceMs: 0 });

    const traces = async (card: string) =>
      new Set((await attemptEvents(log, card)).map((e) => e.type !== 'Unknown' && traceIdOf(e.traceparent)));
    expect(await traces('PROD-1')).toEqual(new Set([TRACE]));
    const [other, ...more] = await traces('PROD-2');
    expect([other, more]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), []]);
    const ends = fields.filter((f) => f['event_type'] === 'CardCompleted');
    const traced = { agent_name: 'product', position: expect.any(Number) };
    expect(ends).toContainEqual(expect.objectContaining({ ...traced, card_id: 'PROD-1', trace_id: TRACE }));
    expect(ends).toContainEqual(expect.objectContaining({ ...traced, card_id: 'PROD-2', trace_id: other }));
    await claims.close();
    await log.close();
  });
});
