/**
 * One piece of work on its way through a handler. Owns its lease's heartbeat and its signal; doesn't own the slot it takes.
 *
 * 1. It is settled once, by `settlementOf`; a lease that is gone is never answered.
 * 2. No timer outlives it.
 */
import type { Work } from '@squados/event-log';
import type { Handling } from './settlement.js';
import { settlementOf } from './settlement.js';
import { WORK_SETTLED } from './work-context.js';

export type Handler = (work: Work, signal: AbortSignal) => Promise<unknown>;

const BEATS_PER_LEASE = 3;

export class HandledWork {
  private readonly controller = new AbortController();
  private readonly beat: NodeJS.Timeout;
  private interrupted: Extract<Handling, { kind: 'stopped' | 'lease-lost' }> | undefined;

  constructor(
    private readonly work: Work,
    leaseMs: number,
    private readonly failed: (work: Work, error: unknown) => void,
  ) {
    this.beat = setInterval(() => void this.keep(), leaseMs / BEATS_PER_LEASE);
  }

  /** From the delivery to the settlement. Never rejects. Without a handler, the work is for another build. */
  async through(handler: Handler | undefined): Promise<void> {
    try {
      await this.settle(await this.handled(handler));
    } catch (error) {
      this.failed(this.work, error); // its lease runs out, and it comes again
    } finally {
      clearInterval(this.beat);
    }
  }

  /** Tells the handler to end; what it answers from now on counts for nothing. */
  interrupt(kind: 'stopped' | 'lease-lost'): void {
    this.interrupted ??= { kind };
    this.controller.abort(new Error(kind === 'stopped' ? 'the service stops' : 'the lease is lost'));
  }

  private async handled(handler: Handler | undefined): Promise<Handling> {
    if (handler === undefined) return { kind: 'no-handler' };
    try {
      const answer = await handler(this.work, this.controller.signal);
      if (answer === WORK_SETTLED) return { kind: 'returned', answer: 'settled' };
      return this.interrupted ?? { kind: 'returned', answer: 'done' };
    } catch (error) {
      if (this.interrupted === undefined) this.failed(this.work, error);
      return this.interrupted ?? { kind: 'threw' };
    }
  }

  private async settle(handling: Handling): Promise<void> {
    const settlement = settlementOf({ handling, delivery: this.work.delivery });
    if (settlement.kind === 'ack') await this.work.ack();
    if (settlement.kind === 'nak') await this.work.nak(settlement.delayMs);
  }

  private async keep(): Promise<void> {
    if (!(await this.work.heartbeat())) this.interrupt('lease-lost');
  }
}
