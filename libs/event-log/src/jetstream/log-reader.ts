import { position, type Position } from '@squados/contracts';
import { EventLogError } from '../errors.js';
import type { FollowBatch, FollowOptions, LaneFilter, ReadOptions } from '../event-log.port.js';
import { closedDuring, isNews, type Page } from '../following/log-pages.js';
import { laneMatcher, lanePattern } from '../lane-filter.js';
import { onAbort } from '../on-abort.js';
import type { KnownCommits } from './known-commits.js';
import { lastPlace } from './last-commit.js';
import { LogPull } from './log-pull.js';
import { missingLog } from './missing-log.js';
import type { NatsLink } from './nats-link.js';
import { findStream, requireSafe } from './provision-stream.js';

/** What a reader needs to know of its log. */
export interface ReadLog {
  readonly link: NatsLink;
  readonly logId: string;
  /** Aborted when the log is closed. */
  readonly closing: AbortSignal;
  /** How long a read waits for a server that is away, in ms; a follower waits for ever. */
  readonly patienceMs: number;
  readonly known: KnownCommits;
  /** The highest place that this process has seen; raised by readers too. */
  seen: number;
}

interface Range {
  readonly after: Position;
  readonly filter: LaneFilter | undefined;
  readonly signal: AbortSignal;
  readonly patienceMs: number;
}

/** The head of the log. @throws EventLogError `log-missing`, `log-replaced`, `unsafe-settings`, or as `patiently` does */
export const lookAtHead = async (
  log: ReadLog,
  patience: { readonly ms: number; readonly signal: AbortSignal },
): Promise<Position> => {
  const { seen } = log; // as of now: while the server answers, more is seen
  const info = await findStream(log.link, { what: 'the head of the log', ...patience });
  if (info === undefined) throw missingLog();
  const isSame = requireSafe(info) === log.logId && info.state.last_seq >= seen;
  if (!isSame) throw replaced(info.state.last_seq, seen);
  log.seen = Math.max(log.seen, info.state.last_seq);
  return position(info.state.last_seq);
};

/** What is read, up to a head that is being looked up. */
export interface Bounded extends Omit<ReadOptions, 'to'> {
  readonly to: Position | Promise<Position>;
}

/** `EventLog.read`, from a head that was looked up before. */
export async function* readLog(log: ReadLog, options: Bounded): AsyncGenerator<Page['commits']> {
  yield* untilStopped(log, options.signal, (signal) => readUpTo(log, { ...options, signal }));
  if (log.closing.aborted && options.signal?.aborted !== true) throw closedDuring('read');
}

async function* readUpTo(
  log: ReadLog,
  options: Bounded & { readonly signal: AbortSignal },
): AsyncGenerator<Page['commits']> {
  const { after, filter, signal } = options;
  const to = await options.to;
  if (to <= after) return;
  const range = { after, filter, signal, patienceMs: log.patienceMs };
  const end = Math.min(to, await lastOf(log, range));
  if (end <= after) return;
  for await (const page of matching(log, range)) {
    const commits = page.commits.filter((commit) => commit.position <= to);
    if (commits.length > 0) yield commits;
    if (page.atHead || page.position >= end) return;
  }
}

/** Where the last commit lies that a filter's pattern takes; beyond every place where there is no filter, 0 where there is none. */
const lastOf = async ({ link }: ReadLog, { filter, signal, patienceMs }: Range): Promise<number> => {
  const pattern = lanePattern(filter);
  if (pattern === undefined) return Infinity;
  const patience = { what: 'the last commit that is to be read', ms: patienceMs, signal };
  return (await lastPlace(link, pattern, patience)) ?? 0;
};

/** `EventLog.follow`. The cursor alone decides what comes next, also over a new connection or server. */
export async function* followLog(log: ReadLog, { after, filter, signal }: FollowOptions): AsyncGenerator<FollowBatch> {
  const told = { first: false, head: false };
  const pages = untilStopped(log, signal, (stop) =>
    matching(log, { after, filter, signal: stop, patienceMs: Infinity }),
  );
  for await (const page of pages) {
    if (isNews(page, told)) yield page;
    told.first = true;
    told.head ||= page.atHead;
  }
}

/** What a generator yields until the caller or the log ends it; that it was ended is no error. */
async function* untilStopped<T>(
  log: ReadLog,
  signal: AbortSignal | undefined,
  begin: (signal: AbortSignal) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  const stop = stopOf(log, signal);
  try {
    yield* begin(stop.signal);
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    stop.unlink();
  }
}

/** One signal for both ends: the caller's, and the log's. */
const stopOf = (
  log: ReadLog,
  signal: AbortSignal | undefined,
): { readonly signal: AbortSignal; readonly unlink: () => void } => {
  const stop = new AbortController();
  const signals = signal === undefined ? [log.closing] : [log.closing, signal];
  const unlinks = signals.map((each) => onAbort(each, () => stop.abort()));
  return { signal: stop.signal, unlink: () => unlinks.forEach((unlink) => unlink()) };
};

async function* matching(log: ReadLog, range: Range): AsyncGenerator<Page> {
  const matches = laneMatcher(range.filter);
  for await (const page of pulled(log, range)) {
    log.seen = Math.max(log.seen, page.commits.at(-1)?.position ?? 0);
    yield { ...page, commits: page.commits.filter((commit) => matches(commit.lane)) };
  }
}

/**
 * Whether the head is reached where a page says so. It is looked up where a filter stands, until it was true once: server 2.9 counts wrongly
 * what is pending for a filter behind the middle of a block.
 */
class HeadCheck {
  private isKnown: boolean;

  constructor(
    private readonly log: ReadLog,
    private readonly range: Range,
  ) {
    this.isKnown = lanePattern(range.filter) === undefined;
  }

  /** The page; or, where more is to come, without what it says of the head. */
  async checked(page: Page, after: Position): Promise<Page> {
    if (!page.atHead || this.isKnown) return page;
    const came = page.commits.at(-1)?.position ?? after;
    this.isKnown = (await lastOf(this.log, this.range)) <= came;
    return this.isKnown ? page : { ...page, position: came, atHead: false };
  }
}

/** Pages from one pull after another, each beginning where the last one broke. Ends when the signal aborts. */
async function* pulled(log: ReadLog, range: Range): AsyncGenerator<Page> {
  let { after } = range;
  const head = new HeadCheck(log, range);
  while (!range.signal.aborted) {
    const pull = await begin(log, { ...range, after });
    const unlink = onAbort(range.signal, () => pull.end());
    try {
      while (!pull.isBroken && !range.signal.aborted) {
        const page = pull.page();
        if (page === undefined) {
          await pull.wait();
          continue;
        }
        const checked = await head.checked(page, after);
        after = checked.position;
        yield checked;
      }
    } finally {
      unlink();
      pull.end();
    }
  }
}

const begin = async (log: ReadLog, { after, filter, signal, patienceMs }: Range): Promise<LogPull> => {
  const head = await lookAtHead(log, { ms: patienceMs, signal });
  const patience = { what: 'a consumer of the log', ms: patienceMs, signal };
  return LogPull.begin(log.link, { after, head, known: log.known, subject: lanePattern(filter) }, patience);
};

const replaced = (last: number, seen: number): EventLogError =>
  new EventLogError(
    'log-replaced',
    `the server holds another log than before, or an older one (it ends at ${last}, ${seen} was seen): start this process again, so that it reads anew`,
  );
