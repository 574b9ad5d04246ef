import { setImmediate as nextTurn } from 'node:timers/promises';
import type { LaneCommit, Position } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { FollowBatch, FollowOptions, LaneFilter, ReadOptions } from '../event-log.port.js';
import { onAbort } from '../on-abort.js';
import type { Belfry, Bell } from './bell.js';

/** What was found in one short look at the log. */
export interface Page {
  readonly commits: readonly LaneCommit[];
  /** Everything up to and including this position was looked at. */
  readonly position: Position;
  /** Nothing more to look at: `position` has reached the end that was asked for. */
  readonly atHead: boolean;
}

/** A log as readers see it: short synchronous looks, and bells that ring after something new can be seen. */
export interface PagedLog {
  readonly belfry: Belfry;
  readonly isClosed: () => boolean;
  /** One short look after a position, up to `to` (absent: the head). Bounded in rows, bytes and time. */
  readonly page: (range: { readonly after: Position; readonly to?: Position }, filter: LaneFilter | undefined) => Page;
}

/** `EventLog.read` over pages. Between two pages other work gets its turn, and nothing is held. */
export async function* readPages(
  log: PagedLog,
  options: ReadOptions & { readonly to: Position },
): AsyncGenerator<readonly LaneCommit[]> {
  let after = options.after;
  while (after < options.to && !options.signal?.aborted) {
    if (log.isClosed()) throw closedDuring('read');
    const page = log.page({ after, to: options.to }, options.filter);
    after = page.position;
    if (page.commits.length > 0) yield page.commits;
    if (!page.atHead) await nextTurn();
  }
}

/** `EventLog.follow` over pages. The cursor alone decides what comes next, so there is no seam that could gap or repeat. */
export async function* followPages(log: PagedLog, options: FollowOptions): AsyncGenerator<FollowBatch> {
  const bell = log.belfry.hang();
  // A follower that is aborted between two batches may never be asked again: what it holds is let go at the abort itself.
  const unlink = onAbort(options.signal, () => {
    log.belfry.takeDown(bell);
    bell.ring();
  });
  try {
    yield* rounds(log, options, bell);
  } finally {
    unlink();
    log.belfry.takeDown(bell);
  }
}

async function* rounds(log: PagedLog, options: FollowOptions, bell: Bell): AsyncGenerator<FollowBatch> {
  let after = options.after;
  const told = { first: false, head: false };
  while (!options.signal.aborted && !log.isClosed()) {
    bell.hush();
    const page = log.page({ after }, options.filter);
    after = page.position;
    if (isNews(page, told)) yield page;
    told.first = true;
    told.head ||= page.atHead;
    await (page.atHead ? bell.wait() : nextTurn());
  }
}

/** Commits always; of empty pages the first, and the first that reached the head. */
export const isNews = (page: Page, told: { readonly first: boolean; readonly head: boolean }): boolean =>
  page.commits.length > 0 || !told.first || (page.atHead && !told.head);

export const closedDuring = (what: string): EventLogError =>
  new EventLogError('closed', `the log was closed: ${what} is not possible any more; open it again`);
