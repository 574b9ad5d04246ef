// Both example documents with both backend languages, profile full, through the built `squados`; writes RESULTS.md.
// Usage: node bench/full-matrix/run.mjs [--work FOLDER] [--only library-python] [--piece SECONDS] [--out FILE]
// Each combination has a data folder of its own below --work. What was stopped (Ctrl-C, --piece) goes on where it was when this is
// called again; exit code 75 says that it is not at its end. With --fresh all of them begin again.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gatesOf, pageOf } from './figures.mjs';

const root = resolve(import.meta.dirname, '../..');
const squados = join(root, 'apps/cli/bin/squados.mjs');
const LIFELINE = fileURLToPath(import.meta.resolve('./lifeline.mjs'));
const UNFINISHED = 75;
const STOPPED = 130;
/** One attempt of each engineer at a time: the gates of profile full load both cores by themselves. */
const ARGUMENTS = '--yes --exit --no-page --profile full --concurrency backend=1 frontend=1 qa=1'.split(' ');
const COMBINATIONS = ['library.en', 'oficina.pt'].flatMap((document) =>
  ['python', 'go'].map((backend) => ({
    name: `${document.split('.')[0]}-${backend}`,
    document: `examples/${document}.md`,
    backend,
  })),
);
const { values: options } = parseArgs({
  options: {
    work: { type: 'string', default: join(tmpdir(), 'squados-full-matrix') },
    only: { type: 'string' },
    piece: { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, 'RESULTS.md') },
    fresh: { type: 'boolean', default: false },
  },
});
const pieceMs = options.piece === undefined ? undefined : Number(options.piece) * 1000;
const work = resolve(options.work);
const recordOf = ({ name }) => join(work, `${name}.json`);
const read = (combination) =>
  existsSync(recordOf(combination))
    ? JSON.parse(readFileSync(recordOf(combination), 'utf8'))
    : { name: combination.name, pieces: 0, seconds: 0 };

const call = (...args) =>
  spawnSync(process.execPath, [squados, ...args], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 29 });

/**
 * One piece of a combination: the command as a person would type it, stopped as Ctrl-C stops it when its time is over, when we are told
 * to stop, and when we are killed. It has no part in our terminal's signals: closing the lifeline is the one way it is told.
 */
const runPiece = ({ document, backend }, data) =>
  new Promise((done) => {
    const command = [process.execPath, squados, 'run', document, '--data', data, '--backend', backend, ...ARGUMENTS];
    const options = { cwd: root, stdio: ['pipe', 'inherit', 'inherit'], detached: true };
    const child = spawn(process.execPath, [LIFELINE, ...command], options);
    const stop = () => child.stdin.end();
    const timer = pieceMs === undefined ? undefined : setTimeout(stop, pieceMs);
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);
    child.on('exit', (code) => {
      clearTimeout(timer);
      for (const signal of ['SIGINT', 'SIGTERM']) process.off(signal, stop);
      done(code ?? 1);
    });
  });

/** What the finished log says; the product that DEPLOY started is stopped. */
const conclude = (data) => {
  call('down', '--data', data);
  const verify = call('events', '--verify', '--data', data).status;
  const rows = JSON.parse(call('events', '--type', 'VerdictRecorded', '--json', '--data', data).stdout);
  const { tally } = JSON.parse(call('status', '--json', '--data', data).stdout);
  return { verify, byState: tally.byState, gates: gatesOf(rows) };
};

const runOne = async (combination) => {
  const before = read(combination);
  if (before.gates !== undefined) return before;
  const data = join(work, combination.name);
  const from = performance.now();
  const exit = await runPiece(combination, data);
  const record = {
    ...before,
    exit,
    pieces: before.pieces + 1,
    seconds: before.seconds + (performance.now() - from) / 1000,
  };
  const whole = exit === STOPPED ? record : { ...record, ...conclude(data) };
  writeFileSync(recordOf(combination), `${JSON.stringify(whole, undefined, 2)}\n`);
  return whole;
};

const isSound = ({ exit, verify, gates }) =>
  exit === 0 && verify === 0 && gates.every(({ fail, refer }) => fail + refer === 0);

if (options.fresh) rmSync(work, { recursive: true, force: true });
mkdirSync(work, { recursive: true });
for (const combination of COMBINATIONS.filter(({ name }) => options.only === undefined || name === options.only)) {
  const { gates } = await runOne(combination);
  if (gates === undefined) process.exit(UNFINISHED);
}
const finished = COMBINATIONS.map(read).filter(({ gates }) => gates !== undefined);
const page = pageOf(finished);
process.stdout.write(page);
writeFileSync(resolve(options.out), page);
process.exit(finished.every(isSound) ? 0 : 1);
