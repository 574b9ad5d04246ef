// Runs a command that ends with whoever started it, however that one ends: our standard input is the lifeline, held open by the
// starter and never written to. When it ends, the command is told as Ctrl-C tells it, and killed whole 30 s later.
// Usage: node lifeline.mjs COMMAND [ARGUMENT …]
import { spawn } from 'node:child_process';

const PATIENCE_MS = 30_000;
const SIGNALLED = 128;
const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });

const tell = (pid, signal) => {
  try {
    process.kill(pid, signal);
  } catch {
    // it ended meanwhile
  }
};

let isTold = false;
const end = () => {
  if (isTold) return;
  isTold = true;
  tell(child.pid, 'SIGINT');
  setTimeout(() => tell(-child.pid, 'SIGKILL'), PATIENCE_MS).unref();
};

process.stdin.resume().once('end', end).once('error', end);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, end);
child.once('error', (error) => {
  process.stderr.write(`${program}: ${error.message}\n`);
  process.exit(1);
});
child.once('exit', (code, signal) => process.exit(code ?? SIGNALLED + (signal === 'SIGKILL' ? 9 : 2)));
