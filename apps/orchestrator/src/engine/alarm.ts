import type { Clock } from './clock.port.js';

/** One timer, armed again and again; the last arming counts. */
export class Alarm {
  #cancel: (() => void) | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly ring: () => void,
  ) {}

  /** At an absolute time (epoch milliseconds); undefined disarms. */
  at(time: number | undefined): void {
    this.disarm();
    if (time === undefined) return;
    this.#cancel = this.clock.after(time - this.clock.now(), () => {
      this.#cancel = undefined;
      this.ring();
    });
  }

  disarm(): void {
    this.#cancel?.();
    this.#cancel = undefined;
  }
}
