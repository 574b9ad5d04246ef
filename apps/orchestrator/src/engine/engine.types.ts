import type { RejectReason } from '@squados/board';
import type { AgentName, Position } from '@squados/contracts';
import type { EventLog, WorkClaim } from '@squados/event-log';
import type { Leadership } from '../leadership/leadership.port.js';
import type { FoldSnapshots } from '../snapshots/fold-snapshots.js';
import type { Clock } from './clock.port.js';
import type { EngineLogger } from './engine-logger.port.js';
import type { FoldObserver } from './fold-observer.js';

export interface EngineOptions {
  readonly log: EventLog;
  readonly claims: WorkClaim;
  /** Agents whose consumers are provisioned before anybody claims work. */
  readonly agents: readonly AgentName[];
  /** Most cards of an agent that may be enqueued and not ended. */
  readonly window: (agent: AgentName) => number;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly draw: () => number;
  /** Draws a UUID. */
  readonly newId: () => string;
  readonly logger: EngineLogger;
  readonly observers?: readonly FoldObserver[];
  readonly snapshots?: FoldSnapshots;
  /** Absent: it always acts. It folds in any case, so that it can act at once when it becomes the leader. */
  readonly leadership?: Leadership;
  /** Hears what ended the engine against its will (a log that can't be read any more, a bug). */
  readonly onFailure?: (error: unknown) => void;
}

export type SubmitResult =
  | { readonly kind: 'accepted'; readonly position: Position }
  | {
      readonly kind: 'rejected';
      /** The board's reason; `contended`: others kept changing the same lane; the rest is the log's word. */
      readonly reason: RejectReason | 'contended' | 'too-large' | 'log-full' | 'read-only' | 'closed';
      readonly message: string;
      readonly details: readonly string[];
    };

/** Why the engine can't record anything right now; it keeps trying and clears this with the first success. */
export interface EngineTrouble {
  readonly code: string;
  readonly message: string;
  /** Epoch milliseconds. */
  readonly since: number;
}
