import { setTimeout as delay } from 'node:timers/promises';

/** Waits for a condition, with a bound; looks again every few milliseconds. */
export const until = async (what: string, condition: () => boolean, boundMs = 30_000): Promise<void> => {
  const end = performance.now() + boundMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within ${boundMs} ms: ${what}`);
    await delay(2);
  }
};

/** What a promise resolves to, or an error when it takes longer than the bound. */
export const within = async <T>(what: string, promise: Promise<T>, boundMs = 30_000): Promise<T> => {
  const late = new AbortController();
  const bound = delay(boundMs, undefined, { signal: late.signal }).then(
    () => Promise.reject(new Error(`not within ${boundMs} ms: ${what}`)),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, bound]);
  } finally {
    late.abort();
  }
};
