/**
 * Kills a real run of a real backlog again and again with SIGKILL, resumes it each time, and compares its end with an
 * undisturbed run: states, attempts, artifact hashes. Prints where the kills landed and how long each restart took.
 *
 * node tools/bench-bundle.mjs bench/kills/kills.ts --kills 50 --seed 7 [--out FILE] [--folder DIR --for SECONDS]
 *
 * With --folder it can be done in parts: a call ends after about so many seconds (exit code 75), the next one goes on.
 */
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { artifacts, attempts, compare, endings, verdicts } from './compare.js';
import { ended, oneLife, squadosProcess, type Kill } from './life.js';
import { readFacts, type LogFacts } from './log-facts.js';
import { generator, percentile } from './seeded.js';

const { values } = parseArgs({
  options: {
    backlog: { type: 'string', default: '../shared/inputs/backlogs/squados/backlog_master-121cards-v2.0.0.json' },
    agents: { type: 'string', default: 'product,arch' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '7' },
    out: { type: 'string', default: '' },
    folder: { type: 'string', default: '' },
    for: { type: 'string', default: '' },
  },
});

const CALL_AGAIN = 75;
const squados = resolve('apps/cli/bin/squados.mjs');
const backlog = resolve(values.backlog);
const folder = values.folder === '' ? mkdtempSync(join(tmpdir(), 'squados-kills-')) : resolve(values.folder);
const wanted = Number(values.kills);
const until = values.for === '' ? Number.POSITIVE_INFINITY : performance.now() + Number(values.for) * 1_000;
const [calmData, hitData, stateFile] = ['undisturbed', 'killed', 'state.json'].map((name) => join(folder, name)) as [
  string,
  string,
  string,
];

interface State {
  readonly calmCode: number;
  readonly calmSeconds: number;
  readonly kills: readonly Kill[];
}

const remember = (state: State): State => {
  writeFileSync(`${stateFile}.new`, JSON.stringify(state));
  renameSync(`${stateFile}.new`, stateFile);
  return state;
};

const running = new Set<ReturnType<typeof squadosProcess>>();

/** Part of what is recorded: only the command that begins a project says who takes part. */
const agents = ['--agents', ...values.agents.split(',')];

const start = (data: string): ReturnType<typeof squadosProcess> => {
  const args = [squados, 'run', backlog, '--data', data, '--yes', '--exit', '--concurrency', 'arch=1', ...agents];
  const child = squadosProcess(args, openSync(join(folder, 'output.log'), 'a'));
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
};

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    for (const child of running) child.kill('SIGKILL');
    if (values.folder === '') rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });

/** The undisturbed run, and the other one imported but not begun. */
const prepare = async (): Promise<State> => {
  if (existsSync(stateFile)) return JSON.parse(readFileSync(stateFile, 'utf8')) as State;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const from = performance.now();
  const calmCode = await ended(start(calmData));
  const calmSeconds = (performance.now() - from) / 1000;
  console.log(`undisturbed: exit ${calmCode}, ${calmSeconds.toFixed(1)} s`);
  const importCode = await ended(squadosProcess([squados, 'import', backlog, '--data', hitData, ...agents], 'ignore'));
  if (importCode !== 0) throw new Error(`squados import ended with ${importCode}`);
  return remember({ calmCode, calmSeconds, kills: [] });
};

const prefixOf = (id: string): string => /^\p{L}+/u.exec(id)?.[0] ?? id;

/** Median per kind of card in the undisturbed run. */
const usualTimes = (calm: LogFacts): ((id: string) => number) => {
  const lasted = new Map<string, number[]>();
  for (const [id, card] of calm.cards) lasted.set(prefixOf(id), [...(lasted.get(prefixOf(id)) ?? []), card.lastedMs]);
  return (id) => percentile(lasted.get(prefixOf(id)) ?? [0], 0.5);
};

/** So many completions this life gets that every kill still to come has cards left to land on, however slow the machine is. */
const share = (calm: LogFacts, hit: LogFacts, killsLeft: number): number =>
  Math.max(0, calm.cards.size - hit.completions - killsLeft) / (killsLeft + 1);

