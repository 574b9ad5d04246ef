import type {
  AgentName,
  CardId,
  Lane,
  LaneCommit,
  Position,
  ProjectId,
  Revision,
  SquadEvent,
} from '@squados/contracts';

/** One append: 1 to n events for one lane, stored atomically or not at all. Ids and times are already drawn. */
export interface NewCommit {
  readonly lane: Lane;
  /** Revision of the lane's last commit that the writer has folded; EMPTY_LANE (0) for a lane without commits. */
  readonly expected: Revision;
  readonly events: readonly SquadEvent[];
}

export type AppendResult =
  | { readonly kind: 'appended'; readonly position: Position; readonly revision: Revision }
  /** Somebody else was there first. `last` is the lane's last commit (undefined: the lane is empty). Nothing was stored. */
  | { readonly kind: 'conflict'; readonly actual: Revision; readonly last: LaneCommit | undefined }
  /** The log can't take it: over the size limit, full, or read-only. Nothing was stored; the message says the remedy. */
  | {
      readonly kind: 'refused';
      readonly code: 'too-large' | 'log-full' | 'read-only' | 'closed';
      readonly message: string;
    };

/** Absent fields match everything. `kind: 'project'` cannot be combined with agent or card. */
export interface LaneFilter {
  readonly project?: ProjectId;
  readonly agent?: AgentName;
  readonly card?: CardId;
  readonly kind?: 'project' | 'decided' | 'attempt';
}

export interface ReadOptions {
  /** Exclusive; START reads from the beginning. */
  readonly after: Position;
  /** Inclusive; absent: the head at the time of the call. */
  readonly to?: Position;
  readonly filter?: LaneFilter;
  readonly signal?: AbortSignal;
}

export interface FollowOptions {
  readonly after: Position;
  readonly filter?: LaneFilter;
  readonly signal: AbortSignal;
}

export interface FollowBatch {
  readonly commits: readonly LaneCommit[];
  /** Everything up to and including this position has been delivered or did not match. Resume after it. */
  readonly position: Position;
  /** True when, at the time of reading, nothing more was there: the rebuild is over, what follows is live. */
  readonly atHead: boolean;
}

/**
 * An append-only log of lanes.
 *
 * Ordering: positions rise with each commit over the whole log; a reader sees commits in position order, each once.
 * Durability: `appended` is answered after the commit is durable by the adapter's stated standard.
 * Fencing: an append succeeds only if its lane's last revision equals `expected`; a conflict hurts no other append.
 * Lost answers: appending a commit again whose first event's id is the lane's last commit's answers `appended` with the
 * place of the first, and stores nothing twice.
 * Not promised: order between lanes other than by position; that a follower sees an append before its writer's answer.
 * Undecodable bytes: delivered as a commit with one `Unknown` event, never skipped, never thrown.
 * Abort: a wait ends at once; iterables end without error; an append rejects with the signal's reason, and may have been stored
 * (append the same commit again, or ask `last`). Broken infrastructure throws EventLogError.
 * Closed: followers end without error; a read that was cut off, `last` and `head` throw EventLogError `closed`, so that half
 * a log is never taken for the whole.
 */
export interface EventLog {
  /** Drawn when the log was created; a resume token of another log is answered with "reset". */
  readonly logId: string;
  append(commit: NewCommit, options?: { readonly signal?: AbortSignal }): Promise<AppendResult>;
  /** Pages of commits, at most a few hundred each; holds no lock or transaction between pages. */
  read(options: ReadOptions): AsyncIterable<readonly LaneCommit[]>;
  /**
   * Rebuild, then live, with no gap and no repeat over the seam. The first batch comes at once, and one when the head is first
   * reached, also when nothing matches; otherwise a batch comes only with commits. A slow follower delays nobody.
   */
  follow(options: FollowOptions): AsyncIterable<FollowBatch>;
  /** Last commit of a lane, undefined when empty. */
  last(lane: Lane): Promise<LaneCommit | undefined>;
  head(): Promise<Position>;
  /** Idempotent; ends every wait. */
  close(): Promise<void>;
}

/** `<logId>:<position>`. */
export const resumeToken = (log: Pick<EventLog, 'logId'>, at: Position): string => `${log.logId}:${at}`;
