import type { LaneCommit } from '@squados/contracts';
import type { AppendResult, EventLog, FollowBatch, FollowOptions, NewCommit, ReadOptions } from './event-log.port.js';
import type { Work, WorkClaim, WorkSource } from './work-claim.port.js';

/** Told of what one process does with a log: for metrics. It never throws and never waits. */
export interface LogObserver {
  /** This process's append recorded it. */
  appended(commit: NewCommit): void;
  /** Another writer was ahead; nothing was recorded. */
  conflicted(commit: NewCommit): void;
  /** A batch goes to who folds the log … */
  delivered(batch: FollowBatch): void;
  /** … who comes back for the next one. */
  folded(batch: FollowBatch): void;
  /** Work came into the hands of this process. */
  taken(commit: LaneCommit): void;
}

/** The same log, watched: every append, and the follower of everything, which is what the process folds. */
export const observeLog = (log: EventLog, observer: LogObserver): EventLog => new ObservedLog(log, observer);

/** The same claims, and the observer hears of every piece that is taken. */
export const observeClaims = (claims: WorkClaim, observer: Pick<LogObserver, 'taken'>): WorkClaim => ({
  provision: (agent, after) => claims.provision(agent, after),
  open: async (options) => observedSource(await claims.open(options), observer),
  close: () => claims.close(),
});

const observedSource = (source: WorkSource, observer: Pick<LogObserver, 'taken'>): WorkSource => ({
  take: async (max, signal): Promise<readonly Work[]> => {
    const works = await source.take(max, signal);
    for (const { commit } of works) observer.taken(commit);
    return works;
  },
  close: () => source.close(),
});

class ObservedLog implements EventLog {
  constructor(
    private readonly log: EventLog,
    private readonly observer: LogObserver,
  ) {}

  get logId(): string {
    return this.log.logId;
  }

  async append(commit: NewCommit, options?: { readonly signal?: AbortSignal }): Promise<AppendResult> {
    const result = await this.log.append(commit, options);
    if (result.kind === 'appended') this.observer.appended(commit);
    if (result.kind === 'conflict') this.observer.conflicted(commit);
    return result;
  }

  read(options: ReadOptions): AsyncIterable<readonly LaneCommit[]> {
    return this.log.read(options);
  }

  follow(options: FollowOptions): AsyncIterable<FollowBatch> {
    return options.filter === undefined ? this.watched(this.log.follow(options)) : this.log.follow(options);
  }

  last(lane: LaneCommit['lane']): Promise<LaneCommit | undefined> {
    return this.log.last(lane);
  }

  head(): ReturnType<EventLog['head']> {
    return this.log.head();
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private async *watched(batches: AsyncIterable<FollowBatch>): AsyncGenerator<FollowBatch> {
    for await (const batch of batches) {
      this.observer.delivered(batch);
      yield batch;
      this.observer.folded(batch);
    }
  }
}
