import { spawn, type ChildProcess } from 'node:child_process';

/** One of our services as a process of its own, and what it says. */
export interface ServiceProcess {
  readonly pid: number;
  /** The lines so far that hold a text. */
  lines(text: string): readonly string[];
  /** Ends it and waits for that; SIGKILL unless told otherwise. Answers its exit code, null when a signal ended it. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
  readonly isOver: boolean;
}

export const startService = (bundle: string, env: Readonly<Record<string, string>>): ServiceProcess => {
  const child: ChildProcess = spawn(process.execPath, [bundle], {
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const over = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  return {
    pid: child.pid ?? 0,
    lines: (text) => said.split('\n').filter((line) => line.includes(text)),
    end: (signal = 'SIGKILL') => {
      child.kill(signal);
      return over;
    },
    get isOver() {
      return child.exitCode !== null || child.signalCode !== null;
    },
  };
};
