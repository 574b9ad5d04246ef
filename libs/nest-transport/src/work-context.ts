import { BaseRpcContext } from '@nestjs/microservices';
import type { Work } from '@squados/event-log';

/** What a handler is given besides the event: `@Ctx() context: WorkContext`. */
export class WorkContext extends BaseRpcContext<[Work, AbortSignal]> {
  constructor(work: Work, signal: AbortSignal) {
    super([work, signal]);
  }

  /** The piece of work that the event came with. It is settled by what the handler answers: a `WorkAnswer`, or anything else for done. */
  get work(): Work {
    return this.getArgByIndex(0);
  }

  /** Aborts when the transport stops and its patience is over, or when the lease is lost; the reason is a `WorkInterrupted`. */
  get signal(): AbortSignal {
    return this.getArgByIndex(1);
  }
}
