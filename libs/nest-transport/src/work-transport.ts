/**
 * Brings an agent's work to the handlers of a Nest microservice. Owns its work source and the pieces that are being handled;
 * doesn't own the claims, nor the engine below them.
 *
 * 1. Never more pieces at a time than `concurrency`: work is only taken for free slots.
 * 2. Each piece is settled when its handler has ended, whatever happened in it.
 * 3. `close` ends in bounded time: nothing more is taken; handlers may end for `graceMs`; then they are told to stop, and have
 *    STOP_MS to. Calling it again is the same close.
 */
import { Server, type CustomTransportStrategy } from '@nestjs/microservices';
import type { AgentName } from '@squados/contracts';
import type { Work, WorkClaim, WorkSource } from '@squados/event-log';
import { isObservable, lastValueFrom } from 'rxjs';
import { setTimeout as delay } from 'node:timers/promises';
import { HandledWork, type Handler } from './handled-work.js';
import { WorkContext } from './work-context.js';

/** What the transport says about itself. */
export interface TransportLogger {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WorkTransportOptions {
  readonly claims: WorkClaim;
  readonly agent: AgentName;
  /** Name of this worker, unique among those of its agent. */
  readonly worker: string;
  /** Pieces at a time. */
  readonly concurrency: number;
  readonly leaseMs: number;
  /** How long a close lets handlers end by themselves. */
  readonly graceMs: number;
  readonly logger: TransportLogger;
}

const STOP_MS = 5_000;
const RETAKE_MS = 1_000;

type State =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'open';
      readonly source: WorkSource;
      readonly taking: AbortController;
      readonly loop: Promise<void>;
    }
  | { readonly kind: 'closing'; readonly done: Promise<void> };

export class WorkTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private state: State = { kind: 'idle' };
  private readonly handling = new Map<HandledWork, Promise<void>>();
  private slotFreed: () => void = () => undefined;

  constructor(private readonly options: WorkTransportOptions) {
    super();
  }

  /** Pieces in the hands of handlers now. */
  get running(): number {
    return this.handling.size;
  }

  override listen(callback: (error?: unknown) => unknown): void {
    this.open().then(() => callback(), callback);
  }

  override close(): Promise<void> {
    if (this.state.kind === 'closing') return this.state.done;
    const done = this.state.kind === 'open' ? this.shutDown(this.state) : Promise.resolve();
    this.state = { kind: 'closing', done };
    return done;
  }

  /** The transport has no events of its own. */
  override on(): never {
    throw new Error('the work transport emits no events: follow the log');
  }

  override unwrap<T>(): T {
    if (this.state.kind !== 'open') throw new Error('the work transport is not open');
    return this.state.source as T;
  }

  private async open(): Promise<void> {
    const { claims, agent, worker, leaseMs } = this.options;
    const source = await claims.open({ agent, worker, leaseMs });
    const taking = new AbortController();
    this.state = { kind: 'open', source, taking, loop: this.takeLoop(source, taking.signal) };
  }

  private async shutDown({ source, taking, loop }: Extract<State, { kind: 'open' }>): Promise<void> {
    taking.abort();
    this.slotFreed();
    await this.drained(this.options.graceMs);
    for (const piece of this.handling.keys()) piece.interrupt('stopped');
    await this.drained(STOP_MS);
    await source.close();
    await loop;
    this.options.logger.info({ agent_name: this.options.agent, left: this.handling.size }, 'no more work is taken');
  }

  private async drained(ms: number): Promise<void> {
    const bound = new AbortController();
    const wait = delay(ms, undefined, { signal: bound.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.handling.values()), wait]);
    bound.abort();
  }

  /** Invariant 1. */
  private async takeLoop(source: WorkSource, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const free = this.options.concurrency - this.handling.size;
      if (free <= 0) await new Promise<void>((resolve) => (this.slotFreed = resolve));
      else if (!(await this.takeSome(source, free, signal))) return;
    }
  }

  /** False: the source is closed, or taking was aborted. */
  private async takeSome(source: WorkSource, free: number, signal: AbortSignal): Promise<boolean> {
    try {
      const works = await source.take(free, signal);
      for (const work of works) this.handle(work);
      return works.length > 0;
    } catch (error) {
      this.options.logger.error(
        { agent_name: this.options.agent },
        `taking work failed, trying again: ${messageOf(error)}`,
      );
      await delay(RETAKE_MS, undefined, { signal }).catch(() => undefined);
      return true;
    }
  }

  /** Invariant 2. */
  private handle(work: Work): void {
    const piece = new HandledWork(work, this.options.leaseMs, (failed, error) => this.told(failed, error));
    const ended = piece.through(this.handlerFor(work)).finally(() => {
      this.handling.delete(piece);
      this.slotFreed();
    });
    this.handling.set(piece, ended);
  }

  /** The first event of the commit that somebody has asked for by `@EventPattern(type)`. */
  private handlerFor(work: Work): Handler | undefined {
    for (const event of work.commit.events) {
      const handler = this.getHandlerByPattern(event.type);
      if (handler) return async (taken, signal) => ended(await handler(event, new WorkContext(taken, signal)));
    }
    return undefined;
  }

  private told(work: Work, error: unknown): void {
    const { lane, position } = work.commit;
    const fields = { agent_name: this.options.agent, lane, stream_seq: position, delivery_count: work.delivery };
    this.options.logger.error(fields, `a handler failed, its work comes again: ${messageOf(error)}`);
  }
}

/** Nest's own `handleEvent` does not wait for what a handler's stream does; the work is done only then. */
const ended = (answer: unknown): Promise<unknown> =>
  isObservable(answer) ? lastValueFrom(answer, { defaultValue: undefined }) : Promise.resolve(answer);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
