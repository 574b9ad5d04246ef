import type { BoardStore } from './board-store.js';

/** The part of EventSource that is leaned on. */
export interface Source {
  onopen: (() => void) | null;
  onerror: (() => void) | null;
  readonly readyState: number;
  addEventListener(type: string, listener: (event: { readonly data: string }) => void): void;
  close(): void;
}

export interface FeedClientParts {
  readonly store: BoardStore;
  readonly open: () => Source;
  /** Whether the session stands; undefined when nobody answers. */
  readonly session: () => Promise<boolean | undefined>;
  readonly later: (ms: number, call: () => void) => void;
}

const CLOSED = 2;
const AGAIN_MS = 1_500;

/**
 * Keeps the store fed. The browser's EventSource reconnects by itself with the last message's id; only what it gives up on
 * (an answer that is no stream) is tried again here.
 */
export class FeedClient {
  #source: Source | undefined;

  constructor(private readonly parts: FeedClientParts) {}

  start(): void {
    const { store } = this.parts;
    const source = this.parts.open();
    this.#source = source;
    source.onopen = () => store.connection('live');
    source.onerror = () => this.#lost(source);
    source.addEventListener('board', ({ data }) => store.board(JSON.parse(data)));
    source.addEventListener('patch', ({ data }) => store.patch(JSON.parse(data)));
    source.addEventListener('log', ({ data }) => store.log(JSON.parse(data)));
    source.addEventListener('reset', () => store.reset());
  }

  stop(): void {
    this.#source?.close();
  }

  #lost(source: Source): void {
    this.parts.store.connection('reconnecting');
    if (source.readyState === CLOSED) void this.#givenUp(source);
  }

  async #givenUp(source: Source): Promise<void> {
    const stands = await this.parts.session();
    if (this.#source !== source) return;
    if (stands === false) this.parts.store.connection('signed-out');
    else this.parts.later(AGAIN_MS, () => this.#again(source));
  }

  /** A new source has no last id: it begins with what is recent, so what the feed showed goes. */
  #again(source: Source): void {
    if (this.#source !== source) return;
    this.parts.store.reset();
    this.parts.store.connection('reconnecting');
    this.start();
  }
}
