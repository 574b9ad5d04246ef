import type { Clock } from '../clock.port.js';

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  private timers: { readonly at: number; readonly call: () => void }[] = [];

  constructor(private time = Date.parse('2026-01-01T00:00:00Z')) {}

  now(): number {
    return this.time;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.time + ms, call };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((t) => t !== timer);
    };
  }

  /** Timers that wait. */
  get pending(): number {
    return this.timers.length;
  }

  /** Lets `ms` pass: what falls due is called in its order, with room for promises in between. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    for (;;) {
      const due = this.timers.filter((t) => t.at <= end).sort((a, b) => a.at - b.at)[0];
      if (!due) break;
      this.timers = this.timers.filter((t) => t !== due);
      this.time = due.at;
      due.call();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.time = end;
  }
}
