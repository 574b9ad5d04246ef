import { readFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createSandbox, type IsolationReport, type Sandbox } from '@squados/gates/sandbox';

export type DriverName = IsolationReport['driver'];

export interface Costs {
  readonly driver: DriverName;
  /** Milliseconds of a run of `true`, less those of starting `true` without a sandbox. */
  readonly overheadMs: number;
  /** Milliseconds for one round of five runs at a time, less one start of `true`. */
  readonly fiveMs: number;
  /** Milliseconds of processor time of one run, its programs' and ours: what a busy machine doesn't change. */
  readonly processorMs: number;
}

const ROUNDS = 31;
const request = { command: ['true'] as [string, ...string[]], files: new Map<string, string>() };

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const timed = async (act: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await act();
  return performance.now() - started;
};

const timedRounds = async (rounds: number, act: () => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await timed(act));
  return median(times);
};

const bareStart = (): Promise<unknown> => once(spawn('/bin/true', [], { stdio: 'pipe' }), 'close');

const once5 = (sandbox: Sandbox): Promise<unknown> =>
  Promise.all([1, 2, 3, 4, 5].map(() => sandbox.run(request, new AbortController().signal)));

const MS_PER_TICK = 10;

/** Ours and that of all children that were waited for. */
const processorTime = (): number => {
  const stat = readFileSync('/proc/self/stat', 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) * MS_PER_TICK;
};

/** The bare start is measured beside each driver, under the same load of the machine. */
export const costsOf = async (driver: DriverName): Promise<Costs> => {
  const sandbox = createSandbox({ drivers: [driver], minLevel: 0, env: {} });
  await sandbox.isolation();
  const bare = await timedRounds(ROUNDS, bareStart);
  const before = processorTime();
  const one = await timedRounds(ROUNDS, () => sandbox.run(request, new AbortController().signal));
  const processorMs = (processorTime() - before) / ROUNDS;
  const five = await timedRounds(7, () => once5(sandbox));
  return { driver, overheadMs: one - bare, fiveMs: five - bare, processorMs };
};
