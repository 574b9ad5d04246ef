// Runs the real backlog and the real requirements document through the built `squados`, twice each with different
// concurrency, checks the logs, and compares what both runs delivered byte for byte.
// Usage: node bench/real-inputs/run.mjs [--out bench/real-inputs/RESULTS.md]   (needs ../shared/inputs)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const squados = join(root, 'apps/cli/bin/squados.mjs');
const inputs = join(root, '../shared/inputs');
const out = process.argv.includes('--out') ? process.argv[process.argv.indexOf('--out') + 1] : undefined;
const INPUTS = [
  'backlogs/squados/backlog_master-121cards-v2.0.0.json',
  'requirements/intellicore__requisitos_funcionais_v2.0.pt.md',
];

const call = (...args) =>
  spawnSync(process.execPath, [squados, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });

function treeHash(dir) {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath ?? entry.path, entry.name)).sort();
  const hash = createHash('sha256');
  for (const path of paths) hash.update(`${relative(dir, path)}\0`).update(readFileSync(path));
  return { files: paths.length, hash: hash.digest('hex') };
}

function runOnce(file, concurrency) {
  const folder = mkdtempSync(join(tmpdir(), 'squados-real-'));
  const data = join(folder, 'data');
  const from = performance.now();
  const ran = call('run', file, '--data', data, '--yes', '--exit', '--concurrency', ...concurrency);
  const seconds = (performance.now() - from) / 1000;
  const line = (word) => new RegExp(`^\\s+${word}\\s+(.*)$`, 'm').exec(ran.stdout)?.[1] ?? 'not said';
  const verify = call('events', '--data', data, '--verify');
  const tree = treeHash(join(data, 'app-artefacts'));
  rmSync(folder, { recursive: true, force: true });
  return { code: ran.status, seconds, cards: line('cards'), gates: line('gates'), verify: verify.status, tree };
}

if (!existsSync(inputs)) {
  console.log('skipped: ../shared/inputs is not there');
  process.exit(0);
}
const rows = [];
let sound = true;
for (const name of INPUTS) {
  const file = join(inputs, name);
  const runs = [runOnce(file, ['product=2', 'arch=2']), runOnce(file, ['product=4', 'arch=1'])];
  const equal = runs[0].tree.hash === runs[1].tree.hash;
  sound &&= equal && runs.every((run) => run.code === 0 && run.verify === 0);
  for (const run of runs)
    rows.push(
      `| ${name.split('/').at(-1)} | ${run.code} | ${run.seconds.toFixed(0)} s | ${run.cards} | ${run.gates} | exit ${run.verify} | ${run.tree.files} | ${run.tree.hash.slice(0, 12)} |`,
    );
  rows.push(`| both runs deliver the same bytes | ${equal ? 'yes' : 'NO'} | | | | | | |`);
}
const lines = [
  '# Real inputs, twice each',
  '',
  'The second run of each uses another concurrency (product=4, arch=1 instead of 2 and 2). 2 cores.',
  '',
  '| Input | Exit | Time | Cards | Gates | `events --verify` | Files delivered | SHA-256 of the tree |',
  '|---|---|---|---|---|---|---|---|',
  ...rows,
];
console.log(lines.join('\n'));
if (out) writeFileSync(resolve(out), `${lines.join('\n')}\n`);
process.exit(sound ? 0 : 1);
