import type { CardId, Position, ProjectId } from '@squados/contracts';
import type { AnySignal } from '@squados/event-log';
import type { Task } from './role.js';

export interface TaskRequest {
  readonly project: ProjectId;
  readonly card: CardId;
  readonly attempt: number;
  /** Of the CardEnqueued: what is answered must be at least as new. */
  readonly position: Position;
  readonly signal: AnySignal;
}

/** Where an attempt's task comes from. Waits until it knows the log up to the request's position; rejects when aborted. */
export interface TaskSource {
  /** Undefined: the log up to there knows no such card or attempt. */
  load(request: TaskRequest): Promise<Task | undefined>;
}
