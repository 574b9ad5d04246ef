import type { FoldObserver, FoldView } from '@squados/orchestrator';
import { isOver } from './run-outcome.js';

/** Resolves when the project is over, once the rebuild has shown the present. */
export class UntilOver implements FoldObserver {
  readonly over: Promise<void>;
  #resolve: () => void = () => undefined;
  #live = false;

  constructor() {
    this.over = new Promise((resolve) => (this.#resolve = resolve));
  }

  folded(_commit: unknown, fold: FoldView): void {
    if (this.#live && isOver(fold)) this.#resolve();
  }

  headReached(fold: FoldView): void {
    this.#live = true;
    if (isOver(fold)) this.#resolve();
  }
}
