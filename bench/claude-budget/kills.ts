// 100 random runs under a budget, killed at random moments: the real orchestrator, agent runtime, embedded log and Claude author in
// processes of their own (five runs in one, each with its own folder, limit and stub), one agent with one cheap gate. In every run,
// whatever its limit, slots, kills and faults: the stub's own bill never passes the limit; the log's sum covers the bill; after the
// limit is raised the run goes on to its end, and nothing is paid twice but what was in flight at a kill (at most one call for each
// slot) or broke off in mid-stream.
// Usage: node bench/claude-budget/run.mjs [--runs 100] [--seed 1] [--out FILE] [--folder DIR --for SECONDS]
// With --folder it can be done in parts: a call ends after about so many seconds (exit code 75), the next one goes on.
import { spawn, type ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { generator } from '../kills/seeded.js';
import { live, type LifeEnd, type LifeOptions } from './life.js';
import { report, type Run } from './report.js';
import { between, Victim, type Draw } from './victim.js';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: '' },
    folder: { type: 'string', default: '' },
    for: { type: 'string', default: '' },
    life: { type: 'string', default: '' },
  },
});

const CALL_AGAIN = 75;
/** Runs that share a process: a life costs half a second before it does anything. */
const AT_ONCE = 5;

const output = (child: ChildProcess): Promise<{ readonly text: string; readonly signal: string | null }> => {
  const parts: Buffer[] = [];
  child.stdout?.on('data', (part: Buffer) => parts.push(part));
  return new Promise((settle) =>
    child.on('close', (_code, signal) => settle({ text: Buffer.concat(parts).toString(), signal })),
  );
};

/** Runs that share a process, and with it the moment of each kill. */
class Batch {
  private requests = 0;
  private due = 0;
  private kill: (() => void) | undefined;
  private readonly victims: readonly Victim[];

  constructor(
    numbers: readonly number[],
    private readonly draw: Draw,
  ) {
    const seed = Number(values.seed) * 1_000;
    this.victims = numbers.map((n) => new Victim(n, generator(seed + n), () => this.onRequest()));
  }

  /** Every run to its end: killed a few times under its first limit, then now and then while limits are raised. */
  async run(): Promise<readonly Run[]> {
    let kills = between(this.draw, 2, 4);
    for (;;) {
      const living = this.victims.filter(({ isDone }) => !isDone);
      if (living.length === 0) return await Promise.all(this.victims.map((one) => one.result()));
      const ends = await this.life(living, kills > 0);
      for (const one of living) await one.check();
      if (!ends) kills -= 1;
      else {
        for (const [at, end] of ends.entries()) await living[at]?.settled(end);
        kills = between(this.draw, 0, 1);
      }
    }
  }

  async close(): Promise<void> {
    for (const one of this.victims) await one.close();
  }

  /** Undefined: it was killed. */
  private async life(living: readonly Victim[], isDoomed: boolean): Promise<readonly LifeEnd[] | undefined> {
    const options = await Promise.all(living.map((one) => one.options()));
    const child = spawn(process.execPath, [process.argv[1] ?? '', '--life', JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.due = this.requests + between(this.draw, 1, 6 * living.length);
    const delay = between(this.draw, 0, 40);
    const kill = async (): Promise<void> => {
      await wait(delay);
      if (child.exitCode !== null) return;
      for (const one of living) await one.isKilled();
      child.kill('SIGKILL');
    };
    this.kill = isDoomed ? () => void kill() : undefined;
    const { text, signal } = await output(child);
    this.kill = undefined;
    return signal === 'SIGKILL' ? undefined : (JSON.parse(text) as LifeEnd[]);
  }

  private onRequest(): void {
    this.requests += 1;
    if (this.requests !== this.due) return;
    this.kill?.();
    this.kill = undefined;
  }
}

const main = async (): Promise<number> => {
  const folder = values.folder === '' ? mkdtempSync(join(tmpdir(), 'claude-budget-')) : resolve(values.folder);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `runs-${values.seed}.jsonl`);
  const done = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n').filter(Boolean) : [];
  const runs = done.map((line) => JSON.parse(line) as Run);
  const until = values.for === '' ? Number.POSITIVE_INFINITY : performance.now() + Number(values.for) * 1_000;
  while (runs.length < Number(values.runs)) {
    if (performance.now() > until) return CALL_AGAIN;
    const numbers = Array.from(
      { length: Math.min(AT_ONCE, Number(values.runs) - runs.length) },
      (_, n) => runs.length + n + 1,
    );
    const batch = new Batch(numbers, generator(Number(values.seed) * 7_919 + runs.length));
    try {
      for (const run of await batch.run()) {
        runs.push(run);
        appendFileSync(file, `${JSON.stringify(run)}\n`);
      }
    } finally {
      await batch.close();
    }
  }
  const page = report(runs, Number(values.seed));
  if (values.out !== '') writeFileSync(values.out, page);
  process.stdout.write(page);
  return 0;
};

if (values.life !== '') await live(JSON.parse(values.life) as LifeOptions[]);
else process.exit(await main());
