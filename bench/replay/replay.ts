// What it costs to fold a log beside reading it, and to start from a snapshot and a tail instead. Every measurement in a process of its own,
// interleaved; ratios within a round, medians over rounds. The embedded log is made once and kept.
// Usage: node tools/bench-bundle.mjs bench/replay/replay.ts [--events n] [--rounds n] [--engine embedded|jetstream] [--out file]
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rolldown } from 'rolldown';
import { engineOf, ENGINES, longLog, type Engine, type LongLog } from './long-log.js';
import type { Kind, Measured } from './measure.js';
import { reportOf, type EngineResult, type Round } from './report.js';

const checkout = process.cwd();
process.env['SQUADOS_TOOLCHAINS'] ??= join(checkout, '.squados-toolchains');
const { values } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    engine: { type: 'string' },
    out: { type: 'string' },
  },
});
const events = Number(values.events);
/** Commits of the tail: about 10,000 events. */
const TAIL = 7_500;
const cache = join(checkout, 'node_modules/.cache/squados/replay');
const script = join(checkout, 'node_modules/.cache/squados/replay-measure.mjs');

const bundled = async (): Promise<void> => {
  const bundle = await rolldown({
    input: join(checkout, 'bench/replay/measure.ts'),
    platform: 'node',
    external: (id) => !/^[./\0]|^@squados\/|^@oxc-project\/runtime/.test(id),
    resolve: { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } },
    tsconfig: join(checkout, 'tsconfig.base.json'),
    logLevel: 'warn',
  });
  await bundle.write({ file: script, format: 'esm', codeSplitting: false, strictExecutionOrder: true });
  await bundle.close();
};

const measure = (log: LongLog, kind: Kind, home: string): Measured => {
  const args = ['--max-old-space-size=6000', script, kind, log.engine, log.place, home, String(TAIL)];
  const text = execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const measured = JSON.parse(text) as Measured;
  process.stdout.write(
    `${log.engine} ${kind}: ${measured.seconds.toFixed(2)} s (${measured.cpuSeconds.toFixed(2)} s of CPU), ${measured.commits} commits\n`,
  );
  return measured;
};

const roundOf = (log: LongLog, home: string): Round => ({
  read: measure(log, 'read', home),
  board: measure(log, 'board', home),
  whole: measure(log, 'whole', home),
  'board-start': measure(log, 'board-start', home),
  'whole-start': measure(log, 'whole-start', home),
});

const resultOf = async (engine: Engine): Promise<EngineResult> => {
  const home = mkdtempSync(join(cache, 'run-'));
  const log = await longLog(engine, cache, events);
  try {
    const kept = measure(log, 'keep', home);
    const rounds = Array.from({ length: Number(values.rounds) }, () => roundOf(log, home));
    return { engine, kept, rounds };
  } finally {
    await log.close();
    rmSync(home, { recursive: true, force: true });
  }
};

mkdirSync(cache, { recursive: true });
await bundled();
const engines = values.engine === undefined ? ENGINES : [engineOf(values.engine)];
const results: EngineResult[] = [];
for (const engine of engines) {
  results.push(await resultOf(engine));
  const report = reportOf(results, { events, cores: availableParallelism() });
  if (values.out !== undefined) writeFileSync(resolve(checkout, values.out), report);
  else if (results.length === engines.length) process.stdout.write(report);
}
