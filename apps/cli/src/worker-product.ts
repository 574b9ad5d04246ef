import { runSupervisor } from '@squados/deployment/supervisor';

/** The process that holds a running product; started by the deployer with the product's folder. */
await runSupervisor(process.argv[2]);
