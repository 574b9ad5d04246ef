/**
 * The log in a process that does not hold its folder. Owns its own connection and the watch of the doorbell.
 *
 * Invariants:
 * 1. It writes only while it holds the folder's lock, which it takes for as long as its appends are under way.
 * 2. It keeps nothing in memory that another process could make stale.
 */
import type { Lane, LaneCommit, Position } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { AppendResult, FollowBatch, FollowOptions, NewCommit, ReadOptions } from '../event-log.port.js';
import { Belfry } from '../following/bell.js';
import { closedDuring, followPages, readPages, type PagedLog } from '../following/log-pages.js';
import { onAbort } from '../on-abort.js';
import { closedResult } from '../append-answers.js';
import type { WorkClaim } from '../work-claim.port.js';
import { CommitReader } from './commit-reader.js';
import { CommitWriter } from './commit-writer.js';
import { hangDoorbell, watchDoorbell } from './doorbell.js';
import type { EmbeddedLog } from './embedded-log.js';
import { lockFolder, type FolderLock } from './folder-lock.js';
import { logFile, readLogId, type LogDatabase } from './log-database.js';
import { asLogError } from './sqlite-errors.js';

export class VisitedLog implements EmbeddedLog {
  readonly mode = 'reader';
  readonly logId: string;
  private readonly reader: CommitReader;
  private readonly writer: CommitWriter;
  private readonly belfry = new Belfry();
  private lock: FolderLock | undefined;
  private appends = 0;
  private closed = false;
  private readonly followers = new Set<object>();
  private unwatch: (() => void) | undefined;
  private watchFailure: EventLogError | undefined;
  private readonly pages: PagedLog = {
    belfry: this.belfry,
    isClosed: () => this.closed,
    page: ({ after, to }, filter) => this.look(() => this.reader.page({ after, to: to ?? this.reader.head() }, filter)),
  };

  constructor(
    private readonly dir: string,
    private readonly db: LogDatabase,
  ) {
    this.logId = readLogId(db);
    this.reader = new CommitReader(db);
    this.writer = new CommitWriter({ db, file: logFile(dir), reader: this.reader, onStored: () => this.ring() });
  }

  async append(commit: NewCommit, options?: { readonly signal?: AbortSignal }): Promise<AppendResult> {
    if (this.closed) return closedResult;
    const refusal = this.takeFolder();
    if (refusal) return refusal;
    this.appends++;
    try {
      return await this.writer.append(commit, options?.signal);
    } finally {
      if (--this.appends === 0) this.giveFolder();
    }
  }

  read(options: ReadOptions): AsyncIterable<readonly LaneCommit[]> {
    return readPages(this.pages, { ...options, to: options.to ?? this.look(() => this.reader.head()) });
  }

  async *follow(options: FollowOptions): AsyncGenerator<FollowBatch> {
    if (this.closed || options.signal.aborted) return;
    const unwatch = this.watch();
    // Not only at the end: a follower that was aborted may never be asked for another batch.
    const unlink = onAbort(options.signal, unwatch);
    try {
      yield* followPages(this.pages, options);
    } finally {
      unlink();
      unwatch();
    }
  }

  async last(lane: Lane): Promise<LaneCommit | undefined> {
    return this.look(() => this.reader.last(lane));
  }

  async head(): Promise<Position> {
    return this.look(() => this.reader.head());
  }

  claims(): WorkClaim {
    throw new EventLogError(
      'permission',
      `${this.dir} was opened to read: claims are the owner's, open it with mode owner`,
    );
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.writer.close();
    this.closed = true;
    this.giveFolder();
    this.belfry.ringAll();
    this.endWatch();
    this.db.close();
  }

  /** Invariant 1. A refusal when another process holds the folder. */
  private takeFolder(): AppendResult | undefined {
    try {
      this.lock ??= lockFolder(this.dir);
      return undefined;
    } catch (error) {
      if (!(error instanceof EventLogError) || error.code !== 'log-locked') throw error;
      return { kind: 'refused', code: 'read-only', message: `${error.message}, or send the command to that process` };
    }
  }

  /** One watch for all followers: each event of the file system would else ring every bell once per follower. */
  private watch(): () => void {
    this.unwatch ??= watchDoorbell(this.dir, {
      onRing: () => this.belfry.ringAll(),
      onError: (error) => {
        this.watchFailure = error;
        this.belfry.ringAll();
      },
    });
    const follower = {};
    this.followers.add(follower);
    return () => {
      this.followers.delete(follower);
      if (this.followers.size === 0) this.endWatch();
    };
  }

  private endWatch(): void {
    this.unwatch?.();
    this.unwatch = undefined;
  }

  private giveFolder(): void {
    this.lock?.release();
    this.lock = undefined;
  }

  private ring(): void {
    const doorbell = hangDoorbell(this.dir);
    doorbell.ring(this.reader.head());
    doorbell.close();
    this.belfry.ringAll();
  }

  private look<T>(at: () => T): T {
    if (this.closed) throw closedDuring('reading');
    if (this.watchFailure) throw this.watchFailure;
    try {
      return at();
    } catch (error) {
      throw asLogError(error, logFile(this.dir));
    }
  }
}