const killOn = async (calm: LogFacts, state: State): Promise<State> => {
  const draw = generator(Number(values.seed) + state.kills.length);
  const before = await readFacts(hitData);
  const kill = await oneLife({
    data: hitData,
    completions: Math.floor(draw() * share(calm, before, wanted - state.kills.length)),
    part: draw() * 0.8,
    usualMs: usualTimes(calm),
    start: () => start(hitData),
  });
  if (!kill) throw new Error(`the run ended before kill ${state.kills.length + 1}; see ${join(folder, 'output.log')}`);
  console.log(
    `kill ${state.kills.length + 1}: first start ${kill.restartMs.toFixed(0)} ms after restart; in progress: ${kill.inProgress.join(', ') || 'none'}`,
  );
  return remember({ ...state, kills: [...state.kills, kill] });
};

const landed = (kills: readonly Kill[]): string => {
  const places = new Map<string, number>();
  for (const place of kills.flatMap((kill) => kill.inProgress)) {
    const key = `${prefixOf(place)} ${/\((.*)\)/.exec(place)?.[1]}`;
    places.set(key, (places.get(key) ?? 0) + 1);
  }
  return [...places]
    .sort()
    .map(([place, n]) => `${place} ×${n}`)
    .join(', ');
};

const finish = async (state: State): Promise<number> => {
  const code = await ended(start(hitData));
  const [calm, hit] = [await readFacts(calmData), await readFacts(hitData)];
  const differences = compare(calm, hit, [attempts, endings, verdicts, artifacts]);
  const verify = await ended(squadosProcess([squados, 'events', '--data', hitData, '--verify'], 'inherit'));
  const { kills, calmSeconds, calmCode } = state;
  const times = kills.map((kill) => kill.restartMs).filter((ms) => ms > 0);
  const busy = kills.filter((kill) => kill.inProgress.length > 0);
  const ms = (p: number): string => percentile(times, p).toFixed(0);
  const lines = [
    `# ${kills.length} SIGKILLs of a run`,
    '',
    `\`node tools/bench-bundle.mjs bench/kills/kills.ts --kills ${values.kills} --seed ${values.seed}\`: a backlog of 121 cards that`,
    `becomes ${calm.cards.size}, the agents ${values.agents.split(',').join(' and ')} with all their gates. Each kill waits for its events in the log, not for the clock.`,
    `Undisturbed: ${calmSeconds.toFixed(1)} s, exit ${calmCode}; killed run: exit ${code} after its last resume.`,
    '',
    '| | |',
    '|---|---|',
    `| kills with a card in progress | ${busy.length} of ${kills.length} |`,
    `| where they landed (several cards may be in progress at a kill) | ${landed(kills)} |`,
    `| restart → next started card, p50 / p95 / max | ${ms(0.5)} / ${ms(0.95)} / ${ms(1)} ms |`,
    `| cards whose attempts, ends, verdicts or artifact hashes differ | ${differences.length} of ${calm.cards.size} |`,
    `| \`squados events --verify\` | exit ${verify} |`,
    '',
    ...differences.slice(0, 20).map((difference) => `- ${difference}`),
  ];
  console.log(lines.join('\n'));
  if (values.out) writeFileSync(resolve(values.out), `${lines.join('\n').trimEnd()}\n`);
  const sound = differences.length === 0 && verify === 0 && code === calmCode;
  if (sound) rmSync(folder, { recursive: true, force: true });
  else console.log(`kept for a look: ${folder}`);
  return sound ? 0 : 1;
};

const main = async (): Promise<number> => {
  let state = await prepare();
  const calm = await readFacts(calmData);
  while (state.kills.length < wanted) {
    if (performance.now() > until) {
      console.log(`${state.kills.length} of ${wanted} kills; call again with the same --folder`);
      return CALL_AGAIN;
    }
    state = await killOn(calm, state);
  }
  return finish(state);
};

process.exit(await main());
