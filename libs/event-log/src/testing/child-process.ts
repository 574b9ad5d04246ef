import {
  execFileSync,
  spawn,
  type ChildProcessWithoutNullStreams,
  type SpawnOptionsWithoutStdio,
} from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from './waiting.js';

const OUTPUT = join(import.meta.dirname, '../../../../node_modules/.cache/squados-event-log');

// In a process of its own: the bundler's native part doesn't know objects of the test runner's context.
const BUNDLE = `
  import { build } from 'rolldown';
  const [input, file] = process.argv.slice(1);
  const resolve = { conditionNames: ['@squados/source', 'node', 'default'], extensionAlias: { '.js': ['.ts', '.js'] } };
  await build({ input, platform: 'node', external: ['libsql'], resolve, output: { file, format: 'esm' }, logLevel: 'silent' });`;

/** Bundles `log-child.ts`, so that plain Node runs it. Answers the program's path. */
export const buildChild = (): string => {
  mkdirSync(OUTPUT, { recursive: true });
  const file = join(OUTPUT, `log-child-${process.pid}.mjs`);
  const input = join(import.meta.dirname, 'log-child.ts');
  execFileSync(process.execPath, ['--input-type=module', '-e', BUNDLE, input, file], { cwd: import.meta.dirname });
  return file;
};

export interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  /** What it said so far, by line. */
  readonly lines: readonly string[];
  said(what: string, count?: number): Promise<void>;
  /** `kill -9`, and waits for its end. */
  kill(): Promise<void>;
}

export const startChild = (program: string, args: readonly string[], options: SpawnOptionsWithoutStdio = {}): Child => {
  const child = spawn(process.execPath, [program, ...args], options);
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => lines.push(line));
  createInterface({ input: child.stderr }).on('line', (line) => lines.push(`stderr ${line}`));
  const ended = new Promise<void>((resolve) => child.on('close', () => resolve()));
  return {
    process: child,
    lines,
    said: (what, count = 1) =>
      until(
        `child said ${what}; it said ${lines.slice(0, 5).join(' | ')}`,
        () => lines.filter((line) => line.startsWith(what)).length >= count,
        20_000,
      ),
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
};
