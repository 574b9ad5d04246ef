import { EXIT } from '../exit-codes.js';

export interface Interrupts {
  /** Resolves with the first Ctrl-C or SIGTERM. */
  readonly first: Promise<void>;
  /** Gives the signals back. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** One Ctrl-C arrives several times: the terminal tells the whole group, and npm and `npm start` pass it on. */
const SAME_PRESS_MS = 400;

const PROCESS = { now: () => Date.now(), exit: (code: number): void => process.exit(code) };

/** The first signal asks for a clean end; a second one ends the process at once: the log stands both. */
export const interrupts = (say: (text: string) => void, { now, exit } = PROCESS): Interrupts => {
  let heardAt: number | undefined;
  let resolve: () => void = () => undefined;
  const first = new Promise<void>((done) => (resolve = done));
  const hear = (): void => {
    if (heardAt !== undefined) {
      if (now() - heardAt > SAME_PRESS_MS) exit(EXIT.stopped);
      return;
    }
    heardAt = now();
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
