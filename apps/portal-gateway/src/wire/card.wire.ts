import type { Actor, CardSpec, CardState, Verdict } from '@squados/contracts';
import type { CardRow } from './board.wire.js';

export interface AttemptPage {
  readonly attempt: number;
  readonly enqueuedAt: string;
  readonly startedAt?: string;
  readonly worker?: string;
  readonly deliveries: number;
  readonly step?: string;
  readonly feedback?: string;
  readonly verdicts: readonly Verdict[];
  readonly waivers: readonly { readonly gate: string; readonly by: Actor; readonly reason: string }[];
  readonly end?: AttemptEnd;
}

export type AttemptEnd =
  | {
      readonly kind: 'completed';
      readonly at: string;
      readonly author: string;
      readonly manifestHash: string;
      readonly files: number;
      readonly proposals: readonly string[];
      readonly assumptions: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly at: string;
      readonly retryable: boolean;
      readonly code: string;
      readonly message: string;
      readonly place?: string;
      readonly excerpt?: string;
    }
  | { readonly kind: 'released'; readonly at: string; readonly reason: string; readonly by: string };

export interface Neighbour {
  readonly id: string;
  readonly title: string;
  readonly state: CardState;
}

export interface ArtifactEntry {
  readonly path: string;
  readonly sha256: string;
  readonly card: string;
}

/** A criterion, the check that covers it (absent: none does), and what that looked at. */
export interface CriterionEntry {
  readonly criterion: string;
  readonly verdict: Verdict['outcome'];
  /** Whose verdict it is: another card's where that one answers for this. */
  readonly card?: string;
  readonly attempt?: number;
  readonly check?: { readonly gate: string; readonly by: string };
  readonly artifacts: readonly { readonly path: string; readonly sha256: string }[];
}

/** Everything that the log knows of one card. */
export interface CardPage {
  readonly row: CardRow;
  readonly spec: CardSpec;
  readonly revision: number;
  readonly origin: { readonly kind: string; readonly by: string };
  readonly dependencies: readonly Neighbour[];
  readonly dependents: readonly Neighbour[];
  /** Latest first. */
  readonly attempts: readonly AttemptPage[];
  readonly decisions: readonly {
    readonly at: string;
    readonly type: string;
    readonly text: string;
    readonly by?: Actor;
  }[];
  readonly artifacts: readonly ArtifactEntry[];
  /** One for each acceptance criterion, in their order. */
  readonly criteria: readonly CriterionEntry[];
  /** While it waits for people: where it would go, whose word is missing, and what they would approve. */
  readonly approval?: { readonly gate: string; readonly missing: readonly string[]; readonly manifestHash: string };
  /** Required gates that neither passed nor were waived, of a card that waits for a person. */
  readonly openGates: readonly string[];
}

/** What a rollback would send back to the start; the command carries it, so that a stale preview is refused. */
export interface ReachPage {
  readonly card: string;
  readonly reach: readonly string[];
}
