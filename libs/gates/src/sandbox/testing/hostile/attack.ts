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

/** Processes of the run that are still there: by a mark in their environment. */
const survivors = (mark: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && readKernelFile(`/proc/${name}/environ`).includes(mark))
    .map((pid) => `process ${pid} lived on`);

/** Runs one hostile program and looks at what it did, inside and outside. */
export const attack = async (sandbox: Sandbox, hostile: Hostile, prey: LaidPrey): Promise<Attack> => {
  prey.reset();
  const mark = randomBytes(8).toString('hex');
  const request = hostile.request(prey);
  const started = performance.now();
  const signal = new AbortController().signal;
  const outcome = await sandbox.run({ ...request, env: { ...request.env, ATTACK_MARK: mark } }, signal);
  const durationMs = Math.round(performance.now() - started);
  return { hostile, outcome, damage: [...hostile.damage(outcome, prey), ...survivors(mark)], durationMs };
};
