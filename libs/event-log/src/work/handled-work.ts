/**
 * One piece of work on its way through a handler. Owns its lease's heartbeat and its signal; doesn't own the slot it takes.
 *
 * 1. It is settled once, by `settlementOf`, when its handler has ended; a lease that is gone is never answered.
 * 2. A heartbeat that cannot be sent is no lost lease; one that is answered with false is.
 * 3. No timer outlives it.
 */
import { LateSignal } from '../late-signal.js';
import type { Work } from '../work-claim.port.js';
import { settlementOf, WorkAnswer, type Handling } from './settlement.js';

/**
 * Undefined counts as done, unless the handler was told to stop. The signal's reason is a `WorkInterrupted`. `nearlyDone`: nothing is
 * left but a word with the log; who hands out the next piece may ask for it now. Saying so is no duty.
 */
export type WorkHandler = (work: Work, signal: LateSignal, nearlyDone: () => void) => Promise<WorkAnswer | undefined>;

type Handler = (work: Work, signal: LateSignal) => ReturnType<WorkHandler>;

export type Interruption = 'stopped' | 'lease-lost';

/** Why a handler's signal was aborted. */
export class WorkInterrupted extends Error {
  override readonly name = 'WorkInterrupted';
  constructor(readonly kind: Interruption) {
    super(kind === 'stopped' ? 'the service stops' : 'the lease is lost');
  }
}

/** Calls once after `ms`; the answer cancels. */
export type Timer = (ms: number, call: () => void) => () => void;

export interface HandlingTerms {
  readonly leaseMs: number;
  readonly timer: Timer;
  /** Told when the handler threw, or the work could not be settled: its lease runs out then, and it comes again. */
  readonly failed: (work: Work, error: unknown) => void;
}

const BEATS_PER_LEASE = 3;

export class HandledWork {
  private readonly stop = new LateSignal();
  private interrupted: Interruption | undefined;
  private cancelBeat: () => void = () => undefined;
  private over = false;

  constructor(
    private readonly work: Work,
    private readonly terms: HandlingTerms,
  ) {
    this.beatLater();
  }

  /** From the delivery to the settlement. Never rejects. */
  async through(handler: Handler): Promise<void> {
    try {
      await this.settle(await this.handled(handler));
    } catch (error) {
      this.terms.failed(this.work, error);
    } finally {
      this.over = true;
      this.cancelBeat();
    }
  }

  /** Tells the handler to end. */
  interrupt(kind: Interruption): void {
    this.interrupted ??= kind;
    this.stop.abort(new WorkInterrupted(kind));
  }

  private async handled(handler: Handler): Promise<Handling> {
    try {
      const answer = await handler(this.work, this.stop);
      return answer === undefined ? this.unsaid(WorkAnswer.done) : this.said(answer);
    } catch (error) {
      if (this.interrupted !== undefined) return { kind: this.interrupted };
      this.terms.failed(this.work, error);
      return { kind: 'threw' };
    }
  }

  private said(answer: WorkAnswer): Handling {
    return this.interrupted === 'lease-lost' ? { kind: 'lease-lost' } : { kind: 'answered', answer };
  }

  private unsaid(answer: WorkAnswer): Handling {
    return this.interrupted === undefined ? { kind: 'answered', answer } : { kind: this.interrupted };
  }

  private async settle(handling: Handling): Promise<void> {
    const settlement = settlementOf({ handling, delivery: this.work.delivery });
    if (settlement.kind === 'ack') await this.work.ack();
    if (settlement.kind === 'nak') await this.work.nak(settlement.delayMs);
  }

  private beatLater(): void {
    if (!this.over) this.cancelBeat = this.terms.timer(this.terms.leaseMs / BEATS_PER_LEASE, () => void this.beat());
  }

  /** Invariant 2. */
  private async beat(): Promise<void> {
    const held = await this.work.heartbeat().catch(() => true);
    if (held) this.beatLater();
    else this.interrupt('lease-lost');
  }
}
