import type { Board } from '@squados/board';
import type { Position } from '@squados/contracts';

/** Keeps boards aside so that a restart folds only the tail. Losing one costs time, never truth. */
export interface BoardSnapshots {
  /** The newest board that this fold version understands and that the log still vouches for; undefined: fold from the start. */
  load(): Promise<Board | undefined>;
  /** Keeps the board as of now. Failing to is logged, not thrown. */
  save(board: Board): Promise<void>;
  /** Commits after which another snapshot is worth its writing. */
  readonly every: number;
}

/** What a snapshot names, so that it is used only on the log it came from. */
export interface SnapshotHeader {
  readonly logId: string;
  readonly position: Position;
  /** Id of the last event of the commit at that position. */
  readonly eventId: string;
}
