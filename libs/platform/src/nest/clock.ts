import { randomUUID } from 'node:crypto';

/** Time from outside of the domain. */
export interface WallClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `ms`; the answer takes the call back. Keeps no process alive. */
  after(ms: number, call: () => void): () => void;
}

const LONGEST_MS = 2_147_483_647;

export const systemClock: WallClock = {
  now: () => Date.now(),
  after: (ms, call) => {
    const timer = setTimeout(call, Math.min(Math.max(ms, 0), LONGEST_MS));
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Id of an event: drawn once and kept over retries of its append. */
export const newEventId = (): string => randomUUID();
