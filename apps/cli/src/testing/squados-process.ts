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

interface Waiter {
  readonly text: RegExp;
  /** On stderr. */
  readonly aside: boolean;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const running = new Set<ChildProcess>();

/** A `squados` that runs; its output can be waited for. */
export class SquadosProcess {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  #stdout = '';
  #stderr = '';
  #waiting: Waiter[] = [];

  constructor(args: readonly string[], options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv }) {
    this.#child = spawn(process.execPath, [BIN, ...args], {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', ANTHROPIC_API_KEY: '', ...options.env }, // no test spends money by chance
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(this.#child);
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#hear((this.#stdout += chunk.toString()), false));
    this.#child.stderr?.on('data', (chunk: Buffer) => this.#hear((this.#stderr += chunk.toString()), true));
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
    return this.#until(text, false);
  }

  /** The same for what is said beside stdout. */
  saysAside(text: RegExp): Promise<void> {
    return this.#until(text, true);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  #until(text: RegExp, aside: boolean): Promise<void> {
    if (text.test(aside ? this.#stderr : this.#stdout)) return Promise.resolve();
    return new Promise((settle, reject) => this.#waiting.push({ text, aside, resolve: settle, reject }));
  }

  #hear(said: string, aside: boolean): void {
    const due = this.#waiting.filter((waiter) => waiter.aside === aside && waiter.text.test(said));
    this.#waiting = this.#waiting.filter((waiter) => !due.includes(waiter));
    for (const waiter of due) waiter.resolve();
  }
}

export const squados = (
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<Ended> => new SquadosProcess(args, options).ended;

/** The state of every card in a data folder, as `squados status --json` tells it. */
export const statesIn = async (data: string, cwd: string): Promise<Readonly<Record<string, string>>> => {
  const { stdout } = await squados(['status', '--data', data, '--json'], { cwd });
  const { cards } = JSON.parse(stdout) as {
    readonly cards: readonly { readonly id: string; readonly state: string }[];
  };
  return Object.fromEntries(cards.map(({ id, state }) => [id, state]));
};

/** For `afterEach`: nothing that a test started outlives it. */
export const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};
