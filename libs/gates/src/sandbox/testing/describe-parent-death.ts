import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import type { Driver } from '../drivers/driver.js';
import { runInDriver } from '../run-in-driver.js';
import { readKernelFile } from '../host.js';
import { buildParent } from './build-parent.js';
import { processesOf } from './hostile/attack.js';

const until = async (holds: () => boolean): Promise<void> => {
  for (const end = performance.now() + 60_000; performance.now() < end && !holds();) await pause(20);
};

const parentOf = (pid: number): number => Number(/^PPid:\s+(\d+)/m.exec(readKernelFile(`/proc/${pid}/status`))?.[1]);

/** The process that we launched, above one of the run's own. */
const launcherOf = (pid: number): number => {
  let at = pid;
  while (parentOf(at) > 1 && parentOf(at) !== process.pid) at = parentOf(at);
  return at;
};

/** The program itself: what launches it has the mark among its arguments alone. */
const startedOf = (mark: string): string | undefined =>
  processesOf(mark).find((pid) => readKernelFile(`/proc/${pid}/environ`).includes(mark));

const WAIT_FOR_FLAG = ': $ATTACK_MARK; while [ ! -e flags/go ]; do sleep 0.05; done; echo done';

export const describeLauncherDeath = (driver: Driver): void => {
  it('begins a run again, once, whose launching process was killed by somebody else', async () => {
    const mark = `launcher-${randomBytes(8).toString('hex')}`;
    const flags = mkdtempSync('/tmp/squados-flags-');
    chmodSync(flags, 0o755);
    const request = {
      command: ['sh', '-c', WAIT_FOR_FLAG] as const,
      files: new Map(),
      mounts: [{ from: flags, at: 'flags' }],
      env: { ATTACK_MARK: mark },
    };
    const terms = { isolation: { level: driver.level, by: 'a test' }, signal: new AbortController().signal };
    const running = runInDriver(driver, request, terms);
    await until(() => startedOf(mark) !== undefined);
    process.kill(launcherOf(Number(startedOf(mark))), 'SIGKILL');
    writeFileSync(join(flags, 'go'), '');
    expect(await running).toMatchObject({ kind: 'exited', exitCode: 0, stdout: 'done\n' });
    rmSync(flags, { recursive: true });
  });
};

export const describeParentDeath = (driver: Driver): void => {
  describe('the death of the process that runs it', () => {
    let file: string;
    beforeAll(async () => {
      file = await buildParent();
    });
    afterAll(() => rmSync(file, { force: true }));

    it('by SIGKILL ends everything inside and removes its folder', async () => {
      const mark = `parent-${randomBytes(8).toString('hex')}`;
      const parent = spawn(process.execPath, [file, driver.name, mark], { stdio: ['ignore', 'pipe', 'inherit'] });
      const [folder] = (await once(parent.stdout, 'data')) as [Buffer];
      const base = folder.toString('utf8').split('\n')[0] ?? '';
      await until(() => processesOf(mark).length >= 4);
      expect(processesOf(mark).length).toBeGreaterThanOrEqual(4);
      parent.kill('SIGKILL');
      await until(() => processesOf(mark).length === 0 && !existsSync(base));
      expect({ alive: processesOf(mark), base: existsSync(base) }).toEqual({ alive: [], base: false });
    });
  });
};
