// Runs every hostile program in every driver and measures what a run costs; writes RESULTS.md. Usage: node bench/sandbox/run.mjs
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const args = ['tools/bench-bundle.mjs', 'bench/sandbox/bench.ts', '--out', 'bench/sandbox/RESULTS.md'];
process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1);
