// Kills runs with Claude under a budget. Usage: node bench/claude-kills/run.mjs [--runs 3] [--kills 3] [--seed 1]
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const args = ['tools/bench-bundle.mjs', 'bench/claude-kills/kills.ts', ...process.argv.slice(2)];
process.exit(
  spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SQUADOS_BIN: resolve(root, 'apps/cli/bin/squados.mjs') },
  }).status ?? 1,
);
