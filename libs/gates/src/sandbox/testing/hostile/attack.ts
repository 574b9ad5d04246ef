import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { readKernelFile } from '../../host.js';
import type { Sandbox, SandboxOutcome } from '../../sandbox.port.js';
import type { Hostile } from './hostile.js';
import type { LaidPrey } from './lay-prey.js';

export interface Attack {
  readonly hostile: Hostile;
  readonly outcome: SandboxOutcome;
  /** Everything that got through; empty: held. */
  readonly damage: readonly string[];
  readonly durationMs: number;
}

const mentions = (pid: string, mark: string): boolean =>
  ['environ', 'cmdline'].some((name) => readKernelFile(`/proc/${pid}/${name}`).includes(mark));

/** Processes of the run that are there: by a mark in their environment or among their arguments. */
export const processesOf = (mark: string): readonly string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name) && mentions(name, mark));

/** Runs one hostile program and looks at what it did, inside and outside. */
export const attack = async (sandbox: Sandbox, hostile: Hostile, prey: LaidPrey): Promise<Attack> => {
  prey.reset();
  const mark = `attack-${randomBytes(8).toString('hex')}`;
  const request = hostile.request(prey);
  const started = performance.now();
  const signal = new AbortController().signal;
  const [outcome, meanwhile] = await Promise.all([
    sandbox.run({ ...request, env: { ...request.env, ATTACK_MARK: mark } }, signal),
    hostile.meanwhile?.(prey, mark) ?? [],
  ]);
  const durationMs = Math.round(performance.now() - started);
  const survivors = processesOf(mark).map((pid) => `process ${pid} lived on`);
  return { hostile, outcome, damage: [...hostile.damage(outcome, prey), ...meanwhile, ...survivors], durationMs };
};
