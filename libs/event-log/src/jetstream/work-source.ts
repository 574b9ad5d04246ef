/**
 * One worker's door to its agent's work. Owns: a line to the agent's durable consumer, who waits here, what came while nobody waited.
 * Doesn't own: the durable (the provisioner's), what a worker does with a piece.
 *
 * Invariants:
 * 1. At most as many messages are asked for as takers still have room for; what comes beyond (a taker left) waits here, leased.
 * 2. Closed, it asks for nothing, and what still comes is handed back at once. Pieces that were taken outlive it.
 */
import type { Msg } from '@nats-io/transport-node';
import { isOfNewerBuild, LOG_STREAM, type AgentName, type LaneCommit } from '@squados/contracts';
import { onAbort } from '../on-abort.js';
import type { Work, WorkSource } from '../work-claim.port.js';
import { parseAckSubject } from './ack-subject.js';
import { HeldWork } from './held-work.js';
import type { KnownCommits } from './known-commits.js';
import type { NatsLink } from './nats-link.js';
import { PullLine } from './pull-line.js';
import { millis, workConsumer } from './work-settings.js';

export interface SourceOptions {
  readonly agent: AgentName;
  readonly leaseMs: number;
  /** After which time without a delivery a waiting source looks whether the durable still has work for it, in ms. */
  readonly watchdogMs: number;
  readonly known: KnownCommits;
}

interface Waiter {
  readonly max: number;
  readonly resolve: (works: readonly Work[]) => void;
}

const TIMING = { expiresMs: 30_000, heartbeatMs: 2_000 };
/** Between two tries to find a durable that is not there, or that refuses. */
const AGAIN_MS = 200;
const LOOK_MS = 1_000;
const SIGNS_PER_WAIT = 3;

type State = { readonly kind: 'seeking' | 'open' | 'closed' };

export class JetStreamWorkSource implements WorkSource {
  private state: State = { kind: 'seeking' };
  private readonly line: PullLine;
  private readonly waiters = new Set<Waiter>();
  private arrived: HeldWork[] = [];
  private readonly held = new Set<HeldWork>();
  private readonly stops: (() => void)[] = [];
  private signs: NodeJS.Timeout | undefined;
  private again: NodeJS.Timeout | undefined;
  private ackWaitMs = 0;
  private cameAt = performance.now();
  private serving = false;
  private asking = false;

  constructor(
    private readonly link: NatsLink,
    private readonly options: SourceOptions,
  ) {
    const ears = {
      message: (message: Msg) => this.came(message),
      ended: (how: 'expired' | 'refused') => this.ended(how),
    };
    const target = { stream: LOG_STREAM, consumer: workConsumer(options.agent) };
    this.line = new PullLine(link, target, { timing: TIMING, ears });
    const look = setInterval(() => this.check(), LOOK_MS);
    this.stops.push(
      () => clearInterval(look),
      link.onUp(() => this.startOver()),
    );
    void this.seek();
  }

  take(max: number, signal: AbortSignal): Promise<readonly Work[]> {
    if (!(max >= 1)) return Promise.reject(new RangeError(`take at least 1 piece of work, not ${max}`));
    if (this.state.kind === 'closed' || signal.aborted) return Promise.resolve([]);
    return new Promise((resolve) => {
      const waiter: Waiter = {
        max,
        resolve: (works) => {
          this.waiters.delete(waiter);
          unlink();
          resolve(works);
        },
      };
      this.waiters.add(waiter);
      const unlink = onAbort(signal, () => waiter.resolve([]));
      this.serve();
    });
  }

  async close(): Promise<void> {
    if (this.state.kind === 'closed') return;
    this.state = { kind: 'closed' };
    for (const stop of this.stops) stop();
    clearTimeout(this.again);
    for (const waiter of [...this.waiters]) waiter.resolve([]);
    for (const work of this.arrived.splice(0)) await work.nak(0);
    await this.line.drain();
  }

  /** Forgets every piece without a word: for claims that end with their process. */
  abandon(): void {
    for (const work of [...this.held]) work.drop();
  }

  /** Finds out how long the server waits, then begins; asks again while there is no durable. */
  private async seek(): Promise<void> {
    try {
      const { config } = await this.link.jsm.consumers.info(LOG_STREAM, workConsumer(this.options.agent));
      this.found(millis(config.ack_wait ?? 0));
    } catch {
      this.later(() => void this.seek());
    }
  }

