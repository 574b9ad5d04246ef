import { execFile } from 'node:child_process';
import { commandAs, type Account } from '../run-as.js';

export interface Once {
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
}

export type OnceResult =
  { readonly ok: true } | { readonly ok: false; readonly message: string; readonly excerpt: string };

const MAX_OUTPUT = 4 * 1024 * 1024;
const EXCERPT = 4_000;

/** Runs a program to its end as the product's account; killed when the signal is aborted or its time is up. */
export const runOnce = (account: Account, once: Once, signal: AbortSignal): Promise<OnceResult> =>
  new Promise((resolve) => {
    const [program, ...args] = commandAs(account, once.command);
    const options = {
      cwd: once.cwd,
      env: once.env as NodeJS.ProcessEnv,
      signal,
      timeout: once.timeoutMs,
      killSignal: 'SIGKILL' as const,
      maxBuffer: MAX_OUTPUT,
    };
    execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve({ ok: true });
      const excerpt = `${stdout}\n${stderr}`.trim().slice(-EXCERPT);
      resolve({
        ok: false,
        message: `${once.command[0]} ended with ${String(error.code ?? error.signal ?? error.message)}`,
        excerpt,
      });
    });
  });
