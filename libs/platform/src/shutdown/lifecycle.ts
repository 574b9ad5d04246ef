import type { Logger } from '../logging/logger.port.js';

/** `drain`: stop taking work and let go of what runs, all at once. `close`: give back what the others needed, last opened first. */
export type ShutdownPhase = 'drain' | 'close';

export interface ShutdownStep {
  readonly name: string;
  readonly phase: ShutdownPhase;
  /** How long it may take, where that is more than its phase's bound, in ms. */
  readonly boundMs?: number;
  stop(): Promise<void> | void;
}

export interface ShutdownReport {
  readonly reason: string;
  /** Steps that failed or didn't end in time, in words. */
  readonly problems: readonly string[];
}

export interface LifecycleOptions {
  readonly logger?: Pick<Logger, 'info' | 'warn'>;
  /** For each phase. */
  readonly boundMs: number;
}

/**
 * The end of a process.
 * 1. Every step is called once, whatever the others did; a second shutdown is the first one.
 * 2. No `close` step begins before all `drain` steps ended or their time was up.
 * 3. It ends after at most twice the bound, or what a step asked for.
 */
type State = { readonly kind: 'running' } | { readonly kind: 'stopping'; readonly done: Promise<ShutdownReport> };

export class Lifecycle {
  private state: State = { kind: 'running' };
  private readonly steps: ShutdownStep[] = [];

  constructor(private readonly options: LifecycleOptions) {}

  get isStopping(): boolean {
    return this.state.kind === 'stopping';
  }

  add(step: ShutdownStep): void {
    this.steps.push(step);
  }

  shutdown(reason: string): Promise<ShutdownReport> {
    if (this.state.kind === 'stopping') return this.state.done;
    const done = this.run(reason);
    this.state = { kind: 'stopping', done };
    return done;
  }

  private async run(reason: string): Promise<ShutdownReport> {
    const problems: string[] = [];
    this.options.logger?.info({ reason }, 'shutting down');
    await this.bounded('drain', problems, (steps, tell) => Promise.all(steps.map((step) => ended(step, tell))));
    await this.bounded('close', problems, async (steps, tell) => {
      for (const step of [...steps].reverse()) await ended(step, tell);
    });
    for (const problem of problems) this.options.logger?.warn({ reason }, problem);
    return { reason, problems };
  }

  private async bounded(
    phase: ShutdownPhase,
    problems: string[],
    run: (steps: readonly ShutdownStep[], tell: Tell) => Promise<unknown>,
  ): Promise<void> {
    const open = new Set(this.steps.filter((step) => step.phase === phase));
    const tell: Tell = (step, problem) => {
      open.delete(step);
      if (problem !== undefined) problems.push(`${step.name} failed to ${phase}: ${problem}`);
    };
    const ms = Math.max(this.options.boundMs, ...[...open].map((step) => step.boundMs ?? 0));
    const { promise: late, cancel } = timeUp(ms);
    await Promise.race([run([...open], tell), late]);
    cancel();
    for (const step of open) problems.push(`${step.name} did not ${phase} within ${ms} ms`);
  }
}

type Tell = (step: ShutdownStep, problem: string | undefined) => void;

/** Invariant 1: never rejects. */
const ended = async (step: ShutdownStep, tell: Tell): Promise<void> => {
  try {
    await step.stop();
    tell(step, undefined);
  } catch (error) {
    tell(step, error instanceof Error ? error.message : String(error));
  }
};

const timeUp = (ms: number): { readonly promise: Promise<void>; readonly cancel: () => void } => {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return { promise, cancel: () => clearTimeout(timer) };
};
