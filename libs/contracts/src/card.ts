import type { AgentName, CardId, Sha256 } from './ids.js';

export const PRIORITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** A file handed to a card (a requirements document, a contract): its name as given and where its bytes are. */
export interface Attachment {
  readonly name: string;
  readonly sha256: Sha256;
  readonly bytes: number;
  readonly mediaType?: string;
}

/** Where the text of a card came from, for people who ask why. Lines count from 1, both ends included. */
export interface SourceRef {
  readonly document: string;
  readonly fromLine: number;
  readonly toLine: number;
}

/** A unit of work as specified: what people and importers say of it. Its state is derived from the log, never stored here. */
export interface CardSpec {
  readonly id: CardId;
  readonly title: string;
  readonly description: string;
  readonly agent: AgentName;
  /** epic, design, backend, frontend, feature, … in the words of whoever made the card. */
  readonly type?: string;
  readonly priority: Priority;
  /** Ids of cards of the same project that must be done or skipped first; no duplicates, never its own id. */
  readonly dependencies: readonly CardId[];
  readonly acceptanceCriteria: readonly string[];
  readonly requirementIds: readonly string[];
  readonly deliverables: readonly string[];
  /** S, M, L, XL, hours, points: as given. */
  readonly effort?: string;
  readonly userStory?: string;
  readonly businessValue?: string;
  readonly parent?: CardId;
  readonly attachments?: readonly Attachment[];
  readonly source?: SourceRef;
  /** Language of the card's text; agents answer in it. */
  readonly language?: 'pt' | 'en';
  /** Fields of the imported file that SquadOS has no use for; they survive import and export untouched, in their order. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** A card that was finished before SquadOS saw it: it is DONE (or SKIPPED) from the start and never runs. */
  readonly importedAs?: 'done' | 'skipped';
}

/** Derived states. TODO with every dependency met is *ready*; readiness is not a state of its own. */
export const CARD_STATES = [
  'TODO',
  'ENQUEUED',
  'EXECUTING',
  'VERIFYING',
  'EVALUATING',
  'AWAITING_APPROVAL',
  'DONE',
  'RETRYING',
  'DEAD_LETTERED',
  'SKIPPED',
  'BLOCKED',
  'STALE',
] as const;
export type CardState = (typeof CARD_STATES)[number];
