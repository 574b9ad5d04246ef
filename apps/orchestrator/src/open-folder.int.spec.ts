import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { project } from '@squados/board';
import { HealthState, ServiceMetrics } from '@squados/platform';
import { position, START } from '@squados/contracts';
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

const signals = () => ({ health: new HealthState(), metrics: new ServiceMetrics('orchestrator') });
const options = (): FolderOptions => ({
  ...{ dir, logger: silentLogger, window: 2, signals: signals() },
  onFailure: () => undefined,
});

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

describe('what an orchestrator tells of itself', () => {
  it('is what keeps it from being ready, then what it decided and what lies in the dead letters', async () => {
    const { health, metrics } = signals();
    const folder = await openOrchestratorFolder({ ...options(), signals: { health, metrics } });
    expect(health.read()).toMatchObject({ ready: false, parts: { log: { ready: true }, fold: { ready: false } } });
    expect(await metrics.text()).toContain('squados_dead_letters{service="orchestrator"} 0');
    await folder.engine.start();
    await folder.engine.submit(START_PROJECT);
    const added = await folder.engine.submit(addCards([spec('PROD-1')]));
    const next = added.kind === 'accepted' ? position(added.position + 1) : START;
    await folder.engine.caughtUp(next, AbortSignal.timeout(10_000)); // the card is enqueued
    expect(health.read()).toMatchObject({ started: true, ready: true });
    const text = await metrics.text();
    expect(text).toContain('squados_cards_total{agent="product",outcome="enqueued",service="orchestrator"} 1');
    expect(text).toContain('squados_leader{service="orchestrator"} 1');
    expect(text).toContain('squados_events_appended_total{type="CardsAdded",service="orchestrator"} 1');
    expect(text).toMatch(/^squados_projection_lag_seconds\{service="orchestrator"\} /m);
    await folder.engine.stop();
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
