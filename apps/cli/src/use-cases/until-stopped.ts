const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Stoppable {
  /** Aborted by the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal;
  /** Gives the signals back. */
  release(): void;
}

/** For commands that hold nothing open: a signal stops what runs, and nothing is left to hand back. */
export const untilStopped = (): Stoppable => {
  const controller = new AbortController();
  const hear = (): void => controller.abort();
  for (const name of SIGNALS) process.on(name, hear);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of SIGNALS) process.removeListener(name, hear);
    },
  };
};
