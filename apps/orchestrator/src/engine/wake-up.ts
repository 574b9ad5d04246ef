/** A doorbell that remembers one ring: rings while nobody waits are answered by the next wait at once. */
export class WakeUp {
  #rung = false;
  #waiting: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#waiting?.();
  }

  /** Resolves at the next ring, or when the signal aborts. One waiter at a time. */
  async wait(signal: AbortSignal): Promise<void> {
    if (!this.#rung && !signal.aborted) await this.#untilRung(signal);
    this.#rung = false;
  }

  #untilRung(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#waiting = undefined;
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#waiting = done;
      signal.addEventListener('abort', done, { once: true });
    });
  }
}
