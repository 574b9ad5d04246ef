import { emptyCatalog, evolveCatalog, type Catalog } from '@squados/board';
import { START, type Position } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import type { WaitForPosition } from './catalog-task-source.js';

/**
 * A catalog that follows the log. Owns its fold and its one follower; the log belongs to whoever opened it.
 * 1. A wait ends when the fold is there, when its signal aborts, or when the follower has ended: never silently not at all.
 * 2. After `close`, or after the log broke, nothing is folded any more and every wait rejects.
 */
export interface CatalogFollower {
  catalog(): Catalog;
  waitForPosition: WaitForPosition;
  /** Everything that was in the log when it was opened is folded. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
}

interface Waiter {
  readonly position: Position;
  readonly settle: (error?: Error) => void;
}

type State = { readonly kind: 'following' } | { readonly kind: 'ended'; readonly error: Error };

class LogCatalogFollower implements CatalogFollower {
  private state: State = { kind: 'following' };
  private folded: Catalog = emptyCatalog();
  private at: Position = START;
  private readonly waiters = new Set<Waiter>();
  private readonly closing = new AbortController();
  private readonly loop: Promise<void>;
  private headReached: () => void = () => undefined;
  private readonly atHead = new Promise<void>((resolve) => (this.headReached = resolve));

  constructor(log: EventLog) {
    this.loop = this.follow(log).then(
      () => this.end(new Error('the catalog was closed')),
      (error: unknown) => this.end(error instanceof Error ? error : new Error(String(error))),
    );
  }

  catalog(): Catalog {
    return this.folded;
  }

  readonly waitForPosition: WaitForPosition = (position, signal) => {
    if (this.at >= position) return Promise.resolve();
    if (this.state.kind === 'ended') return Promise.reject(this.state.error);
    return new Promise((resolve, reject) => {
      const abort = (): void => waiter.settle(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      const settle = (error?: Error): void => {
        this.waiters.delete(waiter);
        signal.removeEventListener('abort', abort);
        if (error) reject(error);
        else resolve();
      };
      const waiter: Waiter = { position, settle };
      this.waiters.add(waiter);
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
    });
  };

  async caughtUp(): Promise<void> {
    await this.atHead;
    if (this.state.kind === 'ended') throw this.state.error;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.loop;
  }

  private async follow(log: EventLog): Promise<void> {
    for await (const batch of log.follow({ after: START, signal: this.closing.signal })) {
      for (const commit of batch.commits) this.folded = evolveCatalog(this.folded, commit);
      this.at = batch.position;
      for (const waiter of this.waiters) if (waiter.position <= this.at) waiter.settle();
      if (batch.atHead) this.headReached();
    }
  }

  /** Invariant 2. */
  private end(error: Error): void {
    this.state = { kind: 'ended', error };
    for (const waiter of this.waiters) waiter.settle(error);
    this.headReached();
  }
}

/** Begins to fold at once. */
export const followCatalog = (log: EventLog): CatalogFollower => new LogCatalogFollower(log);
