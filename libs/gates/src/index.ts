export { createGatePool, type GatePoolOptions } from './pool/create-gate-pool.js';
export type { GatePool, RunOptions } from './pool/gate-pool.port.js';
export { reportOf, oneLine, clip, count, MAX_EXCERPT, MAX_FINDINGS } from './pool/report.js';
export { unsoundFiles } from './pool/soundness.js';
export type { CheckReport, JobOutcome, TextFile } from './pool/job.js';
export * from './markdown/index.js';
