// Faults on a fleet of services that share one NATS server, and what the log says of it at the end.
// Usage: node bench/chaos/run.mjs [--minutes 10 | --seconds 60] [--seed 1] [--agents product,arch,…] [--out FILE]
//        node bench/chaos/run.mjs --broken expectation|fence|started|all    exits 0 when each broken build was caught
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const args = ['tools/bench-bundle.mjs', 'bench/chaos/bench.ts', ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
