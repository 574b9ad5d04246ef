/**
 * Takes an agent's work for free slots and brings each piece to a handler. Owns its work source and the pieces that are being
 * handled; doesn't own the claims.
 *
 * 1. Never more pieces at a time in the hands of handlers than `concurrency`. A slot takes its next piece when it is free, or when its
 *    handler says that it is about to end, so that the piece is there by then.
 * 2. Each piece is settled when its handler has ended, whatever happened in it.
 * 3. After `close` began nothing is taken; what a take under way still brings is handed back.
 * 4. `close` ends in bounded time: handlers may end for the grace; then they are told to stop, and have STOP_MS to. Calling it
 *    again is the same close.
 */
import type { AgentName } from '@squados/contracts';
import type { Work, WorkClaim, WorkSource } from '../work-claim.port.js';
import { onAbort } from '../on-abort.js';
import { HandledWork, type Timer, type WorkHandler } from './handled-work.js';

export interface WorkLoopOptions {
  readonly claims: WorkClaim;
  readonly agent: AgentName;
  /** Name of this worker, unique among those of its agent. */
  readonly worker: string;
  /** Pieces at a time. */
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly handle: WorkHandler;
  /** Told what went wrong, and with which piece; the loop goes on. */
  readonly trouble: (what: string, error: unknown, work?: Work) => void;
  /** Default: setTimeout, which keeps no process alive. */
  readonly timer?: Timer;
}

const STOP_MS = 5_000;
const RETAKE_MS = 1_000;

const systemTimer: Timer = (ms, call) => {
  const timer = setTimeout(call, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

export class WorkLoop {
  private readonly timer: Timer;
  private readonly taking = new AbortController();
  private readonly handling = new Map<HandledWork, Promise<void>>();
  private readonly slots: Promise<unknown>;
  private pausing: Promise<void> | undefined;
  private closed: Promise<void> | undefined;

  /** Opens the source and begins to take. */
  static async open(options: WorkLoopOptions): Promise<WorkLoop> {
    const { claims, agent, worker, leaseMs } = options;
    return new WorkLoop(options, await claims.open({ agent, worker, leaseMs }));
  }

  private constructor(
    private readonly options: WorkLoopOptions,
    private readonly source: WorkSource,
  ) {
    this.timer = options.timer ?? systemTimer;
    this.slots = Promise.all(Array.from({ length: options.concurrency }, () => this.slot()));
  }

  /** Pieces in the hands of handlers now. */
  get running(): number {
    return this.handling.size;
  }

  close({ graceMs }: { readonly graceMs: number }): Promise<void> {
    this.closed ??= this.shutDown(graceMs);
    return this.closed;
  }

  /** Invariant 4. */
  private async shutDown(graceMs: number): Promise<void> {
    this.taking.abort();
    await this.bounded(Promise.all(this.handling.values()), graceMs);
    for (const piece of this.handling.keys()) piece.interrupt('stopped');
    await this.bounded(Promise.all(this.handling.values()), STOP_MS);
    await this.bounded(Promise.all([this.source.close(), this.slots]), STOP_MS);
  }

  /** Invariant 1. */
  private async slot(): Promise<void> {
    let next: Promise<Work | undefined> | undefined;
    const ahead = (): void => void (next ??= this.taken());
    for (;;) {
      const work = await (next ?? this.taken());
      if (work === undefined) return;
      const isLate = next !== undefined && !(await work.heartbeat());
      next = undefined;
      if (this.taking.signal.aborted)
        await work.nak(0); // invariant 3
      else if (!isLate) await this.handled(work, ahead);
    }
  }

  /** One piece; undefined: the source is closed, or taking was aborted. */
  private async taken(): Promise<Work | undefined> {
    const { signal } = this.taking;
    while (!signal.aborted) {
      try {
        return (await this.source.take(1, signal))[0];
      } catch (error) {
        await this.pause(error);
      }
    }
    return undefined;
  }

  /** All slots wait together, and one tells of it. */
  private pause(error: unknown): Promise<void> {
    const { signal } = this.taking;
    if (this.pausing === undefined) this.options.trouble('taking work failed, trying again', error);
    this.pausing ??= this.bounded(
      new Promise((resolve) => onAbort(signal, () => resolve(undefined))),
      RETAKE_MS,
    ).finally(() => (this.pausing = undefined));
    return this.pausing;
  }

  /** Invariant 2. */
  private handled(work: Work, nearlyDone: () => void): Promise<void> {
    const { leaseMs, handle, trouble } = this.options;
    const failed = (of: Work, error: unknown): void => trouble('a handler failed, its work comes again', error, of);
    const piece = new HandledWork(work, { leaseMs, timer: this.timer, failed });
    const ended = piece
      .through((of, signal) => handle(of, signal, nearlyDone))
      .finally(() => void this.handling.delete(piece));
    this.handling.set(piece, ended);
    return ended;
  }

  /** At most so long; 0: not at all. */
  private async bounded(wait: Promise<unknown>, ms: number): Promise<void> {
    if (ms <= 0) return;
    let cancel = (): void => undefined;
    const late = new Promise<void>((resolve) => (cancel = this.timer(ms, resolve)));
    await Promise.race([wait, late]);
    cancel();
  }
}
