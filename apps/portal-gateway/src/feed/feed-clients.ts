import type { ServerResponse } from 'node:http';
import type { WallClock } from '@squados/platform';
import { FeedSession, type FeedParts } from './feed-session.js';
import { SseSink } from './sse-sink.js';

export interface ClientOptions {
  readonly clock: WallClock;
  readonly heartbeatMs: number;
  readonly patienceMs: number;
  readonly mostClients: number;
}

/** Every open feed of this process; they end together. */
export class FeedClients {
  readonly #stop = new AbortController();
  #count = 0;

  constructor(
    private readonly parts: FeedParts,
    private readonly options: ClientOptions,
  ) {}

  get count(): number {
    return this.#count;
  }

  get isFull(): boolean {
    return this.#count >= this.options.mostClients;
  }

  /** Serves one client until it leaves or `close`. Never rejects. */
  async serve(response: ServerResponse, token: string | undefined): Promise<void> {
    this.#count++;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const session = new FeedSession(this.parts, new SseSink(response, this.options));
    try {
      await session.run(token, AbortSignal.any([gone.signal, this.#stop.signal]));
    } catch {
      // The log broke or closed under the reader: the client comes again and is told then.
    } finally {
      this.#count--;
      response.end();
    }
  }

  close(): void {
    this.#stop.abort();
  }
}
