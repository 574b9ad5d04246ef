import { randomUUID } from 'node:crypto';
import { EMPTY_LANE, START, position, revision, type Lane, type LaneCommit, type Position } from '@squados/contracts';
import { asRead, decodeCommit, encodeCommit, MAX_COMMIT_BYTES } from '../commit-codec.js';
import type {
  AppendResult,
  EventLog,
  FollowBatch,
  FollowOptions,
  LaneFilter,
  NewCommit,
  ReadOptions,
} from '../event-log.port.js';
import { Belfry } from '../following/bell.js';
import { closedDuring, followPages, readPages, type Page, type PagedLog } from '../following/log-pages.js';
import { laneMatcher } from '../lane-filter.js';
import { closedResult, lostLane, requireEvents, tooLarge } from '../append-answers.js';

const PAGE_COMMITS = 256;
const PAGE_LOOKS = 8192;

/** The log as a list: for tests and for what need not outlive its process. Position n is the n-th commit. */
export class MemoryEventLog implements EventLog {
  readonly logId = randomUUID();
  private readonly commits: LaneCommit[] = [];
  private readonly lasts = new Map<Lane, LaneCommit>();
  private readonly belfry = new Belfry();
  private closed = false;
  private readonly pages: PagedLog = {
    belfry: this.belfry,
    isClosed: () => this.closed,
    page: (range, filter) => this.page(range, filter),
  };

  async append(commit: NewCommit, options?: { readonly signal?: AbortSignal }): Promise<AppendResult> {
    options?.signal?.throwIfAborted();
    requireEvents(commit);
    if (this.closed) return closedResult;
    const bytes = Buffer.byteLength(encodeCommit(commit.events));
    if (bytes > MAX_COMMIT_BYTES) return tooLarge(commit, bytes);
    return this.stored(commit);
  }

  read(options: ReadOptions): AsyncIterable<readonly LaneCommit[]> {
    return readPages(this.pages, { ...options, to: options.to ?? this.headNow() });
  }

  follow(options: FollowOptions): AsyncIterable<FollowBatch> {
    return followPages(this.pages, options);
  }

  async last(lane: Lane): Promise<LaneCommit | undefined> {
    if (this.closed) throw closedDuring('reading');
    return this.lasts.get(lane);
  }

  async head(): Promise<Position> {
    if (this.closed) throw closedDuring('reading');
    return this.headNow();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.belfry.ringAll();
  }

  /** Stores bytes as they are, at the end of a lane: how a test gets a commit into the log that nobody can decode. */
  plant(lane: Lane, bytes: Uint8Array): void {
    this.push(lane, decodeCommit(bytes));
  }

  private stored(commit: NewCommit): AppendResult {
    const last = this.lasts.get(commit.lane);
    const actual = last?.revision ?? EMPTY_LANE;
    if (actual === commit.expected) return { kind: 'appended', ...this.push(commit.lane, asRead(commit.events)) };
    return lostLane(commit, last);
  }

  private push(lane: Lane, events: LaneCommit['events']): { position: Position; revision: LaneCommit['revision'] } {
    const place = { position: position(this.commits.length + 1), revision: revision(this.commits.length + 1) };
    const commit = { lane, ...place, events };
    this.commits.push(commit);
    this.lasts.set(lane, commit);
    this.belfry.ringAll();
    return place;
  }

  private headNow(): Position {
    return this.commits.at(-1)?.position ?? START;
  }

  private page({ after, to = this.headNow() }: Parameters<PagedLog['page']>[0], filter: LaneFilter | undefined): Page {
    const matches = laneMatcher(filter);
    const end = Math.min(to, this.headNow(), after + PAGE_LOOKS);
    const commits: LaneCommit[] = [];
    let at: number = after;
    while (at < end && commits.length < PAGE_COMMITS) {
      const commit = this.commits[at++];
      if (commit && matches(commit.lane)) commits.push(commit);
    }
    return { commits, position: position(at), atHead: at >= Math.min(to, this.headNow()) };
  }
}
