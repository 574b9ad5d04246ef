import type { DeployTarget } from './deploy-target.js';

/** Whoever caused a decision: a person, a policy by its name, or the system itself. */
export interface Actor {
  readonly kind: 'person' | 'policy' | 'system';
  readonly name: string;
}

/** Rules of a run, fixed at ProjectStarted so that every fold decides alike. Durations in milliseconds. */
export interface RunPolicy {
  readonly maxRetries: number;
  readonly retryBaseMs: number;
  readonly retryCapMs: number;
  readonly attemptDeadlineMs: number;
  readonly gateProfile: 'quick' | 'full';
  /** A gate that answered `refer` is waived by the policy of this name; absent: a person must waive it. */
  readonly waiveRefer?: string;
  /** Language of the product's backend; absent: the backend owner reads it from the cards, and says why. */
  readonly backend?: 'python' | 'go';
  /** Who has to approve a DEPLOY card before it is done, by where it goes; a target that is not named needs nobody. */
  readonly approvals?: readonly ApprovalRule[];
  /** Deaths of a worker (CardStarted of one attempt) after which it ends as `worker-lost`. */
  readonly maxDeliveries: number;
}

/** All of these roles approve what goes there, each for itself. */
export interface ApprovalRule {
  readonly target: Exclude<DeployTarget, 'local'>;
  /** `tech-lead`, `product-owner`, …: names that people know themselves by. */
  readonly roles: readonly string[];
}
