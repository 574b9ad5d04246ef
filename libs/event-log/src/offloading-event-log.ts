import { parseEvent, type LaneCommit, type Sha256, type SquadEvent, type UnknownEvent } from '@squados/contracts';
import { encodeCommit } from './commit-codec.js';
import { EventLogError } from './errors.js';
import type { AppendResult, EventLog, FollowBatch, FollowOptions, NewCommit, ReadOptions } from './event-log.port.js';
import { offloadableOf, originalOf, referenceOf, withField, type OffloadedEvent } from './offloaded-event.js';

/** Where big arrays go: content-addressed, so putting the same bytes twice is harmless. `get` throws for a missing hash. */
export interface OffloadedBytes {
  put(bytes: Uint8Array): Promise<Sha256>;
  get(hash: Sha256): Promise<Uint8Array>;
}

type ReadEvent = SquadEvent | UnknownEvent;

/**
 * The same log for commits of any size: one whose encoding is over `limitBytes` has the `cards` of its CardsAdded and the
 * `proposals` of its CardCompleted stored beside the log, before the append, and put back when read.
 * @throws EventLogError `artifact-missing` when reading a commit whose bytes are gone.
 */
export const withOffloading = (log: EventLog, blobs: OffloadedBytes, limitBytes = 512 * 1024): EventLog =>
  new OffloadingEventLog(log, blobs, limitBytes);

class OffloadingEventLog implements EventLog {
  /** One fetch for all followers: they share the decoded events of the log below. */
  private readonly restored = new WeakMap<ReadEvent, Promise<ReadEvent>>();

  constructor(
    private readonly log: EventLog,
    private readonly blobs: OffloadedBytes,
    private readonly limitBytes: number,
  ) {}

  get logId(): string {
    return this.log.logId;
  }

  async append(commit: NewCommit, options?: { readonly signal?: AbortSignal }): Promise<AppendResult> {
    const big = commit.events.some(offloadableOf) && Buffer.byteLength(encodeCommit(commit.events)) > this.limitBytes;
    const result = await this.log.append(big ? await this.offloaded(commit) : commit, options);
    if (result.kind !== 'conflict' || result.last === undefined) return result;
    return { ...result, last: await this.restore(result.last) };
  }

  async *read(options: ReadOptions): AsyncGenerator<readonly LaneCommit[]> {
    for await (const commits of this.log.read(options)) yield await this.restoreAll(commits);
  }

  async *follow(options: FollowOptions): AsyncGenerator<FollowBatch> {
    for await (const batch of this.log.follow(options)) {
      const commits = await this.restoreAll(batch.commits);
      yield commits === batch.commits ? batch : { ...batch, commits };
    }
  }

  async last(lane: LaneCommit['lane']): Promise<LaneCommit | undefined> {
    const commit = await this.log.last(lane);
    return commit && this.restore(commit);
  }

  head(): ReturnType<EventLog['head']> {
    return this.log.head();
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private async offloaded(commit: NewCommit): Promise<NewCommit> {
    return { ...commit, events: await Promise.all(commit.events.map((event) => this.moveOut(event))) };
  }

  private async moveOut(event: SquadEvent): Promise<SquadEvent> {
    const items = offloadableOf(event);
    if (items === undefined) return event;
    const bytes = Buffer.from(JSON.stringify(items));
    return withField(event, { $artifact: await this.blobs.put(bytes), bytes: bytes.length, count: items.length });
  }

  private async restoreAll(commits: readonly LaneCommit[]): Promise<readonly LaneCommit[]> {
    if (!commits.some(isIncomplete)) return commits;
    return Promise.all(commits.map((commit) => this.restore(commit)));
  }

  private async restore(commit: LaneCommit): Promise<LaneCommit> {
    if (!isIncomplete(commit)) return commit;
    return { ...commit, events: await Promise.all(commit.events.map((event) => this.restoreEvent(event, commit))) };
  }

  private restoreEvent(event: ReadEvent, commit: LaneCommit): Promise<ReadEvent> {
    const original = originalOf(event);
    if (original === undefined) return Promise.resolve(event);
    const known = this.restored.get(event) ?? this.putBack(original, commit);
    this.restored.set(event, known);
    // A fetch that failed is tried again by the next reader.
    known.catch(() => this.restored.delete(event));
    return known;
  }

  private async putBack(event: OffloadedEvent, commit: LaneCommit): Promise<ReadEvent> {
    const { $artifact, count } = referenceOf(event);
    const items = await this.fetch($artifact, commit);
    if (!Array.isArray(items) || items.length !== count) throw missing($artifact, commit, 'holds something else');
    return parseEvent(withField(event, items));
  }

  private async fetch(hash: Sha256, commit: LaneCommit): Promise<unknown> {
    try {
      return JSON.parse(Buffer.from(await this.blobs.get(hash)).toString('utf8'));
    } catch (cause) {
      throw missing(hash, commit, 'is missing or unreadable', cause);
    }
  }
}

const isIncomplete = (commit: LaneCommit): boolean => commit.events.some((event) => originalOf(event) !== undefined);

// eslint-disable-next-line max-params -- one sentence made of four words
const missing = (hash: Sha256, { lane, position }: LaneCommit, what: string, cause?: unknown): EventLogError =>
  new EventLogError(
    'artifact-missing',
    `artifact ${hash}, part of the commit at position ${position} (${lane}), ${what}: restore it into the artifact store`,
    { cause },
  );
