export { runGateWorker } from './pool/run-gate-worker.js';
