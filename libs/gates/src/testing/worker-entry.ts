import { runGateWorker } from '../worker.js';

runGateWorker();
