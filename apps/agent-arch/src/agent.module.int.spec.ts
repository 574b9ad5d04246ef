import 'reflect-metadata';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { catalogTaskSource, followCatalog, type AgentService, type CatalogFollower } from '@squados/agent-runtime';
import { appendAs, eventually, testCard, testPolicy } from '@squados/agent-runtime/testing';
import { memoryArtifactStore } from '@squados/artifacts';
import {
  agentName,
  cardId,
  decidedLane,
  EMPTY_LANE,
  projectId,
  projectLane,
  START,
  type CardAddress,
  type LaneCommit,
} from '@squados/contracts';
import { openMemoryLog, type MemoryEventLog, type WorkClaim } from '@squados/event-log';
import { createGatePool, type GatePool } from '@squados/gates';
import { buildTestWorker } from '@squados/gates/testing';
import { AGENT_ARCH, AgentArchModule } from './index.js';

const project = projectId('P');
const arch = agentName('arch');
const at: CardAddress = { project, agent: arch, card: cardId('ARCH-001') };
let pool: GatePool;
beforeAll(async () => {
  pool = createGatePool({ workerFile: await buildTestWorker(), size: 1 });
}, 240_000);
afterAll(() => pool.close());

let log: MemoryEventLog;
let claims: WorkClaim;
let catalog: CatalogFollower;
beforeEach(async () => {
  ({ log, claims } = openMemoryLog());
  await claims.provision(arch, START);
  catalog = followCatalog(log);
  const policy = testPolicy;
  await appendAs(log, {
    lane: projectLane(project),
    source: 'cli',
    drafts: [{ type: 'ProjectStarted', data: { title: 'Loan desk', agents: [arch], policy } }],
  });
  const description =
    'Register a reader.\n\n**Fields**:\n\n- **name** (text, required, up to 120 characters)\n- **e-mail** (email, required, unique)\n';
  const cards = [
    testCard('ARCH-001', {
      agent: arch,
      title: 'Design: Register a reader',
      description,
      acceptanceCriteria: ['The e-mail is unique'],
      language: 'en',
    }),
  ];
  await appendAs(log, {
    lane: projectLane(project),
    source: 'cli',
    drafts: [{ type: 'CardsAdded', data: { origin: { kind: 'import', by: { kind: 'person', name: 'p' } }, cards } }],
  });
  const data = { attempt: 1, after: EMPTY_LANE, inputs: { cardRevision: 1, digest: '' } };
  await appendAs(log, { lane: decidedLane(at), source: 'orchestrator', drafts: [{ type: 'CardEnqueued', data }] });
});
afterEach(async () => {
  await catalog.close();
  await claims.close();
  await log.close();
});

const attempt = async (): Promise<readonly LaneCommit['events'][number][]> => {
  const events: LaneCommit['events'][number][] = [];
  for await (const page of log.read({ after: START, filter: { ...at, kind: 'attempt' } }))
    events.push(...page.flatMap((c) => c.events));
  return events;
};

const run = async (
  gates: GatePool,
): Promise<{ readonly events: Awaited<ReturnType<typeof attempt>>; readonly running: number }> => {
  const tasks = catalogTaskSource(() => catalog.catalog(), catalog.waitForPosition);
  const module = AgentArchModule.register({
    log,
    claims,
    artifacts: memoryArtifactStore(),
    tasks,
    pool: gates,
    worker: 'w',
    concurrency: 1,
    leaseMs: 30_000,
    graceMs: 1_000,
  });
  const context = await NestFactory.createApplicationContext(module, { logger: false });
  await eventually(
    'the attempt ended',
    async () => (await attempt()).some((e) => /Completed|Failed/.test(e.type)),
    240_000,
  );
  await context.close();
  return { events: await attempt(), running: context.get<AgentService>(AGENT_ARCH).running };
};

const outcomes = (events: Awaited<ReturnType<typeof attempt>>): readonly string[] =>
  events.flatMap((e) => (e.type === 'VerdictRecorded' ? [`${e.data.verdict.gate}: ${e.data.verdict.outcome}`] : []));

describe('the architecture agent mounted in an application', () => {
  it('designs a card whose database loads and whose API is valid, every gate passed', async () => {
    const { events, running } = await run(pool);
    expect(outcomes(events).filter((o) => !o.endsWith(': pass'))).toEqual([]);
    expect(outcomes(events)).toContain('ddl-loads: pass');
    const end = events.at(-1);
    expect(Object.keys(end?.type === 'CardCompleted' ? end.data.manifest : {})).toEqual(
      expect.arrayContaining(['arquitetura/openapi.yaml', 'arquitetura/modelo-de-dominio.json']),
    );
    expect(running).toBe(0);
  }, 240_000);
  it('records that its gates could not run, and passes none for it', async () => {
    const broken: GatePool = {
      isolation: pool.isolation,
      warm: () => pool.warm(),
      close: () => Promise.resolve(),
      run: async () => ({ kind: 'missing', what: '@electric-sql/pglite' }),
    };
    const { events } = await run(broken);
    expect(outcomes(events)).toContain('ddl-loads: refer');
    expect(outcomes(events).some((o) => o.endsWith(': pass'))).toBe(false);
  });
});
