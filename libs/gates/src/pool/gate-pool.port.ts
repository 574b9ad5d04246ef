import type { Isolation } from '@squados/contracts';
import type { JobMap, JobName, JobOutcome } from './job.js';

export interface RunOptions {
  /** Aborting kills the worker that holds the job; the answer is then `aborted`. */
  readonly signal: AbortSignal;
  /** Counted from the moment at which the worker is ready for the job (its tools loaded), not from the call. */
  readonly deadlineMs?: number;
}

/** Runs jobs somewhere that a hostile input cannot hurt. Never rejects: every end is an outcome. */
export interface GatePool {
  readonly isolation: Isolation;
  run<N extends JobName>(
    name: N,
    input: JobMap[N]['input'],
    options: RunOptions,
  ): Promise<JobOutcome<JobMap[N]['output']>>;
  /** Starts the workers and loads what takes them seconds, ahead of the first job. Never rejects. */
  warm(): Promise<void>;
  /** Kills every worker; open jobs answer `aborted`. Calling it twice is safe. */
  close(): Promise<void>;
}
