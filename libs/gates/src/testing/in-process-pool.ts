import { runJob } from '../pool/handlers.js';
import type { GatePool } from '../pool/gate-pool.port.js';
import { missingPackage } from '../pool/missing-package.js';

/** Runs jobs right here: for unit tests of gates, with inputs of our own. No deadline, no isolation, and it says so. */
export const createInProcessPool = (): GatePool => ({
  isolation: { level: 0, by: 'in process' },
  run: async (name, input) => {
    try {
      return { kind: 'done', value: await runJob(name, input, () => undefined) };
    } catch (error) {
      const what = missingPackage(error);
      return what === undefined ? { kind: 'crashed', message: String(error) } : { kind: 'missing', what };
    }
  },
  warm: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
