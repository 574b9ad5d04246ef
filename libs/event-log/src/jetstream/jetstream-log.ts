import type { NatsConnection } from '@nats-io/transport-node';
import { position, revision, type Lane, type LaneCommit, type Position } from '@squados/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { closedResult, lostLane, requireEvents, tooLarge } from '../append-answers.js';
import { encodeCommit, MAX_COMMIT_BYTES } from '../commit-codec.js';
import type { AppendResult, EventLog, FollowBatch, FollowOptions, NewCommit, ReadOptions } from '../event-log.port.js';
import { closedDuring } from '../following/log-pages.js';
import type { WorkClaim } from '../work-claim.port.js';
import type { KnownCommits } from './known-commits.js';
import { lastCommit } from './last-commit.js';
import { followLog, lookAtHead, readLog, type ReadLog } from './log-reader.js';
import type { NatsLink } from './nats-link.js';
import { Publisher, type Message, type PublishAnswer } from './publisher.js';
import { isConflict, refusalOf } from './refusals.js';

/** Bytes that go with a message besides its body: the headers of `Publisher`, with room to spare. */
const HEADER_ROOM = 256;
const CLOSE_MS = 2_000;
const encoder = new TextEncoder();
/** A newer server may refuse a writer before the winner's commit can be read. */
const UNSEEN_WINNER_MS = 20;

export interface JetStreamLogParts {
  readonly link: NatsLink;
  readonly logId: string;
  /** How long an append or a read waits for a server that is away, in ms. */
  readonly patienceMs: number;
  readonly claims: WorkClaim;
  readonly known: KnownCommits;
}

/** The log on one JetStream stream: position and revision are the message's sequence, a lane is a subject. */
export class JetStreamLog implements EventLog {
  readonly logId: string;
  private readonly closing = new AbortController();
  private readonly publisher: Publisher;
  private readonly reading: ReadLog;
  private readonly work: WorkClaim;
  private headLook: Promise<unknown> | undefined;
  private ended: Promise<void> | undefined;

  constructor(private readonly parts: JetStreamLogParts) {
    const { link, logId, patienceMs, known } = parts;
    this.logId = logId;
    this.publisher = new Publisher(link, patienceMs);
    this.reading = { link, logId, patienceMs, known, closing: this.closing.signal, seen: 0 };
    this.work = parts.claims;
  }

  /** The claims on this log, one instance; they end with it. */
  claims(): WorkClaim {
    return this.work;
  }

  /** For what else of this process goes over the same connection: artifacts. It ends with the log. */
  get connection(): NatsConnection {
    return this.parts.link.nc;
  }

  async append(commit: NewCommit, options?: { readonly signal?: AbortSignal }): Promise<AppendResult> {
    options?.signal?.throwIfAborted();
    requireEvents(commit);
    if (this.isClosed) return closedResult;
    const body = encoder.encode(encodeCommit(commit.events));
    if (body.length > MAX_COMMIT_BYTES) return tooLarge(commit, body.length);
    const types = commit.events.map((event) => event.type).join();
    const tooMuch = this.overServerLimit(commit, body.length + types.length);
    if (tooMuch) return tooMuch;
    this.parts.known.wrote(commit.lane, body, commit.events);
    // A head that is being looked up is the head before this append, see `headNow`.
    if (this.headLook) await this.headLook.catch(() => undefined);
    return this.published(commit, { lane: commit.lane, expected: commit.expected, body, types }, options?.signal);
  }

  read(options: ReadOptions): AsyncIterable<readonly LaneCommit[]> {
    return readLog(this.reading, { ...options, to: options.to ?? this.headNow() });
  }

  follow(options: FollowOptions): AsyncIterable<FollowBatch> {
    return followLog(this.reading, options);
  }

  async last(lane: Lane): Promise<LaneCommit | undefined> {
    if (this.isClosed) throw closedDuring('reading');
    const { link, patienceMs } = this.parts;
    return lastCommit(link, lane, { what: `the last commit of ${lane}`, ms: patienceMs, signal: this.closing.signal });
  }

  async head(): Promise<Position> {
    if (this.isClosed) throw closedDuring('reading');
    return this.headNow();
  }

  close(): Promise<void> {
    this.ended ??= this.end();
    return this.ended;
  }

  private get isClosed(): boolean {
    return this.closing.signal.aborted;
  }

  private async end(): Promise<void> {
    this.closing.abort(closedDuring('reading'));
    await this.work.close();
    await this.publisher.close(CLOSE_MS);
    await this.parts.link.close();
  }

  private async published(commit: NewCommit, message: Message, signal?: AbortSignal): Promise<AppendResult> {
    for (;;) {
      const answer = await this.publisher.publish(message, signal);
      if (answer.kind === 'stored') return this.appended(answer);
      if (!isConflict(answer.code)) return refusalOf(commit, answer);
      const last = await this.last(commit.lane);
      if ((last?.revision ?? 0) !== commit.expected) return lostLane(commit, last);
      await delay(UNSEEN_WINNER_MS);
    }
  }

  private appended({ sequence }: Extract<PublishAnswer, { kind: 'stored' }>): AppendResult {
    this.reading.seen = Math.max(this.reading.seen, sequence);
    return { kind: 'appended', position: position(sequence), revision: revision(sequence) };
  }

  private overServerLimit(commit: NewCommit, bytes: number): AppendResult | undefined {
    const limit = this.parts.link.nc.info?.max_payload ?? Infinity;
    if (bytes + HEADER_ROOM <= limit) return undefined;
    const message = `the commit for ${commit.lane} has ${bytes} bytes, the server takes ${limit} with headers: raise max_payload of nats-server to 2MB, or store its data as an artifact`;
    return { kind: 'refused', code: 'too-large', message };
  }

  /** The head at the time of the call: what this process appends meanwhile waits, since servers answer in any order. */
  private headNow(): Promise<Position> {
    const look = lookAtHead(this.reading, { ms: this.parts.patienceMs, signal: this.closing.signal });
    const waiting = Promise.allSettled([this.headLook, look]).finally(() => {
      if (this.headLook === waiting) this.headLook = undefined;
    });
    this.headLook = waiting;
    look.catch(() => undefined); // told to whoever reads; nobody has to
    return look;
  }
}
