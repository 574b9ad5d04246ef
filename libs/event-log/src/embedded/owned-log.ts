/**
 * The log in the process that holds its folder. Owns the lock, the database, the tail, the claims.
 *
 * Invariants:
 * 1. Nobody else writes while the lock is held, so `head` and the tail are kept from this process's own commits.
 * 2. Followers near the head are served from the tail; storage is read only while they catch up.
 * 3. The lock is given back last, after the database is closed.
 */
import type { Lane, LaneCommit, Position } from '@squados/contracts';
import { LeasedClaims } from '../claims/leased-claims.js';
import type {
  AppendResult,
  FollowBatch,
  FollowOptions,
  LaneFilter,
  NewCommit,
  ReadOptions,
} from '../event-log.port.js';
import { Belfry } from '../following/bell.js';
import { CommitTail } from '../following/commit-tail.js';
import { closedDuring, followPages, readPages, type Page, type PagedLog } from '../following/log-pages.js';
import { laneMatcher } from '../lane-filter.js';
import type { WorkClaim } from '../work-claim.port.js';
import { CommitReader } from './commit-reader.js';
import { CommitWriter, type StoredCommit } from './commit-writer.js';
import { hangDoorbell, type Doorbell } from './doorbell.js';
import type { EmbeddedLog } from './embedded-log.js';
import type { FolderLock } from './folder-lock.js';
import { closeWhole, logFile, readLogId, type LogDatabase } from './log-database.js';
import { asLogError } from './sqlite-errors.js';

const BATCH_COMMITS = 256;

export class OwnedLog implements EmbeddedLog {
  readonly mode = 'owner';
  readonly logId: string;
  private readonly reader: CommitReader;
  private readonly writer: CommitWriter;
  private readonly doorbell: Doorbell;
  private readonly belfry = new Belfry();
  private readonly tail: CommitTail;
  private readonly leased = new LeasedClaims(this);
  private headNow: Position;
  private closed = false;
  private readonly pages: PagedLog = {
    belfry: this.belfry,
    isClosed: () => this.closed,
    page: (range, filter) => this.page(range, filter),
  };

  constructor(
    private readonly dir: string,
    private readonly lock: FolderLock,
    private readonly db: LogDatabase,
  ) {
    this.logId = readLogId(db);
    this.reader = new CommitReader(db);
    this.headNow = this.reader.head();
    this.tail = new CommitTail(this.headNow);
    this.doorbell = hangDoorbell(dir);
    this.writer = new CommitWriter({
      db,
      file: logFile(dir),
      reader: this.reader,
      onStored: (stored) => this.publish(stored),
    });
  }

  append(commit: NewCommit, options?: { readonly signal?: AbortSignal }): Promise<AppendResult> {
    return this.writer.append(commit, options?.signal);
  }

  read(options: ReadOptions): AsyncIterable<readonly LaneCommit[]> {
    return readPages(this.pages, { ...options, to: options.to ?? this.headNow });
  }

  follow(options: FollowOptions): AsyncIterable<FollowBatch> {
    return followPages(this.pages, options);
  }

  async last(lane: Lane): Promise<LaneCommit | undefined> {
    if (this.closed) throw closedDuring('reading');
    return this.fromStorage(() => this.reader.last(lane));
  }

  async head(): Promise<Position> {
    if (this.closed) throw closedDuring('reading');
    return this.headNow;
  }

  claims(): WorkClaim {
    return this.leased;
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.writer.close();
    this.closed = true;
    await this.leased.close();
    this.belfry.ringAll();
    this.doorbell.close();
    closeWhole(this.db);
    this.lock.release();
  }

  private publish(stored: readonly StoredCommit[]): void {
    for (const { commit, bytes } of stored) {
      this.tail.push(commit, bytes);
      this.headNow = commit.position;
    }
    this.doorbell.ring(this.headNow);
    this.belfry.ringAll();
  }

  /** Invariant 2. */
  private page({ after, to }: Parameters<PagedLog['page']>[0], filter: LaneFilter | undefined): Page {
    const live = to === undefined ? this.tail.since(after, BATCH_COMMITS) : undefined;
    if (live === undefined) return this.fromStorage(() => this.reader.page({ after, to: to ?? this.headNow }, filter));
    const position = live.at(-1)?.position ?? after;
    const matches = laneMatcher(filter);
    return {
      commits: filter ? live.filter((commit) => matches(commit.lane)) : live,
      position,
      atHead: position >= this.headNow,
    };
  }

  private fromStorage<T>(look: () => T): T {
    try {
      return look();
    } catch (error) {
      throw asLogError(error, logFile(this.dir));
    }
  }
}
