import { runJob } from '../pool/handlers.js';
import type { GatePool } from '../pool/gate-pool.port.js';
import type { JobMap, JobName, JobOutcome } from '../pool/job.js';
import { missingPackage } from '../pool/missing-package.js';

/** Runs jobs right here: for unit tests of gates, with inputs of our own. No deadline, no isolation, and it says so. */
export const createInProcessPool = (): GatePool => {
  // One job after the other, as in a worker: they share one database session.
  let last: Promise<unknown> = Promise.resolve();
  const runNow = async <N extends JobName>(
    name: N,
    input: JobMap[N]['input'],
  ): Promise<JobOutcome<JobMap[N]['output']>> => {
    try {
      return { kind: 'done', value: await runJob(name, input, () => undefined) };
    } catch (error) {
      const what = missingPackage(error);
      return what === undefined ? { kind: 'crashed', message: String(error) } : { kind: 'missing', what };
    }
  };
  const pool: GatePool = {
    isolation: { level: 0, by: 'in process' },
    run: (name, input) => {
      const result = last.then(() => runNow(name, input));
      last = result;
      return result;
    },
    warm: async () => {
      await pool.run('database', { migrations: [] }, { signal: new AbortController().signal });
    },
    close: () => Promise.resolve(),
  };
  return pool;
};
