type Step<T> = (signal: AbortSignal) => Promise<T>;

/** Runs one step after the other. An interruption aborts the one that runs and those that wait, and comes right after them. */
export class InTurn {
  #turn: Promise<unknown> = Promise.resolve();
  #interrupted = new AbortController();

  run<T>(step: Step<T>, signal: AbortSignal): Promise<T> {
    const either = AbortSignal.any([signal, this.#interrupted.signal]);
    const done = this.#turn.then(() => step(either));
    this.#turn = done.catch(() => undefined);
    return done;
  }

  interrupt<T>(step: () => Promise<T>): Promise<T> {
    this.#interrupted.abort();
    this.#interrupted = new AbortController();
    return this.run(step, new AbortController().signal);
  }
}
