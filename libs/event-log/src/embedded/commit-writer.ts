/**
 * Group commit. Owns the queue of appends that wait for the next transaction; doesn't own the database.
 *
 * Invariants:
 * 1. Nobody is told of a commit before its transaction is durable: first followers, then writers.
 * 2. An append that loses its lane stores nothing and hurts no other append of the group.
 * 3. After an error of the disk that leaves open what was stored (`failed`), nothing is written any more.
 */
import { position, revision, type LaneCommit } from '@squados/contracts';
import { asRead, encodeCommit, MAX_COMMIT_BYTES } from '../commit-codec.js';
import type { EventLogError } from '../errors.js';
import type { AppendResult, NewCommit } from '../event-log.port.js';
import { closedResult, lostLane, requireEvents, tooLarge } from '../append-answers.js';
import { onAbort } from '../on-abort.js';
import type { CommitReader } from './commit-reader.js';
import { rollBack, type LogDatabase } from './log-database.js';
import { asLogError, sqliteCode } from './sqlite-errors.js';

const GROUP_COMMITS = 1000;
const GROUP_BYTES = 4 * 1024 * 1024;

// The first commit of a lane needs no look: UNIQUE(lane, prev) refuses a second one. A later one must name a commit of its lane.
const INSERT_FIRST = 'INSERT INTO log(lane, prev, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
const INSERT_NEXT =
  'INSERT INTO log(lane, prev, body) SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM log WHERE pos = ?2 AND lane = ?1) ON CONFLICT DO NOTHING';

interface Pending {
  readonly commit: NewCommit;
  readonly body: string;
  readonly bytes: number;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: unknown) => void;
}

export interface StoredCommit {
  readonly commit: LaneCommit;
  readonly bytes: number;
}

export interface WriterParts {
  readonly db: LogDatabase;
  readonly file: string;
  readonly reader: CommitReader;
  /** Called once per transaction, after it is durable, before its writers are answered. */
  readonly onStored: (stored: readonly StoredCommit[]) => void;
}

type State = { readonly kind: 'open' | 'closed' } | { readonly kind: 'failed'; readonly error: EventLogError };

export class CommitWriter {
  private state: State = { kind: 'open' };
  private readonly pending = new Set<Pending>();
  private scheduled: NodeJS.Immediate | undefined;
  private readonly insertFirst;
  private readonly insertNext;
  private readonly begin;
  private readonly end;

  constructor(private readonly parts: WriterParts) {
    this.insertFirst = parts.db.prepare(INSERT_FIRST);
    this.insertNext = parts.db.prepare(INSERT_NEXT);
    this.begin = parts.db.prepare('BEGIN IMMEDIATE');
    this.end = parts.db.prepare('COMMIT');
  }

  async append(commit: NewCommit, signal: AbortSignal | undefined): Promise<AppendResult> {
    signal?.throwIfAborted();
    requireEvents(commit);
    if (this.state.kind === 'closed') return closedResult;
    if (this.state.kind === 'failed') throw this.state.error;
    const body = encodeCommit(commit.events);
    const bytes = Buffer.byteLength(body);
    if (bytes > MAX_COMMIT_BYTES) return tooLarge(commit, bytes);
    return this.enqueue({ commit, body, bytes }, signal);
  }

  /** Stores what waits, then refuses everything. */
  close(): void {
    while (this.pending.size > 0) this.flush();
    clearImmediate(this.scheduled);
    this.state = { kind: 'closed' };
  }

  private enqueue(append: Omit<Pending, 'resolve' | 'reject'>, signal: AbortSignal | undefined): Promise<AppendResult> {
    return new Promise((resolve, reject) => {
      if (signal === undefined) return this.add({ ...append, resolve, reject });
      const pending: Pending = {
        ...append,
        resolve: (result) => (unlink(), resolve(result)),
        reject: (error) => (unlink(), reject(error as Error)),
      };
      const unlink = onAbort(signal, () => {
        this.pending.delete(pending);
        reject(signal.reason as Error);
      });
      this.add(pending);
    });
  }

  private add(pending: Pending): void {
    this.pending.add(pending);
    this.scheduled ??= setImmediate(() => this.flush());
  }

  private flush(): void {
    const group = this.takeGroup();
    this.scheduled = this.pending.size > 0 ? setImmediate(() => this.flush()) : undefined;
    if (group.length === 0) return;
    let places: readonly number[];
    try {
      places = this.store(group);
    } catch (error) {
      this.answerFailure(group, error);
      return;
    }
    this.announce(group, places);
    this.answer(group, places);
  }

  private takeGroup(): readonly Pending[] {
    const group: Pending[] = [];
    let bytes = 0;
    for (const pending of this.pending) {
      if (group.length >= GROUP_COMMITS || bytes > GROUP_BYTES) break;
      bytes += pending.bytes;
      group.push(pending);
      this.pending.delete(pending);
    }
    return group;
  }

  /** One transaction. Answers each append's position, 0 for one that lost its lane. */
  private store(group: readonly Pending[]): readonly number[] {
    try {
      this.begin.run();
      const places = group.map((pending) => this.insert(pending));
      this.end.run();
      return places;
    } catch (error) {
      rollBack(this.parts.db);
      throw error;
    }
  }

  private insert({ commit, body }: Pending): number {
    const statement = commit.expected === 0 ? this.insertFirst : this.insertNext;
    const { changes, lastInsertRowid } = statement.run([commit.lane, commit.expected, body]);
    return changes === 1 ? Number(lastInsertRowid) : 0;
  }

  private announce(group: readonly Pending[], places: readonly number[]): void {
    const stored = group.flatMap(({ commit, bytes }, i): StoredCommit[] => {
      const place = places[i] ?? 0;
      return place === 0 ? [] : [{ commit: storedCommit(commit, place), bytes }];
    });
    if (stored.length > 0) this.parts.onStored(stored);
  }

  private answer(group: readonly Pending[], places: readonly number[]): void {
    group.forEach((pending, i) => {
      const place = places[i] ?? 0;
      if (place > 0) pending.resolve({ kind: 'appended', position: position(place), revision: revision(place) });
      else this.answerLost(pending);
    });
  }

  private answerLost({ commit, resolve, reject }: Pending): void {
    try {
      resolve(lostLane(commit, this.parts.reader.last(commit.lane)));
    } catch (error) {
      reject(asLogError(error, this.parts.file));
    }
  }

  private answerFailure(group: readonly Pending[], error: unknown): void {
    const refusal = refusalOf(error, this.parts.file);
    const failure = asLogError(error, this.parts.file);
    if (refusal === undefined && !isBusy(error)) this.state = { kind: 'failed', error: failure };
    for (const pending of group) {
      if (refusal) pending.resolve(refusal);
      else pending.reject(failure);
    }
  }
}

const storedCommit = (commit: NewCommit, place: number): LaneCommit => ({
  lane: commit.lane,
  position: position(place),
  revision: revision(place),
  events: asRead(commit.events),
});

/** Failures that certainly stored nothing and may be gone at the next append. */
const refusalOf = (error: unknown, file: string): AppendResult | undefined => {
  const { message } = asLogError(error, file);
  const code = sqliteCode(error);
  if (code === 'SQLITE_FULL') return { kind: 'refused', code: 'log-full', message };
  if (code === 'SQLITE_READONLY') return { kind: 'refused', code: 'read-only', message };
  return undefined;
};

/** Somebody else (a database tool, say) held the log for over 2 s: nothing was stored, nothing is broken. */
const isBusy = (error: unknown): boolean => sqliteCode(error) === 'SQLITE_BUSY';
