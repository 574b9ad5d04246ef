/**
 * Brings an agent's work to the handlers of a Nest microservice: the loop over the claims, behind Nest's door for transports. Owns
 * its loop; doesn't own the claims, nor the engine below them. Back-pressure, settlement and the bounded stop are the loop's.
 */
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { WorkAnswer, WorkLoop, type Work, type WorkHandler, type WorkLoopOptions } from '@squados/event-log';
import { isObservable, lastValueFrom } from 'rxjs';
import { WorkContext } from './work-context.js';

/** What the transport says about itself. */
export interface TransportLogger {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface WorkTransportOptions extends Omit<WorkLoopOptions, 'handle' | 'trouble' | 'timer'> {
  /** How long a close lets handlers end by themselves. */
  readonly graceMs: number;
  readonly logger: TransportLogger;
}

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'open'; readonly loop: WorkLoop }
  | { readonly kind: 'closing'; readonly done: Promise<void> };

export class WorkTransport extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;
  private state: State = { kind: 'idle' };
  private readonly byType = new Map<string, MessageHandler | null>();

  constructor(private readonly options: WorkTransportOptions) {
    super();
  }

  /** Pieces in the hands of handlers now. */
  get running(): number {
    return this.state.kind === 'open' ? this.state.loop.running : 0;
  }

  override listen(callback: (error?: unknown) => unknown): void {
    this.open().then(() => callback(), callback);
  }

  override close(): Promise<void> {
    if (this.state.kind === 'closing') return this.state.done;
    const done = this.state.kind === 'open' ? this.shutDown(this.state.loop) : Promise.resolve();
    this.state = { kind: 'closing', done };
    return done;
  }

  /** The transport has no events of its own. */
  override on(): never {
    throw new Error('the work transport emits no events: follow the log');
  }

  override unwrap<T>(): T {
    if (this.state.kind !== 'open') throw new Error('the work transport is not open');
    return this.state.loop as T;
  }

  private async open(): Promise<void> {
    const loop = await WorkLoop.open({
      ...this.options,
      handle: (work, signal, nearlyDone) => this.handle(work, signal, nearlyDone),
      trouble: (what, error, work) => this.told(what, error, work),
    });
    this.state = { kind: 'open', loop };
  }

  private async shutDown(loop: WorkLoop): Promise<void> {
    const { agent, graceMs, logger } = this.options;
    await loop.close({ graceMs });
    logger.info({ agent_name: agent, left: loop.running }, 'no more work is taken');
  }

  /** By the first event of the commit that somebody has asked for with `@EventPattern(type)`; without one it is for another build. */
  private readonly handle: WorkHandler = async (work, signal, nearlyDone) => {
    for (const event of work.commit.events) {
      const handler = this.handlerOf(event.type);
      if (handler) return answerOf(await ended(await handler(event, new WorkContext(work, signal, nearlyDone))));
    }
    return WorkAnswer.forNewer;
  };

  /** Handlers are in place before the first piece of work; looking one up by its pattern costs as much as parsing the event. */
  private handlerOf(type: string): MessageHandler | null {
    const known = this.byType.get(type);
    if (known !== undefined) return known;
    const found = this.getHandlerByPattern(type);
    this.byType.set(type, found);
    return found;
  }

  private told(what: string, error: unknown, work: Work | undefined): void {
    const piece = work && {
      lane: work.commit.lane,
      position: work.commit.position,
      delivery_count: work.delivery,
    };
    this.options.logger.error({ agent_name: this.options.agent, ...piece }, `${what}: ${messageOf(error)}`);
  }
}

const answerOf = (value: unknown): WorkAnswer | undefined => (value instanceof WorkAnswer ? value : undefined);

/** Nest's own `handleEvent` does not wait for what a handler's stream does; the work is done only then. */
const ended = (answer: unknown): Promise<unknown> =>
  isObservable(answer) ? lastValueFrom(answer, { defaultValue: undefined }) : Promise.resolve(answer);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
