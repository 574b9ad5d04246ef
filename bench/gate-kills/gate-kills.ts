/**
 * Kills whole deliveries of a small document in the middle of their gates and of DEPLOY: compiler, tests, PostgreSQL, browser, the
 * product's start. After each kill nothing of the run may live on and no artifact be half written; in the end there is one deployment,
 * and every card ended with the artifacts of an undisturbed run.
 *
 * node tools/bench-bundle.mjs bench/gate-kills/gate-kills.ts [--seed 7] [--out FILE] [--folder DIR --for SECONDS]
 *
 * With --folder it can be done in parts: a call ends after about so many seconds (exit code 75), the next one goes on. Needs Linux, Python
 * and the toolchains of \`squados setup python postgres browser\`.
 */
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { artifacts, attempts, compare, endings, verdicts, type Aspect } from '../kills/compare.js';
import { readFacts } from '../kills/log-facts.js';
import { generator } from '../kills/seeded.js';
import { artifactText, extraFiles, tornArtifacts } from './leftovers.js';
import { afterDeath, countSupervisors, oneLife, type Hit } from './life.js';
import { namesOf } from './processes.js';
import { reportOf } from './report.js';
import { TARGETS } from './targets.js';
import { WatchedRun } from './watched-run.js';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '7' },
    out: { type: 'string', default: '' },
    folder: { type: 'string', default: '' },
    for: { type: 'string', default: '' },
  },
});

const CALL_AGAIN = 75;
const document = resolve('bench/gate-kills/tool-shed.md');
const squados = [process.execPath, resolve('apps/cli/bin/squados.mjs')];
const folder = values.folder === '' ? mkdtempSync(join(tmpdir(), 'squados-gate-kills-')) : resolve(values.folder);
const [calmData, hitData, stateFile] = ['undisturbed', 'killed', 'state.json'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];
const until = values.for === '' ? Number.POSITIVE_INFINITY : performance.now() + Number(values.for) * 1_000;

export interface State {
  readonly calmCode: number;
  readonly calmSeconds: number;
  readonly hits: readonly Hit[];
  /** Places of the targets in their list that were neither hit nor missed yet. */
  readonly ahead: readonly number[];
  readonly missed: number;
  readonly supervisors: number;
  /** Exit code of the killed run's last life. */
  readonly code?: number;
}

const remember = (state: State): State => {
  writeFileSync(`${stateFile}.new`, JSON.stringify(state));
  renameSync(`${stateFile}.new`, stateFile);
  return state;
};

const running = new Set<WatchedRun>();

const started = (...args: readonly string[]): WatchedRun => {
  const run = new WatchedRun([...squados, ...args], openSync(join(folder, 'output.log'), 'a'));
  running.add(run);
  void run.alone.then(() => running.delete(run));
  return run;
};

const delivery = (data: string): WatchedRun => started('run', document, '--data', data, '--yes', '--exit');

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    for (const run of running) run.endAll();
    if (values.folder === '') rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });

const prepare = async (): Promise<State> => {
  if (existsSync(stateFile)) return JSON.parse(readFileSync(stateFile, 'utf8')) as State;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const from = performance.now();
  const calm = delivery(calmData);
  const calmCode = await calm.ended;
  await calm.alone;
  const calmSeconds = (performance.now() - from) / 1000;
  console.log(`undisturbed: exit ${calmCode}, ${calmSeconds.toFixed(1)} s`);
  if (calmCode !== 0) throw new Error(`the undisturbed run did not deliver; see ${join(folder, 'output.log')}`);
  const imported = started('import', document, '--data', hitData);
  if ((await imported.ended) !== 0) throw new Error(`squados import failed; see ${join(folder, 'output.log')}`);
  return remember({ calmCode, calmSeconds, hits: [], ahead: [...TARGETS.keys()], missed: 0, supervisors: 0 });
};

const tell = (hit: Hit): void => {
  const gone =
    hit.goneMs === undefined ? '' : `; all ${hit.processes} processes gone after ${hit.goneMs.toFixed(0)} ms`;
  console.log(`${hit.victim} killed at ${hit.target}: ${hit.inProgress.join(', ')}; ${hit.programs.join(', ')}${gone}`);
  for (const wrong of [...hit.orphans, ...hit.torn, ...hit.remains]) console.log(`  left: ${wrong}`);
};

