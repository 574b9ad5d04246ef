import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { project } from '@squados/board';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, systemClock } from './index.js';
import { openOrchestratorFolder, type FolderOptions } from './open-folder.js';
import { addCards, PROJECT, spec, START_PROJECT } from './testing/project-fixture.js';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'squados-folder-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const options = (): FolderOptions => ({ dir, logger: silentLogger, window: 2, onFailure: () => undefined });

describe('an orchestrator on a folder of its own', () => {
  it('finds its project again after a stop', async () => {
    const first = await openOrchestratorFolder(options());
    const { engine } = first;
    await engine.start();
    expect(await engine.submit(START_PROJECT)).toMatchObject({ kind: 'accepted' });
    expect(await engine.submit(addCards([spec('PROD-1')]))).toMatchObject({ kind: 'accepted' });
    await engine.stop();
    await first.close();

    const second = await openOrchestratorFolder(options());
    await second.engine.start();
    expect(project(second.engine.fold.board, PROJECT)?.total).toBe(1);
    await second.engine.stop();
    await second.close();
  });

  it('refuses a folder that somebody has, and leaves the first one working', async () => {
    const first = await openOrchestratorFolder(options());
    await expect(openOrchestratorFolder(options())).rejects.toMatchObject({ code: 'log-locked' });
    await first.engine.start();
    expect(await first.engine.submit(START_PROJECT)).toMatchObject({ kind: 'accepted' });
    await first.engine.stop();
    await first.close();
  });

  it('gives the folder back when its artifacts cannot be opened', async () => {
    writeFileSync(join(dir, 'artifacts'), 'a file where a folder belongs');
    await expect(openOrchestratorFolder(options())).rejects.toMatchObject({ code: expect.any(String) });
    rmSync(join(dir, 'artifacts'));
    const folder = await openOrchestratorFolder(options());
    await folder.close();
  });
});

describe('the system clock', () => {
  it('calls back, also for a wait longer than a timer can hold, unless taken back', async () => {
    expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
    let early = 0;
    const takeBack = systemClock.after(Number.MAX_SAFE_INTEGER, () => (early += 1));
    await new Promise<void>((resolve) => systemClock.after(-5, resolve));
    takeBack();
    expect(early).toBe(0);
  });
});
