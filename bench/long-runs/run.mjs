// Runs the real backlog and the real requirements document through the whole chain, in pieces that are stopped and taken up
// again, and writes down how every card ended, what the product answered and whether the log is sound.
//
// node bench/long-runs/run.mjs [--only backlog|document] [--work FOLDER] [--piece SECONDS] [--pieces N] [--report] [--out FILE]
//   --work    where runs live and go on; without it a folder that is removed afterwards
//   --piece   stop after so many seconds and take up again (default: in one go)
//   --pieces  at most so many pieces now; the rest with the next call on the same --work
//   --report  run nothing, report what the folder holds
// Needs ../shared/inputs, and the toolchains (`squados setup all`).
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { factsOf } from './facts.mjs';
import { reportOf } from './report.mjs';

const root = resolve(import.meta.dirname, '../..');
const squados = join(root, 'apps/cli/bin/squados.mjs');
const inputs = join(root, '../shared/inputs');
const RUNS = [
  { key: 'backlog', name: 'The backlog of 121 cards', input: 'backlogs/squados/backlog_master-121cards-v2.0.0.json' },
  {
    key: 'document',
    name: 'The document of 40 requirements',
    input: 'requirements/intellicore__requisitos_funcionais_v2.0.pt.md',
  },
];
/** Five owners that write and check, one worker each; infrastructure has two cards in all. */
const WORKERS = ['product=1', 'arch=1', 'backend=1', 'frontend=1', 'qa=1', 'infra=1'];
const STOPPED = 130;

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    work: { type: 'string' },
    piece: { type: 'string', default: '0' },
    pieces: { type: 'string', default: '1000' },
    report: { type: 'boolean', default: false },
    concurrency: { type: 'string', default: WORKERS.join(' ') },
    out: { type: 'string' },
  },
});
const concurrency = values.concurrency.split(' ');

const call = (...args) =>
  spawnSync(process.execPath, [squados, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 30 });

/** One piece: the product as a person runs it, asked to stop when its time is over. */
function runPiece(file, data) {
  const args = ['run', file, '--data', data, '--yes', '--exit', '--concurrency', ...concurrency];
  const child = spawn(process.execPath, [squados, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const limit = Number(values.piece);
  const timer = limit > 0 ? setTimeout(() => child.kill('SIGTERM'), limit * 1000) : undefined;
  return new Promise((done) =>
    child.once('exit', (code) => {
      clearTimeout(timer);
      done(code ?? STOPPED);
    }),
  );
}

const recordOf = (folder) => join(folder, 'pieces.json');
const piecesIn = (folder) => (existsSync(recordOf(folder)) ? JSON.parse(readFileSync(recordOf(folder), 'utf8')) : []);

/** Goes on with a run until it is over or this call's pieces are used up. */
async function goOn({ input }, folder) {
  mkdirSync(folder, { recursive: true });
  for (let n = 0; n < Number(values.pieces); n++) {
    const before = piecesIn(folder);
    if (before.length > 0 && before.at(-1).code !== STOPPED) return;
    const began = performance.now();
    const code = await runPiece(join(inputs, input), join(folder, 'data'));
    const piece = { code, seconds: Math.round((performance.now() - began) / 100) / 10 };
    writeFileSync(recordOf(folder), `${JSON.stringify([...before, piece])}\n`);
  }
}

function told(run, folder) {
  const data = join(folder, 'data');
  const pieces = piecesIn(folder);
  const facts = factsOf(JSON.parse(call('events', '--data', data, '--json').stdout || '[]'));
  const verified = call('events', '--data', data, '--verify');
  const said = verified.stdout.trim().split('\n').at(-1) || verified.stderr.trim().split('\n').at(-1);
  return { ...run, concurrency, facts, pieces, code: pieces.at(-1)?.code, verify: { code: verified.status, said } };
}

const isWhole = ({ code, verify, facts }) => code === 0 && verify.code === 0 && facts.ended;

if (!existsSync(inputs)) {
  console.log('skipped: ../shared/inputs is not there');
  process.exit(0);
}
const work = resolve(values.work ?? mkdtempSync(join(tmpdir(), 'squados-long-')));
const results = [];
for (const run of RUNS.filter(({ key }) => values.only === undefined || values.only === key)) {
  const folder = join(work, run.key);
  if (!values.report) await goOn(run, folder);
  if (existsSync(folder)) results.push(told(run, folder));
}
const report = reportOf(results);
console.log(report);
if (values.out) writeFileSync(resolve(values.out), report);
if (!values.work) rmSync(work, { recursive: true, force: true });
process.exit(results.every(isWhole) ? 0 : 1);
