/** Time as the engine sees it; a test brings its own. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls back once after `ms` (at least 0); the answer takes the call back. */
  after(ms: number, callback: () => void): () => void;
}

/** Node's timers hold at most 2^31-1 ms; a longer wait simply fires early and is armed again. */
const LONGEST_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, callback) => {
    const timer = setTimeout(callback, Math.min(Math.max(ms, 0), LONGEST_MS));
    return () => clearTimeout(timer);
  },
};
