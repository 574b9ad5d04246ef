import type { FollowBatch } from '@squados/event-log';
import type { FoldSnapshots } from '../snapshots/fold-snapshots.js';
import type { LogFold } from './fold.js';

/** At the end a snapshot is worth its writing when it saves the next start a fiftieth of the log. */
const WORTH = 50;

/** Taking a snapshot holds up the fold, and with it the lease: of a longer log it is taken at the end alone. Measured: bench/replay. */
const MOST_LIVE = 150_000;

/** Decides when a snapshot is due: after so many commits as the log's length calls for, and at the end. None before the head is reached. */
export class SnapshotPace {
  #since = 0;
  #live = false;

  constructor(
    private readonly snapshots: FoldSnapshots | undefined,
    /** Of several who fold the same log, one keeps snapshots. */
    private readonly mayKeep: () => boolean,
  ) {}

  folded({ commits, atHead }: Pick<FollowBatch, 'commits' | 'atHead'>, fold: LogFold): void {
    this.#since += commits.length;
    this.#live ||= atHead;
    if (this.snapshots === undefined || !this.#live || !this.mayKeep()) return;
    if (fold.folded > MOST_LIVE || this.#since < this.snapshots.distance(fold.folded)) return;
    this.#since = 0;
    void this.snapshots.save(fold);
  }

  async finish(fold: LogFold): Promise<void> {
    if (this.#live && this.mayKeep() && this.#since * WORTH > fold.folded) void this.snapshots?.save(fold);
    await this.snapshots?.saved();
  }
}
