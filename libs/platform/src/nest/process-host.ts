import type { SignalSource } from '../shutdown/stop-signals.js';

/** The process as a service needs it; a test brings its own. */
export interface ServiceHost extends SignalSource {
  readonly env: Readonly<Record<string, string | undefined>>;
  write(line: string): void;
  exit(code: number): void;
  /** Hears an error that nobody caught, and what the runtime warns of; each becomes one line of the log. */
  onTrouble?(crashed: (error: unknown) => void, warned: (warning: Error) => void): void;
}

/** This process. A referenced timer holds it until it is told to stop: agents' own waits let it end. */
export const processHost = (): ServiceHost => {
  setInterval(() => undefined, 2 ** 30);
  return {
    env: process.env,
    on: (signal, listener) => process.on(signal, listener),
    off: (signal, listener) => process.off(signal, listener),
    write: (line) => void process.stderr.write(line),
    exit: (code) => process.exit(code),
    onTrouble: (crashed, warned) => {
      process.on('uncaughtException', crashed);
      process.removeAllListeners('warning').on('warning', warned); // the runtime's own listener prints several lines
    },
  };
};
