import type { Clock } from '../engine/clock.port.js';

/**
 * Runs slow work some time after it was asked for, however often it was asked meanwhile; never two at once.
 * `finish` runs what is outstanding now.
 */
export class Debounce {
  #cancel: (() => void) | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: { readonly clock: Clock; readonly delayMs: number; readonly work: () => Promise<void> },
  ) {}

  ask(): void {
    const { clock, delayMs } = this.options;
    this.#cancel ??= clock.after(delayMs, () => this.#start());
  }

  async finish(): Promise<void> {
    if (this.#cancel !== undefined) this.#start();
    await this.#running;
  }

  #start(): void {
    this.#cancel?.();
    this.#cancel = undefined;
    this.#running = this.#running.then(() => this.options.work());
  }
}
