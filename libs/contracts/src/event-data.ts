import type { CardSpec } from './card.js';
import type { AgentName, CardId, Revision, Sha256 } from './ids.js';
import type { BudgetScope, ModelCallBegun, ModelCalled, Spend } from './model-calls.js';
import type { Blame, Proposal, ProposalOrigin } from './proposals.js';
import type { Actor, RunPolicy } from './run-policy.js';
import type { Verdict } from './verdict.js';

/** Data of every event by type: the one place where the shape of a fact is defined. Ranges and meanings stand beside the fields. */
export interface EventData {
  // project lane, written by orchestrator and gateway
  ProjectStarted: {
    readonly title: string;
    /** Agents that exist in this run; a card for any other is refused. */
    readonly agents: readonly AgentName[];
    readonly policy: RunPolicy;
    readonly source?: {
      readonly kind: 'requirements' | 'backlog';
      readonly documents: readonly { readonly name: string; readonly sha256: Sha256 }[];
      /** Top-level fields of an imported file, for export. */
      readonly extra?: Readonly<Record<string, unknown>>;
    };
  };
  ProjectPaused: { readonly by: Actor; readonly reason: string; readonly now: boolean };
  ProjectResumed: { readonly by: Actor; readonly reason: string };
  ProjectStopped: { readonly by: Actor; readonly reason: string };
  ProjectCompleted: { readonly done: number; readonly skipped: number };
  /**
   * The project was moved into a file, and is being purged from this log. It stays as the last word on the project's lane: whoever would
   * begin a project of that name again loses the lane, so a name is never used twice.
   */
  ProjectArchived: {
    readonly by: Actor;
    /** Name of the file, without its folder. */
    readonly file: string;
    /** Hash of the whole file. */
    readonly sha256: Sha256;
    /** Position up to which the file holds the project, and up to which it is purged. */
    readonly through: number;
    readonly commits: number;
    readonly artifacts: number;
  };
  CardsAdded: {
    readonly origin: { readonly kind: 'import' | 'person'; readonly by: Actor } | ProposalOrigin;
    readonly cards: readonly CardSpec[];
  };
  CardsRejected: {
    readonly card: CardId;
    readonly attempt: number;
    /** The closing proposals of that attempt were judged. */
    readonly closing?: true;
    readonly rejected: readonly { readonly id: string; readonly reasons: readonly string[] }[];
  };
  CardChanged: { readonly by: Actor; readonly card: CardId; readonly reason: string; readonly spec: CardSpec };
  CardsRolledBack: {
    readonly by: Actor;
    readonly card: CardId;
    readonly reason: string;
    /** Every card that goes back to TODO, the named one first. */
    readonly reach: readonly CardId[];
  };
  /** A failed attempt blamed the work of others: those run again with its feedback, what builds on them waits. */
  CardsReopened: {
    readonly by: Actor;
    /** The attempt that failed. */
    readonly cause: { readonly card: CardId; readonly attempt: number };
    /** The cards to correct; none when the blamed ones are being made again already, or were given up. */
    readonly cards: readonly Blame[];
    /** Every card that goes back to TODO: the ones to correct, the failed one, and what builds on the blamed. */
    readonly reach: readonly CardId[];
  };

  /** The most that may be spent in a scope; what is absent has no limit. The latest of a scope counts. */
  BudgetSet: {
    readonly by: Actor;
    readonly reason: string;
    readonly scope: BudgetScope;
    readonly nanoUsd?: number;
    readonly tokens?: number;
    /** What one attempt may spend at most, in billionths of a US dollar; only with the project's own limit. */
    readonly perAttempt?: number;
  };
  /** Set aside for an attempt before it is enqueued. */
  BudgetReserved: { readonly card: CardId; readonly attempt: number; readonly allowance: Spend };
  BudgetExceeded: {
    readonly scope: BudgetScope;
    /** `warned`: 80 % are spent or set aside; `stopped`: nothing more fits, and the project pauses. */
    readonly level: 'warned' | 'stopped';
    readonly spent: Spend;
    readonly message: string;
  };

