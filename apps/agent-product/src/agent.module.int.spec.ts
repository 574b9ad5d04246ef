import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { catalogTaskSource, followCatalog, type AgentService, type CatalogFollower } from '@squados/agent-runtime';
import {
  addressOf,
  appendAs,
  attemptEvents,
  enqueue,
  eventually,
  testCard,
  testPolicy,
} from '@squados/agent-runtime/testing';
import { memoryArtifactStore } from '@squados/artifacts';
import { agentName, projectLane, START } from '@squados/contracts';
import { openMemoryLog, type MemoryEventLog, type WorkClaim } from '@squados/event-log';
import { AGENT_PRODUCT, AgentProductModule } from './index.js';

let log: MemoryEventLog;
let claims: WorkClaim;
let catalog: CatalogFollower;
beforeEach(async () => {
  ({ log, claims } = openMemoryLog());
  await claims.provision(agentName('product'), START);
  catalog = followCatalog(log);
});
afterEach(async () => {
  await catalog.close();
  await claims.close();
  await log.close();
});

const document = `# Loan desk\n\n### RF001 - Register a reader\nAs a librarian, I register a reader with name and e-mail.\n\n**Acceptance criteria**\n- The e-mail is unique\n- The name is required\n`;

describe('the product agent mounted in an application', () => {
  it('turns a requirements document into proposed cards, with its gates passed, and stops with the application', async () => {
    const artifacts = memoryArtifactStore();
    const bytes = Buffer.from(document);
    const attachments = [{ name: 'desk.md', sha256: await artifacts.put(bytes), bytes: bytes.length }];
    const lane = projectLane(addressOf('x').project);
    const agents = [agentName('product'), agentName('arch')];
    const documents = attachments.map(({ name, sha256 }) => ({ name, sha256 }));
    await appendAs(log, {
      lane,
      source: 'cli',
      drafts: [
        {
          type: 'ProjectStarted',
          data: { title: 'Loan desk', agents, policy: testPolicy, source: { kind: 'requirements', documents } },
        },
      ],
    });
    const cards = [testCard('EPIC-001', { attachments, type: 'epic' })];
    await appendAs(log, {
      lane,
      source: 'cli',
      drafts: [{ type: 'CardsAdded', data: { origin: { kind: 'import', by: { kind: 'person', name: 'p' } }, cards } }],
    });
    const tasks = catalogTaskSource(() => catalog.catalog(), catalog.waitForPosition);
    const module = AgentProductModule.register({
      log,
      claims,
      artifacts,
      tasks,
      worker: 'w',
      concurrency: 1,
      leaseMs: 30_000,
      graceMs: 1_000,
    });
    const app = await NestFactory.createApplicationContext(module, { logger: false });
    await enqueue(log, 'EPIC-001');
    await eventually('the attempt ended', async () =>
      (await attemptEvents(log, 'EPIC-001')).some((e) => /Completed|Failed/.test(e.type)),
    );
    await app.close();
    const events = await attemptEvents(log, 'EPIC-001');
    const end = events.at(-1);
    const outcomes = events.flatMap((e) =>
      e.type === 'VerdictRecorded' ? [[e.data.verdict.gate, e.data.verdict.outcome]] : [],
    );
    expect(outcomes.filter(([, outcome]) => outcome !== 'pass')).toEqual([]);
    expect(outcomes.length).toBeGreaterThanOrEqual(2);
    expect(end?.type === 'CardCompleted' && end.data.proposals).toHaveLength(3);
    expect(app.get<AgentService>(AGENT_PRODUCT).running).toBe(0);
  });
});
