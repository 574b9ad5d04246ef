import type { LaneCommit } from '@squados/contracts';
import type { FoldView } from './fold.js';

/**
 * Something that keeps up with the log beside the engine: a file, a tree, a webhook. It never throws and never blocks:
 * slow work is started here and finished in `close`.
 */
export interface FoldObserver {
  /**
   * Every commit once, in order, after it was folded; history first, as far as no snapshot stands for it. No effects before
   * `headReached`.
   */
  folded(commit: LaneCommit, fold: FoldView): void;
  /** The rebuild is over: from now on effects are allowed. Called once. */
  headReached?(fold: FoldView): void;
  /** Finishes what was begun; calling it twice is safe. */
  close?(): Promise<void>;
}