  // card lane `decided`, written by orchestrator and gateway
  CardEnqueued: {
    /** Counts up over the card's whole life from 1, never reused. */
    readonly attempt: number;
    /** Revision of the attempt lane's last commit that the orchestrator had folded (0: the lane is empty). */
    readonly after: Revision;
    /** What the attempt builds on: the card's revision and a digest of its dependencies' manifests (hex). */
    readonly inputs: { readonly cardRevision: number; readonly digest: string };
    /** What the last failure said, for the author. At most 8,000 characters. */
    readonly feedback?: string;
    /** What its model calls may cost; absent: the project has no budget. */
    readonly allowance?: Spend;
  };
  RetryScheduled: {
    /** The attempt that failed. */
    readonly attempt: number;
    /** Retry number since the last CardRetried or rollback, from 1. */
    readonly retry: number;
    /** Absolute, epoch milliseconds; jitter included. */
    readonly notBefore: number;
  };
  CardDeadLettered: {
    readonly attempt: number;
    readonly reason:
      'terminal' | 'retries-exhausted' | 'same-error' | 'worker-lost' | 'poison' | 'stopped' | 'rejected' | 'refused';
    readonly message: string;
  };
  CardEscalated: {
    readonly attempt: number;
    readonly to: string;
    readonly outcome: 'delivered' | 'failed' | 'not-configured';
    readonly message: string;
  };
  CardSkipped: { readonly by: Actor; readonly reason: string };
  CardRetried: { readonly by: Actor; readonly reason: string };
  GateWaived: { readonly attempt: number; readonly gate: string; readonly by: Actor; readonly reason: string };
  /** The attempt is complete and waits for a person in this role. */
  ApprovalRequested: {
    readonly attempt: number;
    /** Where it would go: `staging`, `production`. */
    readonly gate: string;
    readonly role: string;
    /** What there is to approve. */
    readonly manifestHash: Sha256;
  };
  ApprovalDecided: {
    readonly attempt: number;
    readonly role: string;
    readonly decision: 'approved' | 'refused';
    readonly by: Actor;
    readonly reason: string;
    /** What was looked at; a decision about another manifest counts for nothing. */
    readonly manifestHash: Sha256;
  };

  // card lane `attempt`, written by the worker that holds it; by the orchestrator only to end it
  CardStarted: {
    readonly attempt: number;
    /** 1 for the first worker on this attempt. */ readonly delivery: number;
    readonly worker: string;
  };
  CardStepped: {
    readonly attempt: number;
    readonly step: 'executing' | 'verifying' | 'evaluating';
    readonly note?: string;
  };
  ModelCallBegun: ModelCallBegun;
  ModelCalled: ModelCalled;
  VerdictRecorded: { readonly attempt: number; readonly verdict: Verdict };
  CardCompleted: {
    readonly attempt: number;
    /** Who wrote the artifacts: `offline`, `claude`, `recorded`, or `none` for a card without output. */
    readonly author: string;
    /** Path under `app-artefacts/` → hash of its bytes; this list alone counts as output. */
    readonly manifest: Readonly<Record<string, Sha256>>;
    /** SHA-256 over the sorted manifest (see `manifestHash`). */
    readonly manifestHash: Sha256;
    readonly proposals: readonly Proposal[];
    readonly metrics?: Readonly<Record<string, number>>;
    /** Decisions taken where the input was silent. */
    readonly assumptions?: readonly string[];
  };
  CardFailed: {
    readonly attempt: number;
    readonly kind: 'retryable' | 'terminal';
    /** `gate-failed`, `rejected`, `deadline`, `author-error`, `input-missing`, `path-escape`, … */
    readonly code: string;
    readonly message: string;
    /** File and line that a person should open. */
    readonly place?: string;
    readonly excerpt?: string;
    /** With a terminal `rejected`: whose work has to be corrected. Cards that this one builds on count, others don't. */
    readonly blames?: readonly Blame[];
  };
  CardReleased: {
    readonly attempt: number;
    /** `shutdown`, `provider-outage`, `paused`, `skipped`, `rolled-back`, `stopped`, `worker-lost`. */
    readonly reason: string;
    /** Absolute, epoch milliseconds; absent: at once. */
    readonly notBefore?: number;
    readonly by: Actor;
  };
}
