import { spawn, type ChildProcess } from 'node:child_process';
import { InstallProblem, problemOf } from './install-problem.js';

export interface Step {
  /** For people: `fetching the modules`. */
  readonly title: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** Added to the environment; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Whom it runs as; only root may say. */
  readonly as?: { readonly uid: number; readonly gid: number };
}

/** Owns one child and its process group, from start to end. */
interface Running {
  readonly child: ChildProcess;
  output: string;
}

const endGroup = ({ child }: Running, signal: NodeJS.Signals): void => {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, signal);
  } catch {
    // The group is gone: nothing is left to end.
  }
};

/** Characters of output: a version number needs few, an error's cause stands at the end. */
const KEPT = 16_384;
const GRACE_MS = 3_000;

/** Runs one program of an install to its end. Answers its output; throws an InstallProblem when it fails or is stopped. */
export const runStep = (step: Step, signal: AbortSignal): Promise<string> => {
  if (signal.aborted) return Promise.reject(stopped(step));
  const [program, ...args] = step.command;
  const child = spawn(program, args, {
    cwd: step.cwd,
    env: { ...process.env, ...step.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...step.as,
  });
  const running: Running = { child, output: '' };
  const take = (chunk: Buffer): void => void (running.output = (running.output + chunk.toString('utf8')).slice(-KEPT));
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  return untilOver(running, step, signal);
};

const stopped = (step: Step): InstallProblem =>
  new InstallProblem('stopped', `${step.title}: stopped`, ['run it again: it goes on from what was fetched']);

const untilOver = (running: Running, step: Step, signal: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    let kill: NodeJS.Timeout | undefined;
    const stop = (): void => {
      endGroup(running, 'SIGTERM');
      kill = setTimeout(() => endGroup(running, 'SIGKILL'), GRACE_MS);
    };
    signal.addEventListener('abort', stop, { once: true });
    const over = (): void => {
      clearTimeout(kill);
      signal.removeEventListener('abort', stop);
    };
    running.child.once('error', (error) => {
      over();
      reject(problemOf(step.title, `${step.command[0]} could not be started (${error.message})`, running.output));
    });
    running.child.once('close', (code, by) => {
      over();
      if (signal.aborted) reject(stopped(step));
      else if (code === 0) resolve(running.output);
      else reject(problemOf(step.title, `ended with ${code ?? by ?? 'no code'}`, running.output));
    });
  });
