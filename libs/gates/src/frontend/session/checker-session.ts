import type { Sandbox, SandboxRequest } from '../../sandbox/index.js';
import type { CheckAnswer, CheckJob } from './check-job.js';
import { WarmRun } from './warm-run.js';

/*
 * Owns the one warm run of a process and the line of jobs before it.
 * 1. First come, first served; a run holds one job at a time.
 * 2. A run that ended is never asked again; the next job starts another.
 * 3. A job whose run ended under it after earlier jobs is asked once more of a fresh one: what went before must not decide it.
 * 4. Idle for `idleMs`, or closed: nothing of it is left.
 */

export interface SessionOptions {
  readonly sandbox: Sandbox;
  /** Milliseconds after which an idle run is ended; default: one minute. */
  readonly idleMs?: number;
  /** Milliseconds that a job may take; default: four minutes. */
  readonly jobMs?: number;
}

const IDLE_MS = 60_000;
const JOB_MS = 240_000;

export class CheckerSession {
  readonly #sandbox: Sandbox;
  readonly #idleMs: number;
  readonly #jobMs: number;
  #line: Promise<unknown> = Promise.resolve();
  #run: WarmRun | undefined;
  #idle: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor({ sandbox, idleMs = IDLE_MS, jobMs = JOB_MS }: SessionOptions) {
    this.#sandbox = sandbox;
    this.#idleMs = idleMs;
    this.#jobMs = jobMs;
  }

  /** `request` is what a fresh run begins with. */
  check(job: CheckJob, request: SandboxRequest, signal: AbortSignal): Promise<CheckAnswer> {
    const answer = this.#line.then(() => this.#serve(job, request, signal)); // invariant 1
    this.#line = answer.catch(() => undefined);
    return answer;
  }

  /** Calling it twice is the same end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#rest();
  }

  async #serve(job: CheckJob, request: SandboxRequest, signal: AbortSignal): Promise<CheckAnswer> {
    if (signal.aborted || this.#isClosed) return { kind: 'aborted' };
    clearTimeout(this.#idle);
    const run = this.#open(request);
    const isFresh = run.jobs === 0;
    const answer = await run.ask(job, { signal, jobMs: this.#jobMs });
    if (answer.kind === 'stopped' && !isFresh) return this.#serve(job, request, signal); // invariant 3
    this.#idle = setTimeout(() => void this.#rest().catch(() => undefined), this.#idleMs);
    return answer;
  }

  #open(request: SandboxRequest): WarmRun {
    if (this.#run === undefined || this.#run.isOver) this.#run = new WarmRun(this.#sandbox, request); // invariant 2
    return this.#run;
  }

  async #rest(): Promise<void> {
    clearTimeout(this.#idle);
    const run = this.#run;
    this.#run = undefined;
    await run?.end();
  }
}
