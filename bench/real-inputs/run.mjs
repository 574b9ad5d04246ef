// Runs the real backlog and the real requirements document to their designs through the built `squados`, twice each with
// different concurrency, checks the logs, and compares what both runs delivered byte for byte. The whole chain of the same
// inputs is bench/long-runs.
// Usage: node bench/real-inputs/run.mjs [--out bench/real-inputs/RESULTS.md] [--only PART_OF_NAME]   (needs ../shared/inputs)
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(import.meta.dirname, '../..');
const squados = join(root, 'apps/cli/bin/squados.mjs');
const inputs = join(root, '../shared/inputs');
const { values: options } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string', default: '' } } });
const INPUTS = [
  'backlogs/squados/backlog_master-121cards-v2.0.0.json',
  'requirements/intellicore__requisitos_funcionais_v2.0.pt.md',
];
/** The owners that lead from a text to its designs: what they write depends on the input alone, ports and clocks have no part in it. */
const DESIGNS = ['--agents', 'product', 'arch'];

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
  const ran = call('run', file, '--data', data, '--yes', '--exit', ...DESIGNS, '--concurrency', ...concurrency);
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
for (const name of INPUTS.filter((input) => input.includes(options.only))) {
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
  'To their designs (`--agents product arch`), quick profile, on 2 cores shared with other work. The second run of each uses',
  'another concurrency (product=4, arch=1 instead of 2 and 2). Made by `node bench/real-inputs/run.mjs`.',
  '',
  '| Input | Exit | Time | Cards | Gates | `events --verify` | Files delivered | SHA-256 of the tree |',
  '|---|---|---|---|---|---|---|---|',
  ...rows,
];
console.log(lines.join('\n'));
if (options.out) writeFileSync(resolve(options.out), `${lines.join('\n')}\n`);
process.exit(sound ? 0 : 1);
