import { runCli } from './program.js';
import { processTerminal } from './terminal/terminal.js';

// Whoever reads along may leave early (`squados events | head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await runCli(process.argv.slice(2), {
  terminal: processTerminal(),
  env: process.env,
  cwd: process.cwd(),
});
