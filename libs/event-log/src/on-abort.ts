import { LateSignal } from './late-signal.js';

/** What waits on each signal. One listener per signal: hundreds of appends may share one, and Node warns from the eleventh on. */
const waiting = new WeakMap<AbortSignal, Set<() => void>>();

const begin = (signal: AbortSignal): Set<() => void> => {
  const callbacks = new Set<() => void>();
  waiting.set(signal, callbacks);
  const run = (): void => {
    for (const callback of [...callbacks]) callback();
  };
  signal.addEventListener('abort', run, { once: true });
  return callbacks;
};

/** What may tell a wait to end; `onAbort` listens to either. */
export type AnySignal = AbortSignal | LateSignal;

/** Calls back once when the signal aborts, at once when it has; answers how to stop waiting, after which nothing is kept. */
export const onAbort = (signal: AnySignal, callback: () => void): (() => void) => {
  if (signal instanceof LateSignal) return signal.onAbort(callback);
  if (signal.aborted) {
    callback();
    return () => undefined;
  }
  const callbacks = waiting.get(signal) ?? begin(signal);
  const once = (): void => {
    callbacks.delete(once);
    callback();
  };
  callbacks.add(once);
  return () => void callbacks.delete(once);
};
