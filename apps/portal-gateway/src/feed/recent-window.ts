import { START, type LaneCommit, type Position } from '@squados/contracts';
import type { FoldObserver } from '@squados/orchestrator';

const WINDOW = 150;

/** Knows where the last few commits of the log begin: what a page that was just opened shows first. */
export class RecentWindow implements FoldObserver {
  readonly #positions: Position[] = [];
  #next = 0;

  folded({ position }: LaneCommit): void {
    this.#positions[this.#next] = position;
    this.#next = (this.#next + 1) % WINDOW;
  }

  /** Read after it. */
  get start(): Position {
    return this.#positions.length < WINDOW ? START : (this.#positions[this.#next] ?? START);
  }
}
