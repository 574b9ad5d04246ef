import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { buildTestWorker } from '../testing/build-worker.js';
import { WorkerProcess } from './worker-process.js';

const groupOf = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)], { encoding: 'utf8' }));

it('a worker is in a process group of its own: Ctrl-C in a terminal never ends a check that then looks as if it could not run', async () => {
  const worker = new WorkerProcess({ file: await buildTestWorker(), memoryMb: 256, startMs: 60_000 });
  try {
    const pid = worker.pid ?? 0;
    expect(groupOf(pid)).toBe(pid);
    expect(groupOf(pid)).not.toBe(groupOf(process.pid));
  } finally {
    worker.kill();
  }
}, 240_000);