const nextLife = async (state: State): Promise<State> => {
  const draw = generator(Number(values.seed) + TARGETS.length - state.ahead.length);
  const targets = TARGETS.filter((_target, at) => state.ahead.includes(at));
  const life = await oneLife(delivery(hitData), { data: hitData, targets, draw }, tell);
  return remember({
    ...state,
    hits: [...state.hits, ...life.hits],
    ahead: life.targets.map((target) => TARGETS.indexOf(target)),
    missed: state.missed + life.missed,
    supervisors: Math.max(state.supervisors, life.supervisors),
    ...(life.code === undefined ? {} : { code: life.code }),
  });
};

/** The last kill: nothing is left to do, and the product that was delivered runs. */
const killRunningProduct = async (state: State): Promise<State> => {
  const run = started('up', '--data', hitData, '--no-page');
  const plan = JSON.parse(readFileSync(join(hitData, 'product/product.json'), 'utf8')) as {
    addresses: { health: string };
  };
  const answers = (): Promise<boolean> =>
    fetch(plan.addresses.health).then(
      ({ ok }) => ok,
      () => false,
    );
  for (const end = performance.now() + 120_000; !(await answers());) {
    if (performance.now() > end) throw new Error(`the product did not answer at ${plan.addresses.health}`);
    await pause(100);
  }
  const processes = run.processes();
  process.kill(await run.squados, 'SIGKILL');
  const hit: Hit = {
    target: 'the product that was delivered, in use',
    victim: 'squados',
    inProgress: [],
    programs: namesOf(processes),
    processes: processes.length,
    ...(await afterDeath(run, hitData, processes)),
  };
  tell(hit);
  const supervisors = Math.max(state.supervisors, countSupervisors(processes));
  return remember({ ...state, hits: [...state.hits, hit], supervisors });
};

/** A product's addresses hold the ports that were free when it was deployed; what a test run took is measured. */
const comparable = (text: string): string =>
  text.replaceAll(/(127\.0\.0\.1):\d+/g, '$1').replaceAll(/\b\d+ ms\b/g, 'some ms');

const artifactsButMeasures: Aspect = (calm, hit) => {
  if (artifacts(calm, hit) === undefined) return undefined;
  const text = (data: string, hash: string | undefined): string =>
    hash === undefined ? '' : comparable(artifactText(data, hash));
  const paths = [...new Set([...Object.keys(calm.manifest), ...Object.keys(hit.manifest)])];
  const other = paths.filter((path) => text(calmData, calm.manifest[path]) !== text(hitData, hit.manifest[path]));
  return other.length === 0 ? undefined : `other artifacts: ${other.join(', ')}`;
};

const finish = async (state: State): Promise<number> => {
  const [calm, hit] = [await readFacts(calmData), await readFacts(hitData)];
  const verify = started('events', '--data', hitData, '--verify');
  const deployed = [...hit.cards].filter(([id]) => id.startsWith('DEPLOY-'));
  const found = {
    differences: compare(calm, hit, [attempts, endings, verdicts, artifactsButMeasures]),
    torn: tornArtifacts(hitData),
    extra: extraFiles(calmData, hitData),
    deployments: deployed.flatMap(([, card]) => card.ends).filter((end) => end === 'completed').length,
    verify: await verify.ended,
  };
  const { text, isSound } = reportOf(state, found, { seed: values.seed, cards: calm.cards.size });
  console.log(text);
  if (values.out) writeFileSync(resolve(values.out), `${text}\n`);
  if (isSound) rmSync(folder, { recursive: true, force: true });
  else console.log(`kept for a look: ${folder}`);
  return isSound ? 0 : 1;
};

const main = async (): Promise<number> => {
  let state = await prepare();
  while (state.code === undefined) {
    if (performance.now() > until) {
      console.log(`${state.hits.length} kills so far; call again with the same --folder`);
      return CALL_AGAIN;
    }
    state = await nextLife(state);
  }
  return finish(await killRunningProduct(state));
};

process.exit(await main());
