import type { Isolation } from '@squados/contracts';
import type { StepReports } from '../run-report.js';

/** What of a project is to be checked without executing any of it. */
export interface CheckJob {
  readonly project: ReadonlyMap<string, string>;
  readonly tsconfigs: readonly string[];
  /** Files to lint; asked when its turn has come, since what goes before may make some unneeded. */
  lint(): readonly string[];
}

/** How a job ended. */
export type CheckAnswer =
  | { readonly kind: 'checked'; readonly reports: StepReports; readonly isolation: Isolation }
  /** It can't be checked without executing something of it, or it is none that can be laid out: it needs a run of its own. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** Stopped before it had spoken; the reason is in words. */
  | { readonly kind: 'stopped'; readonly reason: string; readonly stderr: string; readonly isolation: Isolation }
  | { readonly kind: 'unavailable'; readonly reason: string }
  | { readonly kind: 'aborted' };
