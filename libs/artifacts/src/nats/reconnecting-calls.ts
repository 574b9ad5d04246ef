/**
 * Calls to the server that outlive its restarts. Owns: who waits for an answer over the connection, whether it is up. Doesn't own: the
 * connection.
 *
 * Invariants:
 * 1. A call is made again until it is answered, refused for good, or patience ends; so it must be harmless when made twice.
 * 2. When the connection is lost nobody waits for an answer that was to come over it.
 */
import { JetStreamApiError } from '@nats-io/jetstream';
import { errors, type NatsConnection, type Status } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';

const AGAIN_MS = 100;
/** What passes by itself: JetStream starts, stops or elects a leader (`err_code`; server 2.9 to 2.15). */
const NOT_NOW: ReadonlySet<number> = new Set([10008, 10009, 10076, 10118]);

export class ReconnectingCalls {
  private up = true;
  private readonly waiting = new Set<(lost: Error) => void>();

  /** @param patienceMs how long a call is tried again while the server is away or not ready */
  constructor(
    private readonly connection: NatsConnection,
    private readonly patienceMs: number,
  ) {
    void this.watch();
  }

  /** @throws what the server refused with; the last failure when patience ended or the connection was closed */
  async make<T>(call: () => Promise<T>): Promise<T> {
    const end = performance.now() + this.patienceMs;
    for (;;) {
      try {
        return await this.once(call);
      } catch (error) {
        if (!passes(error) || this.connection.isClosed() || performance.now() > end) throw error;
      }
      await delay(AGAIN_MS);
    }
  }

  /** Invariant 2. */
  private async once<T>(call: () => Promise<T>): Promise<T> {
    if (!this.up) throw new errors.ClosedConnectionError();
    let stop: (lost: Error) => void = () => undefined;
    const lost = new Promise<never>((_, reject) => (stop = reject));
    this.waiting.add(stop);
    const answer = call();
    try {
      return await Promise.race([answer, lost]);
    } finally {
      this.waiting.delete(stop);
      answer.catch(() => undefined); // nobody waits for it any more
    }
  }

  private async watch(): Promise<void> {
    for await (const status of this.connection.status()) this.note(status);
  }

  private note({ type }: Status): void {
    if (type === 'reconnect') this.up = true;
    if (type !== 'disconnect') return;
    this.up = false;
    for (const stop of [...this.waiting]) stop(new errors.ClosedConnectionError());
  }
}

const UNANSWERED = [errors.TimeoutError, errors.ClosedConnectionError, errors.RequestError, errors.NoRespondersError];

/** True for a failure that may pass by itself: no answer, no server, a server that is starting. */
const passes = (error: unknown): boolean =>
  UNANSWERED.some((kind) => error instanceof kind) ||
  (error instanceof JetStreamApiError && NOT_NOW.has(error.code)) ||
  (error instanceof Error && error.cause !== undefined && passes(error.cause));
