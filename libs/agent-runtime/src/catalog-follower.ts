import { emptyCatalog, evolveCatalog, type Catalog } from '@squados/board';
import { START, type LaneCommit, type Position } from '@squados/contracts';
import { onAbort, type EventLog } from '@squados/event-log';
import type { WaitForPosition } from './catalog-task-source.js';

/** Calls back with commits in their order, and answers how to stop it. */
export type WatchCommits = (told: (commits: readonly LaneCommit[]) => void) => () => void;

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
  /** Rejects when the log can't be followed any more; never resolves. */
  readonly failed: Promise<never>;
  /** Tells of the commits that it folds from now on, also for who else has to see them; answers how to stop it. */
  watch: WatchCommits;
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
  private readonly watchers = new Set<Parameters<WatchCommits>[0]>();
  private readonly closing = new AbortController();
  private readonly loop: Promise<void>;
  readonly failed: Promise<never>;
  private headReached: () => void = () => undefined;
  private readonly atHead = new Promise<void>((resolve) => (this.headReached = resolve));

  constructor(log: EventLog) {
    const following = this.follow(log);
    this.failed = following.then(() => new Promise<never>(() => undefined));
    this.failed.catch(() => undefined); // told to whoever waits; nobody has to
    this.loop = following.then(
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
        unlink();
        if (error) reject(error);
        else resolve();
      };
      const waiter: Waiter = { position, settle };
      this.waiters.add(waiter);
      let unlink = (): void => undefined;
      unlink = onAbort(signal, abort);
    });
  };

  readonly watch: WatchCommits = (told) => {
    this.watchers.add(told);
    return () => void this.watchers.delete(told);
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
      for (const told of this.watchers) told(batch.commits);
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
