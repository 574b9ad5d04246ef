import type { AgentName, LaneCommit, Position } from '@squados/contracts';

/** One CardEnqueued in the hands of one worker. Settle it exactly once; an unsettled one comes back when its lease ends. */
export interface Work {
  /** The commit of the card's `decided` lane that holds the CardEnqueued, as it stands in the log. */
  readonly commit: LaneCommit;
  /** 1 for the first delivery of this commit. */
  readonly delivery: number;
  /** Begins the lease anew, in its full length. False: the lease is gone, the work may be with somebody else; stop. */
  heartbeat(): Promise<boolean>;
  /** Done with it, however it ended: never delivered again. Without effect once it was delivered to somebody else. */
  ack(): Promise<void>;
  /** Hands it back; it comes again (to anybody) after at least `delayMs`. Without effect once the lease is gone. */
  nak(delayMs: number): Promise<void>;
}

export interface WorkSource {
  /**
   * Up to `max` pieces of work; waits until there is at least one. Resolves to an empty list only when aborted or closed.
   * Take only as many as there are free slots: what is taken and not settled holds its lease.
   */
  take(max: number, signal: AbortSignal): Promise<readonly Work[]>;
  close(): Promise<void>;
}

/**
 * Competing consumers over the CardEnqueued of one agent.
 *
 * Delivery: at least once, oldest first; of all sources of one agent one holds a piece at a time, until its lease ends.
 * Unreadable bytes are no work: they are never handed out and hold up nothing (parked: the log keeps them, every reader sees them).
 * Not promised: exactly once. The attempt lane is the fence (DESIGN §4); a worker that loses there acks and drops.
 */
export interface WorkClaim {
  /** Once per agent, by one caller; sources that were opened before wait for it. Work enqueued at or before `after` counts as settled. Idempotent: a later, lower or higher call changes nothing. */
  provision(agent: AgentName, after: Position): Promise<void>;
  open(options: { readonly agent: AgentName; readonly worker: string; readonly leaseMs: number }): Promise<WorkSource>;
  close(): Promise<void>;
}
