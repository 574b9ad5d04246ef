import type { ServerResponse } from 'node:http';
import type { WallClock } from '@squados/platform';
import type { FeedOut, FeedSink } from './feed-sink.port.js';

export interface SseOptions {
  readonly clock: WallClock;
  /** A comment that often, so that nothing between takes the silence for an end. */
  readonly heartbeatMs: number;
  /** A client that doesn't read for so long is dropped; it resumes from its token. */
  readonly patienceMs: number;
}

const HEAD = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
} as const;

/** What a client does after a lost connection waits so long. */
const RETRY_MS = 1_000;

/**
 * Server-sent events over one response.
 *
 * Invariants:
 * 1. `send` is awaited by each writer before its next: of a slow client no more is held than one message per writer.
 * 2. Once the response is closed nothing is written and nothing waits.
 */
export class SseSink implements FeedSink {
  #cancelBeat: (() => void) | undefined;

  constructor(
    private readonly response: ServerResponse,
    private readonly options: SseOptions,
  ) {
    response.writeHead(200, HEAD);
    response.write(`retry: ${RETRY_MS}\n\n`);
    response.once('close', () => this.#cancelBeat?.());
    this.#beat();
  }

  send({ event, data, id }: FeedOut): Promise<boolean> {
    if (this.#isClosed()) return Promise.resolve(false); // invariant 2
    const frame = `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${data}\n\n`;
    return this.response.write(frame) ? Promise.resolve(true) : this.#room(); // invariant 1
  }

  #room(): Promise<boolean> {
    const { response, options } = this;
    return new Promise((resolve) => {
      const cancel = options.clock.after(options.patienceMs, () => response.destroy());
      const settle = (): void => {
        cancel();
        response.off('drain', settle).off('close', settle);
        resolve(!this.#isClosed());
      };
      response.once('drain', settle).once('close', settle);
    });
  }

  #beat(): void {
    const { clock, heartbeatMs } = this.options;
    this.#cancelBeat = clock.after(heartbeatMs, () => {
      if (this.#isClosed()) return;
      if (!this.response.writableNeedDrain) this.response.write(':\n\n');
      this.#beat();
    });
  }

  #isClosed(): boolean {
    return this.response.destroyed || this.response.writableEnded;
  }
}
