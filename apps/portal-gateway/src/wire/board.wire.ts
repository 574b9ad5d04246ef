import type { CardState, Outcome } from '@squados/contracts';

/** A card on the board. Times are epoch milliseconds. */
export interface CardRow {
  readonly id: string;
  readonly title: string;
  readonly agent: string;
  readonly priority: string;
  readonly state: CardState;
  /** Complete, but a person must decide: on an approval, or on a gate that neither passed nor was waived. */
  readonly held: boolean;
  readonly ready: boolean;
  /** Built on something that was skipped or waived. */
  readonly assumed: boolean;
  readonly attempt: number;
  readonly retries: number;
  /** How many dependencies it still waits for. */
  readonly waits: number;
  readonly blockedBy?: string;
  readonly notBefore?: number;
  /** When the attempt under way was started. */
  readonly since?: number;
  /** Verdicts of the last attempt; `waived` ones are counted beside their own outcome. */
  readonly gates?: Readonly<Record<Outcome | 'waived', number>>;
}

export interface AgentRow {
  readonly agent: string;
  readonly total: number;
  readonly ended: number;
  /** Ids of the cards that it works on now. */
  readonly running: readonly string[];
}

export type ProjectStatus = 'running' | 'paused' | 'stopped' | 'completed' | 'undecidable';

/** Where the finished product answers, when a deployment says so. Local addresses only. */
export interface ProductLinks {
  readonly frontend?: string;
  readonly backend?: string;
  readonly health?: string;
}

export interface ProjectSummary {
  readonly id: string;
  readonly title: string;
  readonly status: ProjectStatus;
  /** Nothing moves any more unless a person does something. */
  readonly settled: boolean;
  readonly profile: string;
  readonly total: number;
  /** Cards that are done, skipped, dead-lettered or blocked. */
  readonly ended: number;
  readonly byState: Readonly<Partial<Record<CardState, number>>>;
  readonly held: number;
  readonly agents: readonly AgentRow[];
  /** Rough, from the pace since this process began; absent before there is a pace. Milliseconds. */
  readonly etaMs?: number;
  readonly product?: ProductLinks;
}

/** What this gateway lets people do. */
export interface Abilities {
  /** Commands by their type; one that the running version lacks is not offered. */
  readonly commands: readonly string[];
  /** Whether a document can be dropped here. */
  readonly intake: boolean;
  readonly maxDocumentBytes: number;
}

/** A whole board, or its first part: the rest follows as patches at the same position. */
export interface BoardMessage {
  readonly logId: string;
  readonly position: number;
  readonly project?: ProjectSummary;
  readonly rows: readonly CardRow[];
  readonly abilities: Abilities;
}

/** Rows that changed or are new; those that are not named stand as they were. */
export interface BoardPatch {
  readonly position: number;
  readonly project?: ProjectSummary;
  readonly rows: readonly CardRow[];
}
