/**
 * Kills a real run of a real backlog again and again with SIGKILL, resumes it each time, and compares its end with an
 * undisturbed run: states, attempts, artifact hashes. Prints where the kills landed and how long each restart took.
 *
 * node tools/bench-bundle.mjs bench/kills/kills.ts --backlog FILE --kills 50 --seed 7 [--out FILE]
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { START } from '@squados/contracts';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import { LogFacts } from './log-facts.js';

const { values } = parseArgs({
  options: {
    backlog: { type: 'string', default: '../shared/inputs/backlogs/squados/backlog_master-121cards-v2.0.0.json' },
    kills: { type: 'string', default: '50' },
    seed: { type: 'string', default: '7' },
    out: { type: 'string', default: '' },
  },
});

const squados = resolve('apps/cli/bin/squados.mjs');
const folder = mkdtempSync(join(tmpdir(), 'squados-kills-'));
const wanted = Number(values.kills);

/** mulberry32: the same seed kills at the same drawn delays. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
const draw = generator(Number(values.seed));

function start(data: string): ChildProcess {
  const out = openSync(join(folder, 'output.log'), 'a');
  const args = [squados, 'run', resolve(values.backlog), '--data', data, '--yes', '--exit', '--concurrency', 'arch=1'];
  return spawn(process.execPath, args, { stdio: ['ignore', out, out] });
}

const ended = (child: ChildProcess): Promise<number> =>
  new Promise((done) => child.once('exit', (code, signal) => done(signal ? 128 : (code ?? 1))));

async function readFacts(data: string): Promise<LogFacts> {
  const log = await openEmbeddedLog({ dir: data, mode: 'reader' });
  const facts = new LogFacts();
  for await (const commits of log.read({ after: START })) commits.forEach((commit) => facts.add(commit));
  await log.close();
  return facts;
}

interface Kill {
  readonly inProgress: readonly string[];
  readonly restartMs: number;
}

/** An attempt on which workers keep dying is a poison card by policy (the fifth death ends it): no card is hit more often than this. */
const MOST_DEATHS = 4;

/** Cards in progress, none of which has been hit too often already; one that this life has yet to start may start at any moment. */
const mayKill = (facts: LogFacts, before: ReadonlyMap<string, number>): boolean => {
  const open = facts.open();
  const deaths = (id: string, deliveries: number): number => deliveries + (before.get(id) === deliveries ? 1 : 0);
  return open.length > 0 && open.every(([id, card]) => deaths(id, card.deliveries) <= MOST_DEATHS);
};

/** Milliseconds over which a kill is drawn: a product card takes tens of them, an architecture card with its gates hundreds. */
const spread = (facts: LogFacts): number => (facts.open().every(([id]) => id.startsWith('ARCH')) ? 400 : 15);

/** Follows the log of one life of the process and kills it at a drawn moment after it has completed a card. */
async function oneLife(data: string): Promise<Kill | undefined> {
  const facts = await readFacts(data);
  const before = new Map([...facts.cards].map(([id, card]) => [id, card.deliveries]));
  const from = performance.now();
  const child = start(data);
  const abort = new AbortController();
  const over = ended(child).then((code) => {
    abort.abort();
    return code;
  });
  const log = await openEmbeddedLog({ dir: data, mode: 'reader' });
  const { starts: known, completions } = facts;
  let restartMs = 0;
  let replayed = 0;
  const head = await log.head();
  for await (const batch of log.follow({ after: head, signal: abort.signal })) {
    batch.commits.forEach((commit) => facts.add(commit));
    replayed += batch.commits.length;
    if (facts.starts > known && restartMs === 0) restartMs = performance.now() - from;
    if (facts.completions > completions && mayKill(facts, before)) break;
  }
  if (!abort.signal.aborted) {
    await new Promise((done) => setTimeout(done, draw() * spread(facts)));
    child.kill('SIGKILL');
  }
  await over;
  await log.close();
  if (replayed === 0 && restartMs === 0) return undefined;
  const after = await readFacts(data);
  const inProgress = after.open().map(([id, card]) => `${id} (${card.step})`);
  return { inProgress, restartMs };
}

const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;

