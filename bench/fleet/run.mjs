// Both examples by a fleet: every service a process of its own on one nats-server, watched in Chromium through a gateway that is
// killed and started again meanwhile.
// Usage: node bench/fleet/run.mjs [--only library|oficina] [--agents frontend=2,…] [--every 20] [--pictures FOLDER] [--out FILE]
// Needs the built apps (npm run build), and the toolchains nats, browser, web, python and postgres (`squados setup all`).
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const args = ['tools/bench-bundle.mjs', 'bench/fleet/bench.ts', ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('exit', (code, signal) => process.exit(signal ? 130 : (code ?? 1)));
