import { START, type Position } from '@squados/contracts';

interface Waiter {
  readonly at: Position;
  readonly resolve: () => void;
}

/** How far a fold has come, for those who must see their own append before they go on. */
export class FoldProgress {
  #reached: Position = START;
  #waiters: readonly Waiter[] = [];
  #ended = false;

  reached(at: Position): void {
    this.#reached = at;
    const [due, later] = split(this.#waiters, at);
    this.#waiters = later;
    for (const waiter of due) waiter.resolve();
  }

  /** Resolves once everything up to `at` is folded, or when the fold has ended for good. */
  until(at: Position): Promise<void> {
    if (at <= this.#reached || this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      this.#waiters = [...this.#waiters, { at, resolve }];
    });
  }

  end(): void {
    this.#ended = true;
    for (const waiter of this.#waiters) waiter.resolve();
    this.#waiters = [];
  }
}

const split = (waiters: readonly Waiter[], at: Position): readonly [readonly Waiter[], readonly Waiter[]] => [
  waiters.filter((waiter) => waiter.at <= at),
  waiters.filter((waiter) => waiter.at > at),
];
