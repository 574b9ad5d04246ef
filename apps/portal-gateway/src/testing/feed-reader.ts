import { request, type IncomingMessage } from 'node:http';
import type { FeedMessage, FeedRow } from '../wire/index.js';
import { until } from './until.js';

export interface Heard {
  readonly id?: string;
  readonly event: string;
  readonly data: string;
}

/** A client of the feed that keeps what it heard. */
export class FeedReader {
  readonly heard: Heard[] = [];
  comments = 0;
  isOver = false;
  #response: IncomingMessage | undefined;
  #buffer = '';
  readonly #request: ReturnType<typeof request>;

  constructor(base: string, headers: Readonly<Record<string, string>>) {
    this.#request = request(new URL('/api/feed', base), { headers, agent: false }, (response) => {
      this.#response = response;
      response.setEncoding('utf8');
      response.on('data', (text: string) => this.#take(text));
      response.on('close', () => (this.isOver = true));
    });
    this.#request.on('error', () => (this.isOver = true));
    this.#request.end();
  }

  get status(): number | undefined {
    return this.#response?.statusCode;
  }

  get rows(): readonly FeedRow[] {
    return this.messages<FeedMessage>('log').flatMap((message) => message.rows);
  }

  get lastId(): string | undefined {
    return this.heard.findLast((message) => message.id !== undefined)?.id;
  }

  messages<T>(event: string): readonly T[] {
    return this.heard.filter((message) => message.event === event).map(({ data }) => JSON.parse(data) as T);
  }

  until(what: string, holds: (reader: FeedReader) => boolean): Promise<void> {
    return until(what, () => holds(this));
  }

  /** Reads no more, and stays. */
  stall(): void {
    this.#response?.pause();
  }

  leave(): void {
    this.#request.destroy();
  }

  #take(text: string): void {
    const frames = (this.#buffer + text).split('\n\n');
    this.#buffer = frames.pop() ?? '';
    for (const frame of frames) this.#hear(frame);
  }

  #hear(frame: string): void {
    const fields = new Map(
      frame.split('\n').map((line) => [line.split(':', 1)[0] ?? '', line.replace(/^[^:]*: ?/, '')]),
    );
    if (fields.has('')) this.comments++;
    const [event, data, id] = [fields.get('event'), fields.get('data'), fields.get('id')];
    if (event !== undefined && data !== undefined)
      this.heard.push({ event, data, ...(id === undefined ? {} : { id }) });
  }
}
