import type { Readable } from 'node:stream';
import type { Isolation } from '@squados/contracts';

/** Bounds of one run. Every one of them is enforced by every driver, or the driver says in its report that it can't. */
export interface SandboxLimits {
  /** Milliseconds on the clock, until everything inside is killed. */
  readonly wallMs: number;
  /** Seconds of CPU, all processes together. */
  readonly cpuSeconds: number;
  /** Megabytes of memory, all processes together. */
  readonly memoryMb: number;
  /** Processes and threads, all together. */
  readonly processes: number;
  /** Megabytes that the private directory may grow to. */
  readonly diskMb: number;
  /** Kilobytes kept of stdout and of stderr each; the rest is counted and dropped. */
  readonly outputKb: number;
}

/** What is said to a run while it goes on, and heard of it at once. */
export interface SandboxTalk {
  /** Reaches the standard input as it comes; its end is the input's end. */
  readonly input: Readable;
  /** Each piece of the standard output, in order. Nothing of it is kept for the outcome then, and `outputKb` bounds stderr alone. */
  heard(text: string): void;
}

export interface SandboxRequest {
  /** Program and arguments, no shell. A program is a path inside the sandbox or a name found in `env.PATH`. */
  readonly command: readonly [string, ...string[]];
  /** Path below the private directory → text. Safe relative paths only; a path that leaves the directory is an error. */
  readonly files: ReadonlyMap<string, string>;
  /**
   * Folders of the host (toolchains), read-only inside. `at` is absolute, or relative to the private directory (`/private` in a namespace). Plain
   * limits can show a folder only at its own place or, as a link, below the private directory: prefer those two.
   */
  readonly mounts?: readonly { readonly from: string; readonly at: string }[];
  /** The whole environment: nothing of the host's is inherited. PATH, HOME, TMPDIR and LANG have defaults. */
  readonly env?: Readonly<Record<string, string>>;
  /** Below the private directory; default: the directory itself. */
  readonly cwd?: string;
  readonly limits?: Partial<SandboxLimits>;
  /** Paths below the private directory to bring back after the end (reports, coverage): regular files only. */
  readonly collect?: readonly string[];
  /** Extra text on the standard input; default: none, closed. */
  readonly stdin?: string;
  /** A conversation instead of `stdin` and of an output that is read at the end. */
  readonly talk?: SandboxTalk;
}

interface Ran {
  readonly stdout: string;
  readonly stderr: string;
  /** Bytes that were dropped because of `outputKb`. */
  readonly droppedBytes: number;
  readonly durationMs: number;
  readonly isolation: Isolation;
  /** What `collect` named and was there, as UTF-8 (at most 16 MB each). */
  readonly collected: ReadonlyMap<string, string>;
  /** What was odd about collected files: cut, no regular file, invalid UTF-8 that was replaced. */
  readonly notes?: readonly string[];
}

export type SandboxOutcome =
  | (Ran & { readonly kind: 'exited'; readonly exitCode: number })
  /** Stopped by a bound; `limit` names it. */
  | (Ran & { readonly kind: 'limited'; readonly limit: keyof SandboxLimits | 'signal'; readonly message: string })
  /** The caller's signal was aborted. */
  | { readonly kind: 'aborted' }
  /** No driver reaches the level that is asked for, or a mount or program isn't there. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** One thing that the probe inside tried, and what came of it. */
export interface IsolationCheck {
  /** `outside-files`, `network`, `environment`, `host-processes`, `own-uid`, `memory-bound`, `process-bound`, `disk-bound`, `orphans-die`, … */
  readonly name: string;
  readonly held: boolean;
  /** What held it, or what got through. */
  readonly by: string;
}

/** Measured by a probe that runs inside, once per process; not assumed. */
export interface IsolationReport extends Isolation {
  readonly driver: 'bubblewrap' | 'unshare' | 'plain';
  readonly checks: readonly IsolationCheck[];
  /** Why a better driver was not taken; empty for the best one. */
  readonly passedOver: readonly { readonly driver: string; readonly reason: string }[];
}

/**
 * Runs code that nobody trusts: no key, no network, nothing of the host's to see, bounded in everything. Loopback inside is the
 * sandbox's own, so a service and its client can be run by one command. Whatever was started is gone when `run` answers.
 */
export interface Sandbox {
  run(request: SandboxRequest, signal: AbortSignal): Promise<SandboxOutcome>;
  isolation(): Promise<IsolationReport>;
}

export const DEFAULT_LIMITS: SandboxLimits = {
  wallMs: 120_000,
  cpuSeconds: 240,
  memoryMb: 2_048,
  processes: 256,
  diskMb: 512,
  outputKb: 256,
};
