// Ours beside what anybody would pick instead, in one run: sides in turn, round by round, each with servers and processes of its own
// that live over all rounds; then RESULTS.md. Usage: node bench/queues/run.mjs [--rounds 5] [--only id,id…] [--out FILE] [--side TEXT]
// [--profiles FOLDER]
// Redis, Celery and BullMQ: see README.md; what is missing is listed and left out.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bundled } from './bundles.mjs';
import { graphsIn } from './dags.mjs';
import { stopWhenTold } from './living.mjs';
import { LivingSide, measureCelery } from './measure.mjs';
import { FORMS, MEASUREMENTS, WARM_CARDS_CELERY, WARM_UP } from './plan.mjs';
import { reportOf } from './report.mjs';
import { findPrograms } from './servers.mjs';
import { sidesOf } from './sides.mjs';

const root = resolve(import.meta.dirname, '../..');
const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    out: { type: 'string' },
    profiles: { type: 'string' },
    side: { type: 'string' },
  },
});
const only = options.only?.split(',');
const chosen = MEASUREMENTS.filter(({ id }) => only === undefined || only.includes(id));
if (chosen.length === 0) throw new Error(`--only names none of ${MEASUREMENTS.map(({ id }) => id).join(', ')}`);
const rounds = Number(options.rounds);
if (!(rounds >= 1)) throw new Error(`--rounds must be at least 1, not ${options.rounds}`);

const say = (line) => process.stdout.write(`${line}\n`);
const cache = join(root, 'node_modules/.cache');
mkdirSync(cache, { recursive: true });
const home = mkdtempSync(join(cache, 'bench-queues-run-'));
stopWhenTold(() => rmSync(home, { recursive: true, force: true }));

const programs = findPrograms(root);
const REMEDIES = {
  nats: 'squados setup nats',
  redis: 'apt-get install redis-server',
  celery: 'apt-get install python3-celery',
  bullmq: 'npm install --no-save --prefix bench/queues',
};
const missing = Object.keys(REMEDIES).filter((name) => programs[name] === undefined);
for (const name of missing) say(`missing: ${name} (${REMEDIES[name]}); its sides are skipped`);

const sides = sidesOf(await bundled(root, ['orchestrator', 'agent', 'reader', 'whole']));
const graphOf = graphsIn(home, resolve(root, '../shared/bench/dags'));
const lacks = (name) => {
  if (name.startsWith('Celery')) return missing.find((program) => ['redis', 'celery'].includes(program));
  const { server, needs } = sides[name];
  return missing.find((program) => program === server || program === needs);
};
/** Until our side has told what its commits weigh. */
let bytes = { decided: 500, attempt: 900 };
if (options.profiles !== undefined) process.env.BENCH_PROFILES = resolve(options.profiles);

const warmUp = WARM_UP.map(([graph, cards]) => graphOf(graph, cards));
const living = new Map();
/** The side in this form, started and warmed up when it is asked for first. */
const livingSide = async (name, form) => {
  const side = sides[name];
  const key = [name, form.slots, ...(side.announces ? [form.announce] : [])].join();
  const known = living.get(key);
  if (known !== undefined) return known;
  const fresh = await LivingSide.up({ side, form, bytes, programs, home });
  living.set(key, fresh);
  for (const graph of warmUp) {
    const { bytes: weighed } = await fresh.workOff(graph);
    if (weighed !== undefined) bytes = weighed;
  }
  return fresh;
};

const one = async ({ graph: [graph, cards], form: formName, announce }, name) => {
  const form = { ...FORMS[formName], ...(announce && { announce }), pool: 'threads' };
  const timed = graphOf(graph, cards);
  if (name.startsWith('Celery')) {
    const graphs = { warm: graphOf('layered', WARM_CARDS_CELERY), timed };
    return measureCelery({ graphs, form, bytes, programs, home });
  }
  return (await livingSide(name, form)).workOff(timed);
};

const ms = (value) => `${value.toFixed(2)} ms`;
const told = ({ cardsPerSecond, gaps, cpu }) => {
  const pause = gaps.length === 0 ? '' : `, pause p50 ${ms(gaps[gaps.length >> 1])}`;
  const used = Object.entries(cpu).map(([name, each]) => `${name} ${each.toFixed(3)}`);
  return `${Math.round(cardsPerSecond).toLocaleString('en')} cards/s${pause}; CPU ms/card: ${used.join(', ') || 'not taken'}`;
};

const load = loadavg()[0];
const results = [];
const skipped = missing.map((name) => `${name} (${REMEDIES[name]})`);
const machine = { cores: availableParallelism(), node: process.versions.node, load, programs };
const twins = warmUp.some(({ twin }) => twin);
const isWhole = only === undefined && options.side === undefined;
const out = options.out ?? (isWhole ? join(import.meta.dirname, 'RESULTS.md') : undefined);
const reportAfter = (round) => reportOf({ results, rounds: round, machine, skipped, bytes, twins });

/** One round of everything, sides in turn. */
const roundOf = async (round) => {
  for (const measurement of chosen)
    for (const name of measurement.sides) {
      if (lacks(name) !== undefined || !name.includes(options.side ?? '')) continue;
      const result = await one(measurement, name);
      results.push({ round, id: measurement.id, name, ...result });
      say(`${round}/${rounds} ${measurement.id} · ${name}: ${told(result)}`);
    }
};

try {
  for (let round = 1; round <= rounds; round++) {
    await roundOf(round);
    if (out !== undefined) writeFileSync(out, reportAfter(round)); // what is cut off later keeps its whole rounds
  }
} finally {
  for (const side of living.values()) await side.down();
  rmSync(home, { recursive: true, force: true });
}
if (out === undefined) say(`\n${reportAfter(rounds)}`);
