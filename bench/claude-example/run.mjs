// The English example by Claude's path, against a stub of its API, with faults; then once more from the record.
// Usage: node bench/claude-example/run.mjs [--out FILE] [--document FILE] [--keep]
//        node bench/claude-example/run.mjs --serve     only the stub, for a run by hand
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const args = ['tools/bench-bundle.mjs', 'bench/claude-example/example.ts', ...process.argv.slice(2)];
process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1);
