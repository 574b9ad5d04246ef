import { runSupervisor } from '../supervisor/index.js';

await runSupervisor(process.argv[2]);
