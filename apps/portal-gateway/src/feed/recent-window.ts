import { position as at, START, type LaneCommit, type Position } from '@squados/contracts';
import type { FoldObserver, FoldView } from '@squados/orchestrator';

const WINDOW = 150;

/** Knows where the last few commits of the log begin: what a page that was just opened shows first. */
export class RecentWindow implements FoldObserver {
  readonly #positions: Position[] = [];
  #next = 0;
  #last: Position = START;

  folded({ position }: LaneCommit): void {
    this.#positions[this.#next] = position;
    this.#next = (this.#next + 1) % WINDOW;
    this.#last = position;
  }

  /** A fold that began with a snapshot has seen few commits, or none. */
  headReached({ position }: Pick<FoldView, 'position'>): void {
    this.#last = position;
  }

  /** Read after it. Where fewer were seen, what lies as far back holds at most as many. */
  get start(): Position {
    const seen = this.#positions.length < WINDOW ? undefined : this.#positions[this.#next];
    return seen ?? at(Math.max(START, this.#last - WINDOW));
  }
}
