import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Driver } from '../drivers/driver.js';
import { buildParent } from './build-parent.js';
import { processesOf } from './hostile/attack.js';

const until = async (holds: () => boolean): Promise<void> => {
  for (const end = performance.now() + 10_000; performance.now() < end && !holds();) await pause(20);
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
