/**
 * Faults on a fleet that shares one NATS server; see run.mjs. This file is every process of it: without CHAOS_SERVICE the one that
 * starts the others.
 */
import { runCommand } from './command.js';
import { isServiceKind, runChaosService } from './services/service.js';

const service = process.env['CHAOS_SERVICE'];
if (isServiceKind(service)) await runChaosService(service);
else process.exit(await runCommand(process.argv.slice(2)));
