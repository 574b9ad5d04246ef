import type { FoldObserver, FoldView } from '../index.js';

/** Waits for the fold to show something, without polling; a test's own time-out is the bound. */
export class FoldWatch implements FoldObserver {
  #fold: FoldView | undefined;
  #waiting: { readonly holds: (fold: FoldView) => boolean; readonly resolve: () => void }[] = [];

  folded(_commit: unknown, fold: FoldView): void {
    this.#fold = fold;
    this.#look(fold);
  }

  headReached(fold: FoldView): void {
    this.#fold = fold;
    this.#look(fold);
  }

  until(holds: (fold: FoldView) => boolean): Promise<void> {
    if (this.#fold && holds(this.#fold)) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ holds, resolve }));
  }

  #look(fold: FoldView): void {
    const due = this.#waiting.filter((waiter) => waiter.holds(fold));
    this.#waiting = this.#waiting.filter((waiter) => !due.includes(waiter));
    for (const waiter of due) waiter.resolve();
  }
}
