import type { GateInput, RoleTools, Task } from '@squados/agent-runtime';
import type { Blame } from '@squados/contracts';
import { standsForProduct } from '../kept-verdicts/index.js';
import type { GateVerdict } from '../pool/verdict-of.js';

export const QA_GATES = ['coverage', 'integration', 'e2e', 'security', 'lint', 'performance'] as const;
export type QaGateName = (typeof QA_GATES)[number];

/** One line of a report: what was looked at, how it came out, and where the proof is. */
export interface QaLine {
  readonly what: string;
  readonly outcome: 'pass' | 'fail' | 'refer';
  /** `BE-003 attempt 2, verdict py-coverage, manifest 1f3a…`, or the command that was run here. */
  readonly evidence: string;
  readonly detail: string;
}

export interface QaResult {
  readonly gate: QaGateName;
  readonly verdict: GateVerdict;
  readonly lines: readonly QaLine[];
  /** Whose work a failure is, and what to tell its author. */
  readonly blames: readonly Blame[];
}

/** A browser takes seconds to go through a product: profile `quick` does it once, with the last card; `full` with each. */
export const isDue = (gate: QaGateName, task: Task): boolean =>
  task.card.agent === 'qa' && (gate !== 'e2e' || task.project.policy.gateProfile === 'full' || standsForProduct(task));

export type QaSubject = Pick<GateInput, 'task' | 'tools'>;

/**
 * The six checks of a QA card over what its dependencies delivered. Each runs once per attempt, whoever asks first: the report and the
 * verdicts speak of the same run.
 */
export interface QaChecks {
  run(task: Task, tools: RoleTools): Promise<readonly QaResult[]>;
}
