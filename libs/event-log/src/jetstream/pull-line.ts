/**
 * The line through which one process gets the messages of one consumer: asks for them, and counts what it asked for.
 * Owns: an inbox and the pulls open on it. Doesn't own: the consumer, what becomes of a message.
 *
 * Invariants:
 * 1. `open` is the number of messages that the server may still send without being asked again.
 * 2. After `renew` nothing comes that was asked for before: the old inbox is gone, and the server sends to nobody.
 */
import { createInbox, type Msg, type Subscription } from '@nats-io/transport-node';
import type { NatsLink } from './nats-link.js';
import { nanos } from './work-settings.js';

export interface PullTarget {
  readonly stream: string;
  readonly consumer: string;
}

export interface PullTiming {
  /** How long one request stays open at the server. */
  readonly expiresMs: number;
  /** How often the server shows that it has not forgotten us. */
  readonly heartbeatMs: number;
  /** Bytes after which a request counts as served. */
  readonly maxBytes?: number;
}

export interface PullEars {
  message(message: Msg): void;
  /** A request ended before it was served: its time was over (`expired`), or the server had a reason (`refused`). */
  ended(how: 'expired' | 'refused'): void;
}

const HEARTBEAT = 100;
const ENDED_BY_TIME: ReadonlySet<number> = new Set([404, 408]);
const SILENT_BEATS = 2.5;

export class PullLine {
  private inbox = '';
  private subscription: Subscription | undefined;
  private heardAt = performance.now();
  private asked = 0;

  constructor(
    private readonly link: NatsLink,
    private readonly target: PullTarget,
    private readonly options: { readonly timing: PullTiming; readonly ears: PullEars },
  ) {
    this.renew();
  }

  /** Messages that may still come (invariant 1). */
  get open(): number {
    return this.asked;
  }

  /** True when the server owes a sign of life and gives none: neither message nor heartbeat. */
  get isSilent(): boolean {
    return this.asked > 0 && performance.now() - this.heardAt > SILENT_BEATS * this.options.timing.heartbeatMs;
  }

  /** Asks for `count` messages more. False: nothing was asked, the connection is down. */
  pull(count: number): boolean {
    const { expiresMs, heartbeatMs, maxBytes } = this.options.timing;
    const request = {
      batch: count,
      expires: nanos(expiresMs),
      idle_heartbeat: nanos(heartbeatMs),
      ...(maxBytes === undefined ? {} : { max_bytes: maxBytes }),
    };
    const subject = `$JS.API.CONSUMER.MSG.NEXT.${this.target.stream}.${this.target.consumer}`;
    if (!this.link.send(subject, JSON.stringify(request), { reply: this.inbox })) return false;
    if (this.asked === 0) this.heardAt = performance.now();
    this.asked += count;
    return true;
  }

  /** Forgets what was asked and begins with another inbox (invariant 2). */
  renew(): void {
    this.cut();
    const inbox = createInbox();
    this.inbox = inbox;
    this.heardAt = performance.now();
    const callback = (_: unknown, message: Msg): void => {
      if (inbox === this.inbox) this.received(message);
    };
    this.subscription = this.link.nc.subscribe(inbox, { callback });
  }

  /** What the server has sent by now still comes; then nothing. */
  async drain(): Promise<void> {
    await this.subscription?.drain().catch(() => undefined);
    this.asked = 0;
  }

  /** Nothing comes any more, at once. */
  cut(): void {
    this.asked = 0;
    if (this.subscription?.isClosed() === false && !this.link.nc.isClosed()) this.subscription.unsubscribe();
  }

  private received(message: Msg): void {
    this.heardAt = performance.now();
    if (message.subject === this.inbox) return this.status(message);
    this.asked = Math.max(0, this.asked - 1);
    this.options.ears.message(message);
  }

  /** What the server does not send any more stands in a header; where it says nothing of it, all that was asked is given up. */
  private status(message: Msg): void {
    const code = message.headers?.code ?? 0;
    if (code === HEARTBEAT) return;
    const left = message.headers?.get('Nats-Pending-Messages');
    if (left) this.asked = Math.max(0, this.asked - Number(left));
    else this.renew();
    this.options.ears.ended(ENDED_BY_TIME.has(code) ? 'expired' : 'refused');
  }
}