function compare(calm: LogFacts, hit: LogFacts): string[] {
  const differences: string[] = [];
  for (const id of new Set([...calm.cards.keys(), ...hit.cards.keys()])) {
    const [a, b] = [calm.cards.get(id), hit.cards.get(id)];
    if (!a || !b) differences.push(`${id}: only in ${a ? 'the undisturbed' : 'the killed'} run`);
    else if (a.attempts !== b.attempts) differences.push(`${id}: ${a.attempts} attempts, killed run ${b.attempts}`);
    else if (a.ends.join() !== b.ends.join())
      differences.push(`${id}: ended ${a.ends.join()}, killed run ${b.ends.join()}`);
    else if (a.manifestHash !== b.manifestHash) differences.push(`${id}: other artifacts`);
  }
  return differences;
}

async function main(): Promise<number> {
  const calmData = join(folder, 'undisturbed');
  const hitData = join(folder, 'killed');
  const calmFrom = performance.now();
  const calmCode = await ended(start(calmData));
  const calmSeconds = (performance.now() - calmFrom) / 1000;
  console.log(`undisturbed: exit ${calmCode}, ${calmSeconds.toFixed(1)} s`);

  const imported = spawn(process.execPath, [squados, 'import', resolve(values.backlog), '--data', hitData], {
    stdio: 'ignore',
  });
  const importCode = await ended(imported);
  if (importCode !== 0) throw new Error(`squados import ended with ${importCode}`);

  const kills: Kill[] = [];
  while (kills.length < wanted) {
    const kill = await oneLife(hitData);
    if (!kill) break;
    kills.push(kill);
    console.log(
      `kill ${kills.length}: first start ${kill.restartMs.toFixed(0)} ms after restart; in progress: ${kill.inProgress.join(', ') || 'none'}`,
    );
  }
  const code = await ended(start(hitData));
  const [calm, hit] = [await readFacts(calmData), await readFacts(hitData)];
  const differences = compare(calm, hit);
  const verify = await ended(
    spawn(process.execPath, [squados, 'events', '--data', hitData, '--verify'], { stdio: 'inherit' }),
  );

  const times = kills
    .map((kill) => kill.restartMs)
    .filter((ms) => ms > 0)
    .sort((a, b) => a - b);
  const busy = kills.filter((kill) => kill.inProgress.length > 0);
  const steps = new Map<string, number>();
  for (const place of busy.flatMap((kill) => kill.inProgress)) {
    const key = `${/^\p{L}+/u.exec(place)?.[0]} ${/\((.*)\)/.exec(place)?.[1]}`;
    steps.set(key, (steps.get(key) ?? 0) + 1);
  }
  const lines = [
    `# ${kills.length} SIGKILLs of a run`,
    '',
    `Backlog of ${calm.cards.size} cards (with the cards proposed on the way), real agents and gates, seed ${values.seed}. Undisturbed: ${calmSeconds.toFixed(1)} s, exit ${calmCode}; killed run: exit ${code} after its last resume.`,
    '',
    '| | |',
    '|---|---|',
    `| kills with a card in progress | ${busy.length} of ${kills.length} |`,
    `| where they landed | ${[...steps]
      .sort()
      .map(([place, n]) => `${place} ×${n}`)
      .join(', ')} |`,
    `| restart → next started card, p50 / p95 / max | ${percentile(times, 0.5).toFixed(0)} / ${percentile(times, 0.95).toFixed(0)} / ${(times.at(-1) ?? Number.NaN).toFixed(0)} ms |`,
    `| cards whose attempts, ends or artifact hashes differ | ${differences.length} |`,
    `| \`squados events --verify\` | exit ${verify} |`,
    '',
    ...differences.slice(0, 20).map((difference) => `- ${difference}`),
  ];
  console.log(lines.join('\n'));
  if (values.out) writeFileSync(resolve(values.out), `${lines.join('\n').trimEnd()}\n`);
  const sound = differences.length === 0 && verify === 0 && code === calmCode && kills.length >= wanted;
  if (sound) rmSync(folder, { recursive: true, force: true });
  else console.log(`kept for a look: ${folder}`);
  return sound ? 0 : 1;
}

process.exit(await main());
