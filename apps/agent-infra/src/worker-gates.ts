import { runGateWorker } from '@squados/gates/worker';

runGateWorker();
