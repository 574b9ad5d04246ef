import type { Clock } from '../engine/clock.port.js';

interface Timer {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that a test turns by hand. */
export class HandClock implements Clock {
  #now = 1_000_000;
  #timers: readonly Timer[] = [];

  now(): number {
    return this.#now;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + Math.max(ms, 0), callback };
    this.#timers = [...this.#timers, timer];
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  }

  /** How long until the earliest timer, in milliseconds; undefined: none is armed. */
  get nextIn(): number | undefined {
    const times = this.#timers.map((timer) => timer.at - this.#now);
    return times.length === 0 ? undefined : Math.min(...times);
  }

  turn(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.#now);
    this.#timers = this.#timers.filter((timer) => timer.at > this.#now);
    for (const timer of due) timer.callback();
  }
}
