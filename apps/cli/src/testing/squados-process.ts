import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../../..');
const BIN = join(ROOT, 'apps/cli/bin/squados.mjs');
const BUNDLE = join(ROOT, 'apps/cli/dist/main.js');

const newest = (dir: string): number =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() &&
        entry.name.endsWith('.ts') &&
        !entry.name.endsWith('.spec.ts') &&
        !entry.parentPath.includes('node_modules'),
    )
    .reduce((latest, entry) => Math.max(latest, statSync(join(entry.parentPath, entry.name)).mtimeMs), 0);

/** Builds the command when there is none, or when a source is newer. */
export const ensureBundle = (): void => {
  const built = existsSync(BUNDLE) ? statSync(BUNDLE).mtimeMs : 0;
  if (built > Math.max(newest(join(ROOT, 'libs')), newest(join(ROOT, 'apps')))) return;
  const done = spawnSync(process.execPath, ['tools/bundle.mjs', 'apps/cli'], { cwd: ROOT, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`the bundle could not be built:\n${done.stderr}`);
};

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

const running = new Set<ChildProcess>();

/** A `squados` that runs; its output can be waited for. */
export class SquadosProcess {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #waiting: { readonly text: RegExp; readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];

  constructor(args: readonly string[], options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }) {
    this.#child = spawn(process.execPath, [BIN, ...args], {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this.#child);
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#hear((this.#stdout += chunk.toString())));
    this.#child.stderr?.on('data', (chunk: Buffer) => void (this.#stderr += chunk.toString()));
    this.ended = new Promise((settle) => {
      this.#child.on('close', (code, signal) => {
        running.delete(this.#child);
        for (const waiter of this.#waiting)
          waiter.reject(new Error(`ended with ${code} before ${waiter.text}:\n${this.#stdout}\n${this.#stderr}`));
        settle({ code, signal, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  /** Resolves once stdout shows it; rejects when the process ends before. */
  says(text: RegExp): Promise<void> {
    if (text.test(this.#stdout)) return Promise.resolve();
    return new Promise((settle, reject) => this.#waiting.push({ text, resolve: settle, reject }));
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  #hear(stdout: string): void {
    const due = this.#waiting.filter((waiter) => waiter.text.test(stdout));
    this.#waiting = this.#waiting.filter((waiter) => !due.includes(waiter));
    for (const waiter of due) waiter.resolve();
  }
}

export const squados = (
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ended> => new SquadosProcess(args, options).ended;

/** For `afterEach`: nothing that a test started outlives it. */
export const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};
