import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serveControl } from '@squados/event-log/embedded';
import type { Command } from '@squados/contracts';
import { createLogger } from '@squados/platform';
import { followFolder, type FollowedFolder } from './follow-folder.js';
import { startGateway, type Gateway } from './start-gateway.js';
import { Browser } from './testing/browser.js';
import { add, openHarness, person, spec, start, type Harness } from './testing/gateway-harness.js';
import { until } from './testing/until.js';
import type { BoardPatch, Problem } from './wire/index.js';

let owner: Harness;
let folder: FollowedFolder;
let gateway: Gateway;
let browser: Browser;
const logger = createLogger({ service: 'test', level: 'silent', format: 'json', write: () => undefined });

beforeAll(async () => {
  owner = await openHarness();
  await owner.submit(start);
  await owner.submit(add([spec('ARCH-1')]));
  folder = await followFolder(owner.dir);
  gateway = await startGateway({ ...folder, actor: person, assets: '', port: 0, logger });
  browser = await Browser.cameBy(gateway.link());
});
afterAll(async () => {
  await gateway.close();
  await folder.close();
  await owner.stop();
});

const skip = { type: 'SkipCard', card: 'ARCH-1', reason: 'by hand' };

describe('a gateway as a service of its own', () => {
  it('shows the log that another process writes, and follows it', async () => {
    const reader = browser.feed();
    await reader.until('the board', (seen) => seen.messages('board').length === 1);
    await owner.submit(add([spec('ARCH-2')]));
    await until('the new card', () =>
      reader.messages<BoardPatch>('patch').some(({ rows }) => rows.some(({ id }) => id === 'ARCH-2')),
    );
    reader.leave();
  });

  it('says so when nobody can carry out a command', async () => {
    const answer = await browser.post('/api/commands', skip);
    expect(answer.status).toBe(503);
    expect(answer.json<Problem>().title).toContain('squados up');
  });

  it('has commands carried out by the process that owns the folder', async () => {
    const control = await serveControl(owner.dir, (request) =>
      owner.engine.submit((request as { command: Command }).command),
    );
    try {
      expect((await browser.post('/api/commands', skip)).status).toBe(200);
      await until('the skip', () => folder.source.fold.position === owner.engine.fold.position);
      const board = (await browser.get('/api/board')).json<BoardPatch>();
      expect(board.rows.find(({ id }) => id === 'ARCH-1')?.state).toBe('SKIPPED');
    } finally {
      await control.close();
    }
  });
});
