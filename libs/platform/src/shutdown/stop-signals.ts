const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
export type StopSignal = (typeof SIGNALS)[number];

export interface SignalSource {
  on(signal: StopSignal, listener: () => void): unknown;
  off(signal: StopSignal, listener: () => void): unknown;
}

/**
 * Calls `stop` with the first SIGINT or SIGTERM and `hurry` with any further one: who asks twice doesn't want to wait.
 * The answer takes the listeners away.
 */
export const onStopSignal = (
  source: SignalSource,
  stop: (signal: StopSignal) => void,
  hurry: () => void,
): (() => void) => {
  let asked = false;
  const listeners = SIGNALS.map((signal) => {
    const listener = (): void => {
      if (asked) hurry();
      else stop(signal);
      asked = true;
    };
    source.on(signal, listener);
    return { signal, listener };
  });
  return () => {
    for (const { signal, listener } of listeners) source.off(signal, listener);
  };
};
