import type { Board } from '@squados/board';
import type { LaneCommit, Position } from '@squados/contracts';
import type { BoardSnapshots } from '../snapshots/board-snapshots.js';

/** Decides when a snapshot is due: after every so many commits, and at the end. */
export class SnapshotPace {
  #since = 0;

  /** Commits up to `restored` came from a snapshot: they are no reason for another. */
  constructor(
    private readonly snapshots: BoardSnapshots | undefined,
    private readonly restored: Position,
  ) {}

  folded(commits: readonly LaneCommit[], board: Board): void {
    this.#since += commits.filter((commit) => commit.position > this.restored).length;
    if (this.snapshots === undefined || this.#since < this.snapshots.every) return;
    this.#since = 0;
    void this.snapshots.save(board);
  }

  async finish(board: Board): Promise<void> {
    if (this.#since > 0) await this.snapshots?.save(board);
  }
}
