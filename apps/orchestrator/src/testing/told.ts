import type { LaneCommit } from '@squados/contracts';
import type { FoldObserver } from '../engine/fold-observer.js';
import { LogFold } from '../engine/fold.js';

/** Folds a log for one observer as the engine does: history, then the head, then what comes. */
export class Told {
  readonly fold = new LogFold();
  #next = 0;

  constructor(
    private readonly commits: readonly LaneCommit[],
    private readonly observer: FoldObserver,
  ) {}

  /** Everything that came since. */
  news(): void {
    for (; this.#next < this.commits.length; this.#next++) {
      const commit = this.commits[this.#next];
      if (commit === undefined) return;
      this.fold.apply(commit);
      this.observer.folded(commit, this.fold);
    }
  }

  head(): void {
    this.observer.headReached?.(this.fold);
  }
}
