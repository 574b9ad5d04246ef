import { BaseRpcContext } from '@nestjs/microservices';
import type { Work } from '@squados/event-log';

/** What a handler is given besides the event: `@Ctx() context: WorkContext`. */
export class WorkContext extends BaseRpcContext<[Work, AbortSignal]> {
  constructor(work: Work, signal: AbortSignal) {
    super([work, signal]);
  }

  /** The piece of work that the event came with. A handler that settles it itself answers `WORK_SETTLED`. */
  get work(): Work {
    return this.getArgByIndex(0);
  }

  /** Aborts when the transport stops and its patience is over, or when the lease is lost. */
  get signal(): AbortSignal {
    return this.getArgByIndex(1);
  }
}

/** Answered by a handler that has settled its work, or wants nothing said about it. */
export const WORK_SETTLED = 'work-settled';
