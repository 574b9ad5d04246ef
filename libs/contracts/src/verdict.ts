import type { Sha256 } from './ids.js';

export type Outcome = 'pass' | 'fail' | 'refer';

/** One thing a gate found: where, and what to do about it. Lines count from 1. */
export interface Finding {
  readonly path?: string;
  readonly line?: number;
  readonly rule?: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

/** How well the checked code was walled in: level 0 none (trusted, in process), 1 plain limits, 2 namespaces. Measured, not assumed. */
export interface Isolation {
  readonly level: 0 | 1 | 2;
  readonly by: string;
}

/** What one gate said of one attempt. `refer` means it could not run here; it is never a pass. */
export interface Verdict {
  readonly gate: string;
  readonly profile: 'quick' | 'full';
  readonly outcome: Outcome;
  readonly required: boolean;
  /** What was executed, in words that a person can repeat. */
  readonly command: string;
  readonly exitCode?: number;
  /** Milliseconds, wall clock. */
  readonly durationMs: number;
  /** One line: what was checked and how it came out; with `refer`, what to install. */
  readonly summary: string;
  /** At most 4,000 characters of what the tool printed. */
  readonly excerpt?: string;
  /** At most 50. */
  readonly findings?: readonly Finding[];
  readonly isolation: Isolation;
  /** Hash of each file that was looked at. */
  readonly inputs?: Readonly<Record<string, Sha256>>;
}

/**
 * What stands at the end of an attempt: of each gate the last verdict. An author that mends its work in the same attempt is judged
 * again by every gate, and what was said of the version before holds no longer.
 */
export const standingVerdicts = (verdicts: readonly Verdict[]): readonly Verdict[] => [
  ...new Map(verdicts.map((verdict) => [verdict.gate, verdict])).values(),
];
