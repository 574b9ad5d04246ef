import { setFlagsFromString } from 'node:v8';
import { runCli } from './program.js';
import { processTerminal } from './terminal/terminal.js';

// A run goes through much code a few times each: optimizing it as early as V8 would costs a fifth of this process's CPU.
setFlagsFromString('--interrupt-budget=800000');

// Whoever reads along may leave early (`squados events | head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: processTerminal(),
  env: process.env,
  cwd: process.cwd(),
});
