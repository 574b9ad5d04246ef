/**
 * One look at the log from a position on: an ordered consumer that ends with it, read page by page.
 * Owns: the consumer, the line to it, what came and was not read yet. Doesn't own: what happens when it breaks (`LogReader` begins another).
 *
 * Invariants:
 * 1. Pages hold every matching commit after the start in order, each once: a jump in the consumer's count ends the pull as broken.
 * 2. At most AHEAD messages, or about AHEAD_BYTES, are here or on their way; a slow reader stops asking.
 */
import { AckPolicy, DeliverPolicy, type ConsumerConfig } from '@nats-io/jetstream';
import { nuid, type Msg } from '@nats-io/transport-node';
import { LOG_STREAM, position, type LaneCommit, type Position } from '@squados/contracts';
import { Bell } from '../following/bell.js';
import type { Page } from '../following/log-pages.js';
import { parseAckSubject } from './ack-subject.js';
import { commitOf } from './commit-of.js';
import type { KnownCommits } from './known-commits.js';
import type { NatsLink } from './nats-link.js';
import { patiently, type Patience } from './patience.js';
import { PullLine } from './pull-line.js';
import { nanos } from './work-settings.js';

const PAGE = 256;
const AHEAD = 1024;
const AHEAD_BYTES = 8 * 1024 * 1024;
const TIMING = { expiresMs: 30_000, heartbeatMs: 2_000, maxBytes: AHEAD_BYTES / 2 };
const INACTIVE_MS = 60_000;
/** Nothing came though something should: the server counted what a purge took away, or lost the consumer. */
const QUIET_MS = 5_000;
const LOOK_MS = 1_000;

export interface PullStart {
  readonly after: Position;
  /** The log's head, as seen before the pull begins. */
  readonly head: Position;
  /** Every matching lane fits; others may too. */
  readonly subject: string | undefined;
  readonly known: KnownCommits;
}

interface Arrived {
  readonly message: Msg;
  readonly sequence: number;
  readonly pending: number;
}

export class LogPull {
  private readonly line: PullLine;
  private readonly bell = new Bell();
  private readonly look: NodeJS.Timeout;
  private readonly unlink: () => void;
  private over = false;
  private arrived: Arrived[] = [];
  private bytes = 0;
  private broken = false;
  private served = false;
  private consumerSequence = 0;
  private cameAt = performance.now();
  private cursor: Position;
  private told = false;
  /** What the server says is still to come. */
  private pending: number;

  private constructor(
    private readonly link: NatsLink,
    private readonly consumer: { readonly name: string; readonly pending: number },
    private readonly start: PullStart,
  ) {
    this.cursor = start.after;
    this.pending = consumer.pending;
    const ears = {
      message: (message: Msg) => this.came(message),
      ended: (how: 'expired' | 'refused') => this.ended(how),
    };
    this.line = new PullLine(link, { stream: LOG_STREAM, consumer: consumer.name }, { timing: TIMING, ears });
    this.look = setInterval(() => this.check(), LOOK_MS);
    this.unlink = link.onUp(() => this.break());
    this.ask();
  }

  static async begin(link: NatsLink, start: PullStart, patience: Patience): Promise<LogPull> {
    const config = consumerConfig(start);
    const info = await patiently(link, patience, () => link.jsm.consumers.add(LOG_STREAM, config));
    return new LogPull(link, { name: info.name, pending: info.num_pending }, start);
  }

  /** What is there to be read now; undefined: nothing yet, `wait`. The first page of a log without more says that the head is reached. */
  page(): Page | undefined {
    if (this.arrived.length > 0) return this.next();
    if (this.told || this.pending > 0) return undefined;
    this.told = true;
    return { commits: [], position: position(Math.max(this.cursor, this.start.head)), atHead: true };
  }

  /** Resolves when there may be a page, or the pull broke. */
  async wait(): Promise<void> {
    if (this.arrived.length > 0 || this.broken) return;
    this.bell.hush();
    await this.bell.wait();
  }

  get isBroken(): boolean {
    return this.broken && this.arrived.length === 0;
  }

  /** Lets go of everything and wakes who waits. Idempotent. */
  end(): void {
    if (this.over) return;
    this.over = true;
    this.broken = true;
    clearInterval(this.look);
    this.unlink();
    this.line.cut();
    // Forgotten by the server at once, not only after a minute of silence; nobody waits for the answer.
    this.link.send(`$JS.API.CONSUMER.DELETE.${LOG_STREAM}.${this.consumer.name}`, '');
    this.bell.ring();
  }

  private next(): Page {
    const taken = this.arrived.splice(0, PAGE);
    const last = taken.at(-1);
    const atHead = last?.pending === 0;
    this.told ||= atHead;
    const commits: LaneCommit[] = [];
    const { known } = this.start;
    const isNear = this.pending < AHEAD; // what lies far back was decoded by nobody here
    for (const { message, sequence } of taken) {
      this.bytes -= message.data.length;
      commits.push(isNear ? known.commitOf(message, sequence) : commitOf(message, sequence));
    }
    this.cursor = position(last?.sequence ?? this.cursor);
    this.ask();
    return { commits, position: this.cursor, atHead };
  }

  private came(message: Msg): void {
    const delivered = this.broken ? undefined : parseAckSubject(message.reply ?? '');
    if (delivered === undefined) return;
    if (delivered.consumerSequence !== this.consumerSequence + 1) return this.break();
    this.consumerSequence++;
    this.served = true;
    this.pending = delivered.pending;
    this.cameAt = performance.now();
    // Server 2.9 begins at the end of the log when it is told to begin beyond it.
    if (delivered.sequence <= this.start.after) return this.skipped();
    this.arrived.push({ message, sequence: delivered.sequence, pending: delivered.pending });
    this.bytes += message.data.length;
    this.bell.ring();
  }

  private skipped(): void {
    this.ask();
    this.bell.ring();
  }

  /** Invariant 2. */
  private ask(): void {
    const room = AHEAD - this.arrived.length - this.line.open;
    if (this.broken || room < AHEAD / 2 || this.bytes > AHEAD_BYTES) return;
    if (!this.line.pull(room)) this.break();
  }

  /** A request that was served at least in part may end for its size; one that was not means that the consumer is not well. */
  private ended(how: 'expired' | 'refused'): void {
    if (how === 'refused' && !this.served) return this.break();
    this.served = false;
    this.ask();
  }

  private check(): void {
    const isBehind = this.arrived.length === 0 && this.pending > 0 && performance.now() - this.cameAt > QUIET_MS;
    if (this.line.isSilent || isBehind) this.break();
  }

  private break(): void {
    this.broken = true;
    this.bell.ring();
  }
}

/** `name` is drawn here so that a creation whose answer was lost finds itself when it is asked for again. */
const consumerConfig = ({ after, head, subject }: PullStart): Partial<ConsumerConfig> => ({
  name: `read-${nuid.next()}`,
  ack_policy: AckPolicy.None,
  deliver_policy: DeliverPolicy.StartSequence,
  // Beyond the end, servers disagree where to begin, and newer ones count wrongly what is pending.
  opt_start_seq: Math.min(after, head) + 1,
  mem_storage: true,
  num_replicas: 1,
  inactive_threshold: nanos(INACTIVE_MS),
  ...(subject === undefined ? {} : { filter_subject: subject }),
});
