import { createGatePool, type GatePool } from '@squados/gates';

/** Gates run in processes of their own; the worker lies beside this file once the app is bundled. */
const gatePool = (): GatePool => createGatePool({ workerFile: new URL('./worker-gates.js', import.meta.url) });

/** Its database takes a second or two to start: what this process has to load, and the product owner's work, hide them. */
export const warmGatePool = (): GatePool => {
  const pool = gatePool();
  void pool.warm();
  return pool;
};
