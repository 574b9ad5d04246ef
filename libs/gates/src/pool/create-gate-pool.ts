import { setMaxListeners } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Isolation } from '@squados/contracts';
import type { GatePool, RunOptions } from './gate-pool.port.js';
import type { JobMap, JobName, JobOutcome } from './job.js';
import { WorkerProcess, type WorkerOptions } from './worker-process.js';

export interface GatePoolOptions {
  /** The bundled worker: a file that calls `runGateWorker()` from `@squados/gates/worker`. */
  readonly workerFile: URL | string;
  /** Worker processes at once; 1 or 2. */
  readonly size?: number;
  /** JavaScript heap of a worker, in megabytes. */
  readonly memoryMb?: number;
  readonly deadlineMs?: number;
  /** How long a worker may take to start and load the tools of a job. */
  readonly startMs?: number;
}

const DEFAULTS = { size: 2, memoryMb: 768, deadlineMs: 60_000, startMs: 120_000 } as const;
const BY = 'child process with a scrubbed environment, Node permissions (no file writes, no further processes)';

/** What takes seconds, and a hundred megabytes, to load. */
const HEAVY: readonly JobName[] = ['database', 'mermaid'];
const PATIENCE = 2;

interface Waiting {
  readonly name: JobName;
  isSecondTry: boolean;
  begin(worker: WorkerProcess): void;
  abandon(): void;
}

/*
 * Owns its workers and the line of waiting jobs; of those that can begin, the one that came first does.
 * 1. At most `size` processes live; each holds at most one job.
 * 2. A worker that ended is dropped at once, and the next job starts a new one.
 * 3. A job goes to a worker that has its tools, if such a one is idle. Tools that take seconds to load are loaded by one worker, and
 *    their jobs wait for it while at most `PATIENCE` of them do; other jobs go where none such are.
 * 4. Whoever waits is answered exactly once: begun, or abandoned by its signal or by `close`.
 * 5. A job whose worker was killed by somebody else is begun again, once.
 */
class ProcessPool implements GatePool {
  readonly isolation: Isolation;
  readonly #worker: WorkerOptions;
  readonly #size: number;
  readonly #deadlineMs: number;
  #workers: WorkerProcess[] = [];
  #waiting: Waiting[] = [];
  #closed = false;

  constructor(options: GatePoolOptions) {
    const { memoryMb = DEFAULTS.memoryMb, startMs = DEFAULTS.startMs, workerFile } = options;
    this.#worker = { file: workerFile instanceof URL ? fileURLToPath(workerFile) : workerFile, memoryMb, startMs };
    this.#size = Math.min(2, Math.max(1, options.size ?? DEFAULTS.size));
    this.#deadlineMs = options.deadlineMs ?? DEFAULTS.deadlineMs;
    this.isolation = { level: 1, by: `${BY}, ${memoryMb} MB heap and a deadline; network not blocked` };
  }

  run<N extends JobName>(
    name: N,
    input: JobMap[N]['input'],
    options: RunOptions,
  ): Promise<JobOutcome<JobMap[N]['output']>> {
    const { signal, deadlineMs = this.#deadlineMs } = options;
    // One attempt's signal is shared by all its gates, each with a job waiting or running.
    setMaxListeners(0, signal);
    return new Promise((resolve) => {
      const waiting: Waiting = {
        name,
        isSecondTry: false,
        begin: (worker) => {
          signal.removeEventListener('abort', waiting.abandon);
          void this.#hold(worker, signal, worker.run(name, input, deadlineMs)).then((outcome) => {
            if (!worker.wasKilled || waiting.isSecondTry) return resolve(outcome as never);
            waiting.isSecondTry = true;
            this.#enqueue(waiting, signal);
          });
        },
        abandon: () => {
          this.#waiting = this.#waiting.filter((other) => other !== waiting);
          resolve({ kind: 'aborted' });
        },
      };
      this.#enqueue(waiting, signal);
    });
  }

  #enqueue(waiting: Waiting, signal: AbortSignal): void {
    if (this.#closed || signal.aborted) return waiting.abandon();
    signal.addEventListener('abort', waiting.abandon, { once: true });
    this.#waiting.push(waiting);
    this.#next();
  }

  async warm(): Promise<void> {
    const { signal } = new AbortController();
    // One after the other: whoever warms the pool has its own start to make on these cores.
    await this.run('database', { migrations: [] }, { signal });
    await this.run('mermaid', { files: [] }, { signal });
  }

  close(): Promise<void> {
    this.#closed = true;
    for (const waiting of [...this.#waiting]) waiting.abandon();
    for (const worker of this.#workers.splice(0)) worker.kill();
    return Promise.resolve();
  }

  async #hold(
    worker: WorkerProcess,
    signal: AbortSignal,
    running: Promise<JobOutcome<unknown>>,
  ): Promise<JobOutcome<unknown>> {
    const kill = (): void => worker.kill();
    signal.addEventListener('abort', kill, { once: true });
    const outcome = await running;
    signal.removeEventListener('abort', kill);
    this.#next();
    return outcome;
  }

  #next(): void {
    this.#workers = this.#workers.filter((worker) => !worker.hasEnded);
    if (this.#closed) return;
    for (const waiting of [...this.#waiting]) {
      const worker = this.#pick(waiting.name);
      if (worker === undefined) continue;
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      waiting.begin(worker);
    }
  }

  #pick(name: JobName): WorkerProcess | undefined {
    const idle = this.#workers.filter((worker) => worker.isIdle);
    const known = idle.find((worker) => worker.tools.has(name));
    if (known !== undefined || this.#waitsFor(name)) return known;
    const light = idle.find((worker) => !HEAVY.some((tool) => worker.tools.has(tool)));
    return light ?? this.#spawn() ?? idle[0];
  }

  /** Whether a busy worker has the heavy tools of such a job, and not too many wait for it. */
  #waitsFor(name: JobName): boolean {
    if (!HEAVY.includes(name) || !this.#workers.some((worker) => worker.tools.has(name))) return false;
    return this.#waiting.filter((waiting) => waiting.name === name).length <= PATIENCE;
  }

  #spawn(): WorkerProcess | undefined {
    if (this.#workers.length >= this.#size) return undefined;
    const worker = new WorkerProcess(this.#worker);
    this.#workers.push(worker);
    return worker;
  }
}

/** A pool of at most two worker processes, started on demand; idle ones don't keep the process alive. */
export const createGatePool = (options: GatePoolOptions): GatePool => new ProcessPool(options);