  private found(ackWaitMs: number): void {
    if (this.state.kind === 'closed') return;
    this.state = { kind: 'open' };
    this.ackWaitMs = ackWaitMs;
    clearInterval(this.signs);
    this.signs = undefined;
    this.showSigns();
    this.ask();
  }

  private later(next: () => void): void {
    clearTimeout(this.again);
    if (this.state.kind !== 'closed') this.again = setTimeout(next, AGAIN_MS);
  }

  /** What was asked over another connection, or of another durable, does not come any more. */
  private startOver(): void {
    if (this.state.kind === 'closed') return;
    this.state = { kind: 'seeking' };
    this.line.renew();
    void this.seek();
  }

  private check(): void {
    if (this.state.kind !== 'open' || this.line.open === 0) return;
    const isQuiet = performance.now() - this.cameAt > this.options.watchdogMs;
    if (isQuiet) this.cameAt = performance.now();
    if (isQuiet || this.line.isSilent) this.startOver();
  }

  /** Invariant 1. */
  private ask(): void {
    if (this.state.kind !== 'open') return;
    let room = -this.arrived.length - this.line.open;
    for (const { max } of this.waiters) room += max;
    if (room > 0) this.line.pull(room);
  }

  private ended(how: 'expired' | 'refused'): void {
    if (how === 'expired') this.ask();
    else this.later(() => this.startOver());
  }

  private came(message: Msg): void {
    const delivered = parseAckSubject(message.reply ?? '');
    const reply = message.reply;
    if (delivered === undefined || reply === undefined) return;
    this.cameAt = performance.now();
    const commit = this.options.known.commitOf(message, delivered.sequence);
    const work = this.hold({ commit, delivery: delivered.delivery, reply });
    if (this.state.kind === 'closed') void work.nak(0);
    else if (!commit.events.some(mayBeWork)) void this.notWork(work);
    else this.arrived.push(work);
    this.serveSoon();
  }

  /** Other decisions about a card share its lane. */
  private async notWork(work: HeldWork): Promise<void> {
    await work.ack();
    this.ask();
  }

  private hold(delivery: ConstructorParameters<typeof HeldWork>[1]): HeldWork {
    const released = (work: HeldWork): void => this.release(work);
    const work = new HeldWork(this.link, delivery, {
      leaseMs: this.options.leaseMs,
      ackWaitMs: this.ackWaitMs,
      released,
    });
    this.held.add(work);
    this.showSigns();
    return work;
  }

  private release(work: HeldWork): void {
    this.held.delete(work);
    if (this.arrived.length > 0) this.arrived = this.arrived.filter((other) => other !== work);
    if (this.held.size === 0) {
      clearInterval(this.signs);
      this.signs = undefined;
    }
  }

  /** One timer for all pieces. */
  private showSigns(): void {
    if (this.signs !== undefined || this.held.size === 0) return;
    this.signs = setInterval(() => {
      for (const work of this.held) void work.showLife();
    }, this.ackWaitMs / SIGNS_PER_WAIT);
  }

  /** After everything that came in the same read of the socket. */
  private serveSoon(): void {
    if (this.serving) return;
    this.serving = true;
    queueMicrotask(() => {
      this.serving = false;
      this.serve();
    });
  }

  private serve(): void {
    for (const waiter of this.waiters) {
      if (this.arrived.length === 0) break;
      const works = this.arrived.splice(0, waiter.max);
      for (const work of works) work.prolong();
      waiter.resolve(works);
    }
    this.askSoon();
  }

  /** Once for all takers that come in this turn of the event loop, in the same write as what they say about their last pieces. */
  private askSoon(): void {
    if (this.asking) return;
    this.asking = true;
    process.nextTick(() => {
      this.asking = false;
      this.ask();
    });
  }
}

/**
 * Work that only a newer build can read is handed out, and its taker hands it back. What no build can read is parked: it is settled
 * here, keeps its bytes in the log, and every fold sees it there.
 */
const mayBeWork = (event: LaneCommit['events'][number]): boolean =>
  event.type === 'CardEnqueued' ||
  (event.type === 'Unknown' && event.originalType === 'CardEnqueued' && isOfNewerBuild(event));
