import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { START } from '@squados/contracts';
import { openEmbeddedLog } from '@squados/event-log/embedded';

const root = resolve(import.meta.dirname, '../../..');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'squados-orchestrator-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Life {
  readonly code: number | null;
  readonly output: string;
}

const live = (env: Record<string, string>, untilLine: string): Promise<Life> =>
  new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'apps/orchestrator/dist/main.js')], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes(untilLine)) child.kill('SIGTERM');
    });
    child.on('exit', (code) => done({ code, output }));
  });

describe('the orchestrator as a service of its own', () => {
  it('comes up on a folder, stops when told to, and leaves the log whole and free', async () => {
    execFileSync(process.execPath, [join(root, 'tools/bundle.mjs'), 'apps/orchestrator']);
    const life = await live({ SQUADOS_DATA: folder }, '"msg":"up"');
    expect(life).toMatchObject({ code: 0 });
    const log = await openEmbeddedLog({ dir: folder, mode: 'owner' });
    expect(await log.head()).toBe(START);
    await log.close();
  });

  it('names every variable that it can’t read and exits 2', async () => {
    const life = await live({ SQUADOS_DATA: folder, SQUADOS_WINDOW: 'many', SQUADOS_LOG_LEVEL: 'loud' }, '\u0000');
    expect(life.code).toBe(2);
    expect(life.output).toContain('SQUADOS_WINDOW');
    expect(life.output).toContain('SQUADOS_LOG_LEVEL');
  });
});
