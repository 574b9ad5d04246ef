// Measures the judge on a golden set with seeded defects. Usage: node bench/judge/run.mjs (live with ANTHROPIC_API_KEY)
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const args = ['tools/bench-bundle.mjs', 'bench/judge/score.ts'];
process.exit(spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1);
