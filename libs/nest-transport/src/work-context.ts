import { BaseRpcContext } from '@nestjs/microservices';
import type { LateSignal, Work } from '@squados/event-log';

/** What a handler is given besides the event: `@Ctx() context: WorkContext`. */
export class WorkContext extends BaseRpcContext<[Work, LateSignal, () => void]> {
  constructor(work: Work, stop: LateSignal, nearlyDone: () => void) {
    super([work, stop, nearlyDone]);
  }

  /** The piece of work that the event came with. It is settled by what the handler answers: a `WorkAnswer`, or anything else for done. */
  get work(): Work {
    return this.getArgByIndex(0);
  }

  /** Aborts when the transport stops and its patience is over, or when the lease is lost; the reason is a `WorkInterrupted`. */
  get signal(): AbortSignal {
    return this.stop.signal;
  }

  /** The same, for who listens with `onAbort` and needs no AbortSignal. */
  get stop(): LateSignal {
    return this.getArgByIndex(1);
  }

  /** Says that nothing is left but a word with the log: the next piece may be asked for now. Saying so is no duty. */
  get nearlyDone(): () => void {
    return this.getArgByIndex(2);
  }
}
