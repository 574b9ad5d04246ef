import type { Isolation } from '@squados/contracts';
import type { Gate } from '@squados/agent-runtime';
import type { CheckReport, JobOutcome } from './job.js';
import { clip, MAX_EXCERPT, oneLine } from './report.js';

export type GateVerdict = Awaited<ReturnType<Gate['run']>>;

export interface Told {
  /** In words that a person can repeat. */
  readonly command: string;
  readonly isolation: Isolation;
}

const NOTHING_RAN: Isolation = { level: 0, by: 'nothing was executed' };

export const refer = (told: Told, summary: string): GateVerdict => ({
  outcome: 'refer',
  command: told.command,
  summary: oneLine(summary),
  isolation: NOTHING_RAN,
});

export const fail = (told: Told, summary: string): GateVerdict => ({
  outcome: 'fail',
  command: told.command,
  summary: oneLine(summary),
  findings: [{ severity: 'error', rule: 'check-not-survived', message: clip(summary, 1_000) }],
  isolation: told.isolation,
});

/** A finding that was made before any process was asked (a file missing, too large, not text). */
export const failEarly = (told: Told, report: CheckReport): GateVerdict => ({
  ...ofReport(told, report),
  isolation: NOTHING_RAN,
});

export const ofReport = (told: Told, report: CheckReport): GateVerdict => ({
  outcome: report.outcome,
  command: told.command,
  exitCode: report.outcome === 'pass' ? 0 : 1,
  summary: report.summary,
  ...(report.excerpt === undefined ? {} : { excerpt: clip(report.excerpt, MAX_EXCERPT) }),
  ...(report.findings.length > 0 ? { findings: report.findings } : {}),
  isolation: told.isolation,
});

/**
 * A job's end as a verdict. The input's doing (crash, hang) is `fail`; a package or worker that is not there is `refer`, with what to
 * install. Nothing but a finished check passes.
 */
export const verdictOf = (told: Told, outcome: JobOutcome<CheckReport | undefined>): GateVerdict => {
  switch (outcome.kind) {
    case 'done':
      return outcome.value ? ofReport(told, outcome.value) : refer(told, 'the worker gave no report for this check');
    case 'crashed':
      return fail(told, `the check did not survive this input: ${outcome.message}. Make the file smaller or plainer.`);
    case 'timeout':
      return fail(
        told,
        `the check was still busy after ${outcome.afterMs} ms and was stopped: look for a statement, pattern or nesting without end.`,
      );
    case 'missing':
      return refer(told, `package ${outcome.what} is not installed: run "npm install" in the folder of SquadOS`);
    case 'unavailable':
      return refer(
        told,
        `the gate worker could not run here (${outcome.message}): run "npm run build" in the folder of SquadOS`,
      );
    case 'aborted':
      return refer(told, 'stopped before it was done: the attempt was cancelled');
  }
};
