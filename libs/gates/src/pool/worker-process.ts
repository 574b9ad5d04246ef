import { fork, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import type { FromWorker, JobName, JobOutcome } from './job.js';

/*
 * Owns one forked worker and the one job it may hold; does not own the queue.
 * 1. A job ends by exactly one outcome: only `#settle` answers it, and it clears the state first.
 * 2. A worker that was killed, died or overran never gets another job: `ended` is final.
 * 3. An idle worker does not keep the parent alive; a busy one does.
 * 4. The start counts against START_MS, the job against its own deadline, so that a slow machine is not the input's fault.
 * 5. It has a process group of its own: Ctrl-C in a terminal reaches the parent, which decides what becomes of the job.
 * 6. `wasKilled` only when somebody else sent SIGKILL: that says nothing about the job it held.
 */

export interface WorkerOptions {
  readonly file: string;
  readonly memoryMb: number;
  readonly startMs: number;
}

interface OpenJob {
  readonly id: number;
  readonly name: JobName;
  readonly deadlineMs: number;
  readonly resolve: (outcome: JobOutcome<unknown>) => void;
  running: boolean;
  timer: NodeJS.Timeout;
}

type State = { readonly kind: 'idle' } | { readonly kind: 'busy'; readonly job: OpenJob } | { readonly kind: 'ended' };

const PASSED_ON = ['PATH', 'SystemRoot'] as const;
const STDERR_KEPT = 2_000;

/** Nothing but where programs are: no key, no token, no NODE_OPTIONS, no home. */
const scrubbedEnv = (): Record<string, string> => {
  const kept = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(kept), TZ: 'UTC', LANG: 'C.UTF-8', REDOCLY_TELEMETRY: 'off' };
};

const permissionFlag = (): string =>
  process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';

/**
 * Node's permission model: the worker may read files, and neither write any nor start a process.
 * PostgreSQL's WebAssembly is compiled once, quickly: better code takes longer to make than any check runs.
 */
export const workerArguments = (memoryMb: number): string[] => [
  `--max-old-space-size=${memoryMb}`,
  permissionFlag(),
  '--allow-fs-read=*',
  '--allow-worker',
  '--liftoff-only',
  '--no-warnings',
];

export class WorkerProcess {
  readonly #child: ChildProcess;
  readonly #options: WorkerOptions;
  #state: State = { kind: 'idle' };
  #stderr = '';
  #jobs = 0;
  #wasKilled = false;
  /** Kinds of job whose tools are loaded here, or about to be. */
  readonly tools = new Set<JobName>();

  constructor(options: WorkerOptions) {
    this.#options = options;
    this.#child = fork(options.file, [], {
      execArgv: workerArguments(options.memoryMb),
      env: scrubbedEnv(),
      cwd: tmpdir(),
      detached: true, // invariant 5
      stdio: ['ignore', 'ignore', 'pipe', 'ipc', 'pipe'],
    });
    this.#listen();
    this.#hold(false);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get isIdle(): boolean {
    return this.#state.kind === 'idle';
  }

  get hasEnded(): boolean {
    return this.#state.kind === 'ended';
  }

  get wasKilled(): boolean {
    return this.#wasKilled;
  }

  run(name: JobName, input: unknown, deadlineMs: number): Promise<JobOutcome<unknown>> {
    return new Promise((resolve) => {
      const id = ++this.#jobs;
      const timer = setTimeout(() => this.#overran(), this.#options.startMs);
      this.#state = { kind: 'busy', job: { id, name, deadlineMs, resolve, running: false, timer } };
      this.tools.add(name);
      this.#hold(true);
      this.#child.send({ id, name, input }, (error) => {
        if (error !== null) this.#end({ kind: 'unavailable', message: error.message });
      });
    });
  }

  /** Ends the process now; a job it held answers `aborted`. */
  kill(): void {
    this.#end({ kind: 'aborted' });
  }

  #listen(): void {
    this.#child.on('message', (message: FromWorker) => this.#heard(message));
    this.#child.on('error', (error) => this.#end({ kind: 'unavailable', message: error.message }));
    this.#child.on('exit', (code, signal) => this.#end(this.#death(code, signal)));
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.#stderr = (this.#stderr + chunk.toString('utf8')).slice(-STDERR_KEPT);
    });
    for (const stream of this.#child.stdio) stream?.on('error', () => undefined);
  }

  #heard(message: FromWorker): void {
    if (this.#state.kind !== 'busy' || this.#state.job.id !== message.id) return;
    switch (message.kind) {
      case 'running':
        return this.#started(this.#state.job);
      case 'done':
        return this.#settle({ kind: 'done', value: message.value });
      case 'threw':
        return this.#settle({ kind: 'crashed', message: message.message });
      case 'missing':
        return this.#settle({ kind: 'missing', what: message.what });
    }
  }

  #started(job: OpenJob): void {
    job.running = true;
    clearTimeout(job.timer);
    job.timer = setTimeout(() => this.#overran(), job.deadlineMs);
  }

  #overran(): void {
    if (this.#state.kind !== 'busy') return;
    const { running, deadlineMs } = this.#state.job;
    const late = `the worker was not ready after ${this.#options.startMs} ms`;
    this.#end(running ? { kind: 'timeout', afterMs: deadlineMs } : { kind: 'unavailable', message: late });
  }

  #death(code: number | null, signal: NodeJS.Signals | null): JobOutcome<unknown> {
    this.#wasKilled = signal === 'SIGKILL' && this.#state.kind !== 'ended';
    const last =
      /(?:FATAL ERROR|Error|error):?[^\n]*/.exec(this.#stderr)?.[0] ?? this.#stderr.trim().split('\n').at(-1);
    const message = `worker ended with ${signal ?? `exit code ${String(code)}`}${last ? `: ${last.trim()}` : ''}`;
    const running = this.#state.kind === 'busy' && this.#state.job.running;
    return running ? { kind: 'crashed', message } : { kind: 'unavailable', message };
  }

  #settle(outcome: JobOutcome<unknown>): void {
    if (this.#state.kind !== 'busy') return;
    const { job } = this.#state;
    this.#state = { kind: 'idle' };
    this.#hold(false);
    clearTimeout(job.timer);
    job.resolve(outcome);
  }

  #end(outcome: JobOutcome<unknown>): void {
    if (this.#state.kind === 'ended') return;
    const job = this.#state.kind === 'busy' ? this.#state.job : undefined;
    this.#state = { kind: 'ended' };
    this.#hold(false);
    this.#child.kill('SIGKILL');
    if (job === undefined) return;
    clearTimeout(job.timer);
    job.resolve(outcome);
  }

  #hold(on: boolean): void {
    const verb = on ? 'ref' : 'unref';
    this.#child[verb]();
    this.#child.channel?.[verb]();
    // Pipes of a child are sockets, though their type doesn't say so.
    for (const stream of [this.#child.stderr, this.#child.stdio[4]]) if (stream instanceof Socket) stream[verb]();
  }
}
