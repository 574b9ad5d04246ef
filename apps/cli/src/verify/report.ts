import type { CardId, CardState, LaneCommit, Position, ProjectId, Revision } from '@squados/contracts';

export type Rule =
  | 'position-order'
  | 'lane-order'
  | 'lane-broken'
  | 'not-a-lane'
  | 'unreadable-event'
  | 'duplicate-event-id'
  | 'wrong-lane'
  | 'project-not-started'
  | 'unknown-card'
  | 'card-added-twice'
  | 'dependency-missing'
  | 'dependency-cycle'
  | 'agent-not-in-run'
  | 'proposal-unknown'
  | 'closing-early'
  | 'closing-dependencies'
  | 'rollback-reach'
  | 'rejection-unfounded'
  | 'rejection-count'
  | 'project-completed-early'
  | 'attempt-number'
  | 'second-open-attempt'
  | 'after-mismatch'
  | 'enqueue-not-waiting'
  | 'enqueue-while-halted'
  | 'dependency-unmet'
  | 'retry-count'
  | 'retry-of-nothing'
  | 'waiver-unfounded'
  | 'approval-unfounded'
  | 'attempt-not-enqueued'
  | 'attempt-not-started'
  | 'attempt-ended-twice'
  | 'event-after-end'
  | 'manifest-hash'
  | 'board-differs'
  | 'snapshot-differs';

/** One thing in a log that its rules forbid. */
export interface Violation {
  readonly rule: Rule;
  readonly position: Position;
  readonly project?: ProjectId;
  readonly card?: CardId;
  readonly message: string;
}

export type CardStates = ReadonlyMap<ProjectId, ReadonlyMap<CardId, CardState>>;

export interface VerifyOptions {
  /** States by the board's fold of the same log, to compare with. STALE counts as DONE: staleness is not derived here. */
  readonly boardStates?: CardStates;
  /** States by a fold that began with a snapshot, to compare with. */
  readonly snapshotStates?: CardStates;
  /** Revision of the lane's commit before this one (0: none), where the engine keeps it. */
  readonly previousRevision?: (commit: LaneCommit) => Revision | undefined;
  /**
   * Lanes of one project race by design: a decision on one may land just after a pause, rollback or skip on another that its writer had
   * not folded yet. Such a late-comer is a race, not a violation, within this time (by the events' own clocks). Default 5,000 ms.
   */
  readonly raceMs?: number;
  /** Most violations to list; all are counted. Default 1,000. */
  readonly limit?: number;
}

export interface VerifyReport {
  readonly ok: boolean;
  readonly commits: number;
  readonly events: number;
  readonly cards: number;
  /** Late-comers of races between lanes, which are harmless. */
  readonly races: number;
  readonly violationCount: number;
  readonly violations: readonly Violation[];
  /** State of every card, derived here and nowhere else. */
  readonly states: CardStates;
}

/** Gathers violations up to a limit, counting all. */
export class Findings {
  readonly list: Violation[] = [];
  count = 0;
  races = 0;

  constructor(private readonly limit: number) {}

  add(violation: Violation): void {
    this.count++;
    if (this.list.length < this.limit) this.list.push(violation);
  }
}
