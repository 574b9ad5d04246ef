import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { agentName, cardId, projectId, projectLane } from '@squados/contracts';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import { agentService } from '../index.js';
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
import { openAgentFolder } from './index.js';

let dir = '';
const product = agentName('product');
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'squados-alone-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

const prepare = async (): Promise<void> => {
  const log = await openEmbeddedLog({ dir, mode: 'owner' });
  const lane = projectLane(projectId('P'));
  await appendAs(log, {
    lane,
    source: 'cli',
    drafts: [{ type: 'ProjectStarted', data: { title: 'P', agents: [product], policy: testPolicy } }],
  });
  const cards = [testCard('PROD-1')];
  await appendAs(log, {
    lane,
    source: 'cli',
    drafts: [{ type: 'CardsAdded', data: { origin: { kind: 'import', by: { kind: 'person', name: 'p' } }, cards } }],
  });
  await enqueue(log, 'PROD-1');
  await log.close();
};

describe('an agent alone on a folder', () => {
  it('works off what was enqueued before it came, on the disk, and gives the folder back', async () => {
    await prepare();
    const folder = await openAgentFolder(dir, product);
    const role = scriptedRole((task) => written({ 'produto/a.md': task.card.title }));
    const service = agentService(role, { ...folder, worker: 'w', concurrency: 1, leaseMs: 30_000, graceMs: 1_000 });
    await service.start();
    await eventually('done', async () =>
      (await attemptEvents(folder.log, 'PROD-1')).some((e) => e.type === 'CardCompleted'),
    );
    await eventually('settled', () => service.running === 0);
    await service.stop();
    await folder.close();
    const again = await openAgentFolder(dir, product);
    const task = await again.tasks.load({
      project: projectId('P'),
      card: cardId('PROD-1'),
      attempt: 1,
      position: await again.log.head(),
      signal: new AbortController().signal,
    });
    expect(task?.card.id).toBe('PROD-1');
    await again.close();
  });
  it('is refused, in words, while another has the folder', async () => {
    const first = await openAgentFolder(dir, product);
    await expect(openAgentFolder(dir, product)).rejects.toMatchObject({ name: 'EventLogError', code: 'log-locked' });
    await first.close();
  });
});
