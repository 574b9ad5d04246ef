import { createGatePool, type GatePool } from '@squados/gates';

/** Gates run in processes of their own; the worker lies beside this file once the app is bundled. */
export const gatePool = (): GatePool => createGatePool({ workerFile: new URL('./worker-gates.js', import.meta.url) });
