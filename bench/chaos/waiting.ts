import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 250;

/** Waits, or less when told; never rejects. */
export const quiet = (ms: number, signal: AbortSignal): Promise<void> =>
  delay(ms, undefined, { signal }).catch(() => undefined);

/** Until somebody looks again. */
export const aLook = (signal: AbortSignal): Promise<void> => quiet(LOOK_MS, signal);

const forever = new AbortController().signal;

export interface Awaited {
  readonly what: string;
  readonly boundMs: number;
  readonly signal?: AbortSignal;
}

/** Waits for a condition. @throws Error when it is not met in time; the signal's reason */
export const untilHolds = async ({ what, boundMs, signal = forever }: Awaited, holds: () => boolean): Promise<void> => {
  const end = performance.now() + boundMs;
  while (!holds()) {
    signal.throwIfAborted();
    if (performance.now() > end) throw new Error(`not within ${boundMs / 1000} s: ${what}`);
    await delay(LOOK_MS);
  }
};
