import type { EventData } from './event-data.js';

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
