import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { isJobName, runJob } from './handlers.js';
import type { FromWorker, ToWorker } from './job.js';
import { missingPackage } from './missing-package.js';

/** The pipe whose other end the parent holds: it closes when the parent dies, however it dies. */
export const LIFELINE_FD = 4;

/**
 * A thread of its own, because SQL or a regular expression can hold the main thread for ever and then no event is handled:
 * it sleeps in a blocking read until the parent is gone, then ends the whole process.
 */
const GUARD = `
try { require('node:fs').readSync(${LIFELINE_FD}, Buffer.alloc(1)); } catch (e) { if (e.code === 'EBADF') return; }
process.kill(process.pid, 'SIGKILL');`;

const answer = async ({ id, name, input }: ToWorker, send: (message: FromWorker) => void): Promise<FromWorker> => {
  try {
    if (!isJobName(name)) return { kind: 'threw', id, message: `unknown job ${name}` };
    const value = await runJob(name, input as never, () => send({ kind: 'running', id }));
    return { kind: 'done', id, value };
  } catch (error) {
    const what = missingPackage(error);
    return what === undefined ? { kind: 'threw', id, message: String(error) } : { kind: 'missing', id, what };
  }
};

/**
 * The body of a gate worker process: call it from an app's `src/worker-gates.ts`. Jobs come one at a time over IPC.
 * It never ends by itself while the parent lives; the parent ends it.
 */
export const runGateWorker = (): void => {
  // Much code that runs a few times per document: optimizing it as early as V8 would costs a tenth more.
  setFlagsFromString('--interrupt-budget=800000');
  const send = (message: FromWorker): void => {
    process.send?.(message);
  };
  process.on('message', (job: ToWorker) => void answer(job, send).then(send));
  process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  new Worker(`(() => {${GUARD}})()`, { eval: true, env: {} }).unref();
};
