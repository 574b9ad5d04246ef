import type { CardSpec } from './card.js';
import type { DeployTarget } from './deploy-target.js';
import type { AgentName, CardId, Revision, Sha256 } from './ids.js';
import type { BudgetScope, ModelCallBegun, ModelCalled, Spend } from './model-calls.js';
import type { Verdict } from './verdict.js';

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

/** A card that an attempt would like to see added; the orchestrator decides. */
export interface Proposal {
  readonly card: CardSpec;
  /**
   * Judged last: only once every card of the project is done or skipped and nothing else is undecided. The card that is then added
   * depends on what it names and on every card that nobody depended on until then; the project can't complete before.
   */
  readonly closing?: true;
}

/** A card whose work made another card fail, and what it has to correct. */
export interface Blame {
  readonly card: CardId;
  /** For its author; at most 8,000 characters. */
  readonly feedback: string;
}

/** Whose proposals were answered: those to be judged at once, or the closing ones. */
export interface ProposalOrigin {
  readonly kind: 'proposal';
  readonly card: CardId;
  readonly attempt: number;
  readonly closing?: true;
}

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

export type EventType = keyof EventData;

/** Highest version of each event type that this build reads. Upcasters for older ones live in `parse-event.ts`. */
export const EVENT_VERSIONS: { readonly [T in EventType]: number } = {
  ProjectStarted: 1,
  ProjectPaused: 1,
  ProjectResumed: 1,
  ProjectStopped: 1,
  ProjectCompleted: 1,
  ProjectArchived: 1,
  CardsAdded: 1,
  CardsRejected: 1,
  CardChanged: 1,
  CardsRolledBack: 1,
  CardsReopened: 1,
  BudgetSet: 1,
  BudgetReserved: 1,
  BudgetExceeded: 1,
  CardEnqueued: 1,
  RetryScheduled: 1,
  CardDeadLettered: 1,
  CardEscalated: 1,
  CardSkipped: 1,
  CardRetried: 1,
  GateWaived: 1,
  ApprovalRequested: 1,
  ApprovalDecided: 1,
  CardStarted: 1,
  CardStepped: 1,
  ModelCallBegun: 1,
  ModelCalled: 1,
  VerdictRecorded: 1,
  CardCompleted: 1,
  CardFailed: 1,
  CardReleased: 1,
};

/** Which lane a type belongs to: `project`, the card's `decided` or the card's `attempt`. */
export const EVENT_LANES = {
  ProjectStarted: 'project',
  ProjectPaused: 'project',
  ProjectResumed: 'project',
  ProjectStopped: 'project',
  ProjectCompleted: 'project',
  ProjectArchived: 'project',
  CardsAdded: 'project',
  CardsRejected: 'project',
  CardChanged: 'project',
  CardsRolledBack: 'project',
  CardsReopened: 'project',
  BudgetSet: 'project',
  BudgetReserved: 'project',
  BudgetExceeded: 'project',
  CardEnqueued: 'decided',
  RetryScheduled: 'decided',
  CardDeadLettered: 'decided',
  CardEscalated: 'decided',
  CardSkipped: 'decided',
  CardRetried: 'decided',
  GateWaived: 'decided',
  ApprovalRequested: 'decided',
  ApprovalDecided: 'decided',
  CardStarted: 'attempt',
  CardStepped: 'attempt',
  ModelCallBegun: 'attempt',
  ModelCalled: 'attempt',
  VerdictRecorded: 'attempt',
  CardCompleted: 'attempt',
  CardFailed: 'attempt',
  CardReleased: 'attempt',
} as const satisfies { readonly [T in EventType]: 'project' | 'decided' | 'attempt' };

/** A fact before it has an id and a time: what the pure domain returns. */
export type DraftEvent = { [T in EventType]: { readonly type: T; readonly data: EventData[T] } }[EventType];

/** CloudEvents 1.0, structured JSON. `subject` is the project's id, or `<project>/<card>`, for people; the lane is what counts. */
interface EnvelopeOf<T extends EventType> {
  readonly specversion: '1.0';
  /** UUID drawn once and kept over retries of the same append. */
  readonly id: string;
  /** Who wrote it: `orchestrator`, `agent-product/<worker>`, `cli`, … */
  readonly source: string;
  readonly type: T;
  /** Version of the data's shape (CloudEvents extension), see EVENT_VERSIONS. */
  readonly version: number;
  readonly subject: string;
  /** RFC 3339, UTC, milliseconds. Informative: no decision leans on it. */
  readonly time: string;
  readonly data: EventData[T];
  readonly traceparent?: string;
  readonly correlationid?: string;
  readonly causationid?: string;
}
export type SquadEvent = { [T in EventType]: EnvelopeOf<T> }[EventType];
export type SquadEventOf<T extends EventType> = Extract<SquadEvent, { readonly type: T }>;

/** The events that belong on a kind of lane. */
export type EventOn<K extends (typeof EVENT_LANES)[EventType]> = SquadEventOf<
  { [T in EventType]: (typeof EVENT_LANES)[T] extends K ? T : never }[EventType]
>;

/**
 * What stands in the log and this build cannot read: an event of a newer build (`isOfNewerBuild`: folds keep reading and mark the
 * project undecidable), or what no build reads: on a card's lane such a message is parked, with its bytes.
 */
export interface UnknownEvent {
  readonly type: 'Unknown';
  readonly originalType: string;
  readonly version: number;
  readonly id: string;
  readonly reason: string;
  /** Base64 of what no build can read, as it stands in the log. */
  readonly bytes?: string;
}
