import { EXIT } from '../exit-codes.js';

export interface Interrupts {
  /** Resolves with the first Ctrl-C or SIGTERM. */
  readonly first: Promise<void>;
  /** Gives the signals back. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** The first signal asks for a clean end; a second one ends the process at once: the log stands both. */
export const interrupts = (say: (text: string) => void): Interrupts => {
  let heard = 0;
  let resolve: () => void = () => undefined;
  const first = new Promise<void>((done) => (resolve = done));
  const hear = (): void => {
    heard += 1;
    if (heard > 1) process.exit(EXIT.stopped);
    say('stopping: open attempts are handed back (once more: at once)');
    resolve();
  };
  for (const signal of SIGNALS) process.on(signal, hear);
  return {
    first,
    release: () => {
      for (const signal of SIGNALS) process.removeListener(signal, hear);
    },
  };
};
