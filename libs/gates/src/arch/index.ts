export { createArchGates, type ArchGateOptions } from './create-arch-gates.js';
export { createGatePool, type GatePoolOptions } from '../pool/create-gate-pool.js';
export type { GatePool, RunOptions } from '../pool/gate-pool.port.js';
