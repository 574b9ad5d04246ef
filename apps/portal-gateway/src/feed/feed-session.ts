import { setTimeout as pause } from 'node:timers/promises';
import type { LaneCommit, Position } from '@squados/contracts';
import { resumeToken, type EventLog } from '@squados/event-log';
import type { BoardModel, BoardState } from '../model/board-model.js';
import type { Abilities, BoardMessage, BoardPatch, CardRow } from '../wire/index.js';
import { feedRows } from './feed-row.js';
import type { FeedSink } from './feed-sink.port.js';
import { resumeOf, type Resume } from './resume-token.js';

export interface FeedParts {
  readonly log: EventLog;
  readonly model: BoardModel;
  readonly abilities: Abilities;
  /** Where a fresh client begins to read. */
  readonly recent: () => Position;
}

/** Rows and commits per message: what a slow client makes the process hold stays small. */
const ROWS = 400;
const COMMITS = 200;
/** What comes meanwhile goes together: a thousand events a second are twenty messages. */
const BETWEEN_MS = 50;

/**
 * One client's life on the feed, over any transport.
 *
 * Invariants:
 * 1. The log's cursor is the client's own: what it didn't take is read again from the log, so nothing is queued for it,
 *    nothing is missed and nothing repeats over a reconnection.
 * 2. The board is told as it stands when there is room: a slow client skips looks, never the last one.
 * 3. A message with an id is all or nothing: its id stands for everything up to its last commit.
 */
export class FeedSession {
  #told = 0;

  constructor(
    private readonly parts: FeedParts,
    private readonly sink: FeedSink,
  ) {}

  /** Ends when the signal aborts, the client is gone, or the log closes. */
  async run(token: string | undefined, signal: AbortSignal): Promise<void> {
    const { log } = this.parts;
    const ended = new AbortController();
    const both = AbortSignal.any([signal, ended.signal]);
    const resume = resumeOf(token, { logId: log.logId, head: await log.head() });
    if (resume.kind === 'reset' && !(await this.#reset())) return;
    if (!(await this.#wholeBoard())) return;
    try {
      await Promise.race([this.#followLog(this.#startOf(resume), both), this.#followBoard(both)]);
    } finally {
      ended.abort();
    }
  }

  #reset(): Promise<boolean> {
    return this.sink.send({ event: 'reset', data: JSON.stringify({ logId: this.parts.log.logId }) });
  }

  #startOf(resume: Resume): Position {
    return resume.kind === 'after' ? resume.position : this.parts.recent();
  }

  async #followLog(after: Position, signal: AbortSignal): Promise<void> {
    const { log } = this.parts;
    for await (const batch of log.follow({ after, signal })) {
      for (let from = 0; from < batch.commits.length; from += COMMITS) {
        const commits = batch.commits.slice(from, from + COMMITS);
        const id = resumeToken(log, commits.at(-1)?.position ?? batch.position); // invariant 3
        const data = `{"rows":[${commits.map(rowsText).join(',')}]}`;
        if (!(await this.sink.send({ event: 'log', id, data }))) return;
      }
      await pause(BETWEEN_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #followBoard(signal: AbortSignal): Promise<void> {
    const { model } = this.parts;
    let wake: () => void = () => undefined;
    let isNews = true;
    const ring = (): void => {
      isNews = true;
      wake();
    };
    const release = model.subscribe(ring);
    signal.addEventListener('abort', ring, { once: true });
    try {
      while (!signal.aborted) {
        if (!isNews) await new Promise<void>((resolve) => (wake = resolve));
        isNews = false;
        if (!signal.aborted && !(await this.#patch())) return;
      }
    } finally {
      release();
    }
  }

  async #wholeBoard(): Promise<boolean> {
    const { log, model, abilities } = this.parts;
    const state = model.look();
    this.#told = state.version;
    const { position, project } = state;
    const head: BoardMessage = {
      logId: log.logId,
      position,
      ...(project === undefined ? {} : { project }),
      rows: state.rows.slice(0, ROWS),
      abilities,
    };
    if (!(await this.sink.send({ event: 'board', data: JSON.stringify(head) }))) return false;
    return this.#rows(state, state.rows.slice(ROWS));
  }

  /** What changed since this client was last told (invariant 2). */
  async #patch(): Promise<boolean> {
    const state = this.parts.model.look();
    if (state.version === this.#told) return true;
    const rows = state.since(this.#told);
    this.#told = state.version;
    return rows.length <= ROWS ? this.#send(state, rows) : this.#rows(state, rows);
  }

  async #rows(state: BoardState, rows: readonly CardRow[]): Promise<boolean> {
    for (let from = 0; from < rows.length; from += ROWS) {
      if (!(await this.#send(state, rows.slice(from, from + ROWS)))) return false;
    }
    return true;
  }

  #send(state: BoardState, rows: readonly CardRow[]): Promise<boolean> {
    return this.sink.send({ event: 'patch', data: patchText(state, rows) });
  }
}

/** Clients that were told of the same look share what changed since. */
const patches = new WeakMap<readonly CardRow[], string>();

const patchText = ({ position, project }: BoardState, rows: readonly CardRow[]): string => {
  const known = patches.get(rows);
  if (known !== undefined) return known;
  const patch: BoardPatch = { position, ...(project === undefined ? {} : { project }), rows };
  const text = JSON.stringify(patch);
  patches.set(rows, text);
  return text;
};

/** Followers of one process share the decoded commits, so that each is put into words once. */
const texts = new WeakMap<LaneCommit, string>();

const rowsText = (commit: LaneCommit): string => {
  const known = texts.get(commit);
  if (known !== undefined) return known;
  const text = feedRows(commit)
    .map((row) => JSON.stringify(row))
    .join(',');
  texts.set(commit, text);
  return text;
};
