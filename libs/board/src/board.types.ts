import type {
  AgentName,
  CardId,
  CardState,
  Command,
  LaneAppend,
  LaneCommit,
  Position,
  Priority,
  ProjectId,
  RunPolicy,
  Sha256,
} from '@squados/contracts';

/**
 * The state of every project, folded from the log. A value to its callers: read through the functions of this lib only;
 * `evolve` may reuse its memory, so keep no old board (snapshot it instead).
 */
export interface Board {
  readonly [boardBrand]: true;
}
declare const boardBrand: unique symbol;

export type Decision =
  | { readonly kind: 'accepted'; readonly appends: readonly LaneAppend[] }
  | {
      readonly kind: 'rejected';
      readonly reason: RejectReason;
      readonly message: string;
      readonly details?: readonly string[];
    };

export type RejectReason =
  | 'unknown-project'
  | 'unknown-card'
  | 'project-exists'
  | 'project-over'
  | 'project-archived'
  | 'undecidable'
  | 'duplicate-card'
  | 'dangling-dependency'
  | 'self-dependency'
  | 'dependency-cycle'
  | 'unknown-agent'
  | 'invalid-card'
  | 'wrong-state'
  | 'stale-preview'
  | 'nothing-to-do';

export interface PlanOptions {
  /** Epoch milliseconds. */
  readonly now: number;
  /** Uniform in [0, 1): draws the retry jitter. */
  readonly draw: () => number;
  /** Most cards of an agent that may be enqueued and not ended. */
  readonly window: (agent: AgentName) => number;
  /** Most appends to return; the rest comes with the next call. */
  readonly limit: number;
}

/** A card as the board knows it: no text. */
export interface CardView {
  readonly id: CardId;
  readonly project: ProjectId;
  readonly agent: AgentName;
  readonly priority: Priority;
  readonly state: CardState;
  /** TODO with every dependency met, and its project running. */
  readonly ready: boolean;
  /** Highest attempt so far, 0 before the first. */
  readonly attempt: number;
  /** Retries used since the last CardRetried or rollback. */
  readonly retries: number;
  readonly cardRevision: number;
  /** It, or something it builds on, was skipped or waived. */
  readonly assumed: boolean;
  readonly manifestHash?: Sha256;
  /** Epoch milliseconds, while RETRYING or handed back until then. */
  readonly notBefore?: number;
  readonly dependencies: readonly CardId[];
  /** Dependencies not yet met. */
  readonly waitingFor: readonly CardId[];
  /** For BLOCKED: the dead-lettered or stopped card at the root. */
  readonly blockedBy?: CardId;
  /** Times that others rejected its work, since a person last started it over; absent: never. */
  readonly rejections?: number;
  /** While AWAITING_APPROVAL: for where, the roles that have not approved, and what there is to approve. */
  readonly approval?: { readonly gate: string; readonly missing: readonly string[]; readonly manifestHash: Sha256 };
}

export interface ProjectView {
  readonly id: ProjectId;
  readonly status: 'running' | 'paused' | 'stopped' | 'completed' | 'undecidable';
  readonly policy: RunPolicy;
  readonly agents: readonly AgentName[];
  readonly total: number;
  readonly ready: number;
  readonly byState: Readonly<Record<CardState, number>>;
  /** Nothing is open, enqueued, ready or timed: only people can move it on. */
  readonly settled: boolean;
  /** Cards that will be added when everything else is done (closing proposals); absent: none. */
  readonly closing?: readonly CardId[];
}

/** What libs/board exports besides the types; the signatures that everybody leans on. */
export interface BoardApi {
  emptyBoard(): Board;
  /** Never throws; duplicates and late events change nothing. */
  evolve(board: Board, commit: LaneCommit): Board;
  /** Folds commits in their order, to the same board as `evolve` does one by one, but faster: for pages of a log. */
  evolveAll(board: Board, commits: readonly LaneCommit[]): Board;
  /** Position of the last commit folded. */
  position(board: Board): Position;
  decide(board: Board, command: Command): Decision;
  /** What policy says should happen now; pure, so asking twice gives the same answer. */
  plan(board: Board, options: PlanOptions): readonly LaneAppend[];
  /**
   * Epoch milliseconds of the next timer that `plan` waits for; undefined: none. Pass the time of the last plan as `after`: timers up
   * to it are due already and wait for a place in the window, so waking for them again would be a busy loop.
   */
  nextTimer(board: Board, after?: number): number | undefined;
  projects(board: Board): readonly ProjectId[];
  project(board: Board, id: ProjectId): ProjectView | undefined;
  card(board: Board, project: ProjectId, id: CardId): CardView | undefined;
  /** Ids in the order they were added. */
  cards(board: Board, project: ProjectId): Iterable<CardId>;
  /** Ready cards in dispatch order. */
  ready(board: Board, project: ProjectId): readonly CardId[];
  /** What a rollback of this card would reach: itself and every transitive dependent that has left TODO. */
  reach(board: Board, project: ProjectId, id: CardId): readonly CardId[];
  /** Where a new durable consumer of this agent must start: just before its oldest open CardEnqueued, else the board's position. */
  claimStart(board: Board, agent: AgentName): Position;
  snapshot(board: Board): Uint8Array;
  /** Undefined when it was made by another fold version or is damaged. */
  restore(bytes: Uint8Array): Board | undefined;
}
