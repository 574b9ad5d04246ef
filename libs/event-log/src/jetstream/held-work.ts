/**
 * One delivery in the hands of this process. Owns its lease's timer. Doesn't own: the message at the server.
 *
 * Invariants:
 * 1. It is `held` until exactly one of: acknowledged, handed back, lease over. Then it is deaf.
 * 2. It says nothing to the server once the server may have given the work to somebody else: when the last sign of life that the
 *    server confirmed is older than its `ack_wait`. A process that was stopped for a minute wakes up deaf.
 */
import type { LaneCommit } from '@squados/contracts';
import { timerMs } from '../claims/piece.js';
import type { Work } from '../work-claim.port.js';
import type { NatsLink } from './nats-link.js';
import { nanos } from './work-settings.js';

export interface Delivery {
  readonly commit: LaneCommit;
  readonly delivery: number;
  /** Where the server wants to be told. */
  readonly reply: string;
}

export interface HoldTerms {
  readonly leaseMs: number;
  /** How long the server waits for a sign of life. */
  readonly ackWaitMs: number;
  /** Called once, when it is held no more. */
  readonly released: (work: HeldWork) => void;
}

const CONFIRM_MS = 5_000;

export class HeldWork implements Work {
  readonly commit: LaneCommit;
  readonly delivery: number;
  private readonly lease: NodeJS.Timeout;
  private confirmedAt = performance.now();
  private held = true;

  constructor(
    private readonly link: NatsLink,
    private readonly from: Delivery,
    private readonly terms: HoldTerms,
  ) {
    this.commit = from.commit;
    this.delivery = from.delivery;
    this.lease = setTimeout(() => this.give('-NAK'), timerMs(terms.leaseMs));
  }

  async heartbeat(): Promise<boolean> {
    return this.prolong();
  }

  /** `heartbeat` for who is at hand. */
  prolong(): boolean {
    if (!this.isMine()) return false;
    this.lease.refresh();
    return true;
  }

  async ack(): Promise<void> {
    this.give('+ACK');
  }

  async nak(delayMs: number): Promise<void> {
    this.give(delayMs > 0 ? `-NAK ${JSON.stringify({ delay: nanos(timerMs(delayMs)) })}` : '-NAK');
  }

  /** Tells the server that the process lives; due at a third of its `ack_wait`, however long the lease. */
  async showLife(): Promise<void> {
    if (!this.isMine() || !this.link.isUp) return;
    const sentAt = performance.now();
    try {
      await this.link.nc.request(this.from.reply, '+WPI', { timeout: CONFIRM_MS });
      this.confirmedAt = sentAt;
    } catch {
      // Not confirmed: invariant 2 counts from the last one that was.
    }
  }

  /** Forgets it without a word; the server gives it to somebody when its `ack_wait` is over. */
  drop(): void {
    clearTimeout(this.lease);
    if (!this.held) return;
    this.held = false;
    this.terms.released(this);
  }

  private give(word: string): void {
    if (this.isMine()) this.link.send(this.from.reply, word);
    this.drop();
  }

  private isMine(): boolean {
    return this.held && performance.now() - this.confirmedAt < this.terms.ackWaitMs;
  }
}
