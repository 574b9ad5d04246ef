/**
 * Owns the processes of one running product and the server in front of them.
 *
 * Invariants:
 * 1. What is started is in `running` before anything is awaited, so a stop at any moment finds it.
 * 2. `up` only after every start was ready and the front listens; a start that fails stops what was started before it.
 * 3. A process that ends by itself while the product is up is started again, at most 5 times in a row within a minute of each
 *    other; then the product has failed, and all of it is stopped.
 * 4. Stopping is in the reverse order of starting, once, however often it is asked for.
 * 5. No process outlives the supervisor: each is told by the kernel when its parent dies (see `commandAs`).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Server } from 'node:http';
import type { ProductPlan, ProductState, ProductStatus, StartPlan } from '../product-plan.js';
import { closeServer, createFront, listenOn, pageFilesOf } from './front-server.js';
import { untilReady } from './ready.js';
import { SupervisedProcess, type Ended } from './supervised-process.js';

const READY_MS = 60_000;
const MAX_RESTARTS = 5;
const CALM_MS = 60_000;

type ProcessStart = Extract<StartPlan, { kind: 'process' }>;
type StepStart = Extract<StartPlan, { kind: 'step' }>;

interface Running {
  readonly start: ProcessStart;
  process: SupervisedProcess;
  restarts: number;
  startedAt: number;
}

export class Supervisor {
  private state: ProductState = { kind: 'starting', step: 'reading the plan' };
  private readonly running: Running[] = [];
  private readonly stopped = new AbortController();
  private front: Server | undefined;
  private stopping: Promise<void> | undefined;
  private settle: () => void = () => undefined;
  /** Resolves once the product is up, has failed, or was told to stop. */
  readonly settled = new Promise<void>((resolve) => (this.settle = resolve));

  constructor(private readonly plan: ProductPlan) {}

  status(): ProductStatus {
    const { key, release, title, store, addresses } = this.plan;
    const processes = this.running.map(({ start, process, restarts }) => ({
      name: start.name,
      pid: process.pid ?? 0,
      restarts,
    }));
    return { pid: process.pid, key, release, title, store, addresses, state: this.state, processes };
  }

  async start(): Promise<void> {
    for (const start of this.plan.starts) if (!(await this.begin(start))) return;
    if (!(await this.openFront())) return;
    this.state = { kind: 'up' };
    this.settle();
    for (const running of this.running) void this.keep(running);
  }

  stop(): Promise<void> {
    return (this.stopping ??= this.takeDown());
  }

  private begin(start: StartPlan): Promise<boolean> {
    if (this.stopped.signal.aborted) return Promise.resolve(false);
    this.state = { kind: 'starting', step: start.name };
    return start.kind === 'step' ? this.runStep(start) : this.startProcess(start);
  }

  private async runStep(step: StepStart): Promise<boolean> {
    const process = SupervisedProcess.start(step, this.logOf(step.name));
    const timer = setTimeout(() => void process.stop('SIGTERM', 1_000), step.timeoutMs);
    const onStop = (): void => void process.stop('SIGTERM', 1_000);
    this.stopped.signal.addEventListener('abort', onStop, { once: true });
    const end = await process.ended;
    clearTimeout(timer);
    this.stopped.signal.removeEventListener('abort', onStop);
    if (end.code === 0) return true;
    return this.fail(step.name, wordsFor(end), process.tail());
  }

  private async startProcess(start: ProcessStart): Promise<boolean> {
    const process = SupervisedProcess.start(start, this.logOf(start.name));
    this.running.push({ start, process, restarts: 0, startedAt: Date.now() }); // invariant 1
    return this.awaitReady(start, process);
  }

  private async awaitReady(start: ProcessStart, process: SupervisedProcess): Promise<boolean> {
    const over = new AbortController();
    void process.ended.then(() => over.abort());
    const late = AbortSignal.timeout(READY_MS);
    const ready = await untilReady(start.ready, AbortSignal.any([over.signal, late, this.stopped.signal]));
    if (ready && !process.isOver) return true;
    const message = process.isOver ? wordsFor(await process.ended) : `it was not ready after ${READY_MS / 1000} s`;
    return this.fail(start.name, message, process.tail());
  }

  private async openFront(): Promise<boolean> {
    const { front } = this.plan;
    if (this.stopped.signal.aborted) return false;
    try {
      this.front = createFront(front, pageFilesOf(readFileSync(front.bundle, 'utf8')));
      await listenOn(this.front, front.port);
    } catch (error) {
      return this.fail('frontend', error instanceof Error ? error.message : String(error), '');
    }
    if (this.stopped.signal.aborted) await closeServer(this.front);
    return !this.stopped.signal.aborted;
  }

  /** Invariant 3. */
  private async keep(running: Running): Promise<void> {
    for (;;) {
      const end = await running.process.ended;
      if (this.stopping) return;
      if (Date.now() - running.startedAt > CALM_MS) running.restarts = 0;
      if (running.restarts >= MAX_RESTARTS) {
        this.fail(running.start.name, `${wordsFor(end)}, ${MAX_RESTARTS} times in a row`, running.process.tail());
        return;
      }
      running.restarts += 1;
      running.startedAt = Date.now();
      running.process = SupervisedProcess.start(running.start, this.logOf(running.start.name));
    }
  }

  private fail(name: string, message: string, excerpt: string): false {
    if (!this.stopping) {
      this.state = { kind: 'failed', process: name, message, excerpt };
      void this.stop(); // invariant 2
    }
    return false;
  }

  /** Invariant 4. A failure stays readable: the state says why, and only a stop that was asked for replaces it. */
  private async takeDown(): Promise<void> {
    if (this.state.kind !== 'failed') this.state = { kind: 'stopping' };
    this.stopped.abort();
    await closeServer(this.front);
    for (const { start, process } of [...this.running].reverse()) await process.stop(start.stopSignal, start.graceMs);
    this.settle();
  }

  private logOf(name: string): string {
    return join(this.plan.logs, `${name}.log`);
  }
}

const wordsFor = ({ code, signal, error }: Ended): string =>
  error ?? (signal ? `it ended by ${signal}` : `it ended with exit code ${String(code)}`);
