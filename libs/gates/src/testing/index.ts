export { buildTestWorker } from './build-worker.js';
export { createInProcessPool } from './in-process-pool.js';
