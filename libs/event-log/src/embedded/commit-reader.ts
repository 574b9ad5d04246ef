import { position, revision, type Lane, type LaneCommit, type Position } from '@squados/contracts';
import { decodeBatch, decodeCommit } from '../commit-codec.js';
import type { LaneFilter } from '../event-log.port.js';
import type { Page } from '../following/log-pages.js';
import { laneMatcher, lanePattern, patternPrefix } from '../lane-filter.js';
import type { LogDatabase } from './log-database.js';

/** Commits of one page at most. */
const PAGE_COMMITS = 256;
/** A page stops growing around here; the next one takes fewer commits. */
const PAGE_BYTES = 1024 * 1024;
/** Positions looked at in one page when a filter lets few through: about 4 ms. */
const SCAN_SPAN = 8192;
/** Up to so many commits below a filter's literal prefix, the index alone finds them; beyond, scanning is cheaper. */
const NARROW = 4096;

/** `after` exclusive, `to` inclusive. */
interface Range {
  readonly after: number;
  readonly to: number;
}
type Row = readonly [pos: number, lane: string, batch: unknown];
type RawRow = readonly [pos: number, lane: Buffer, body: Buffer];

// One value per page crosses from SQLite: building a row of JavaScript values for each commit costs three times as much. Everything
// is handed over as a blob, because text that isn't UTF-8 would abort the process in libsql 0.5.29.
const asOneText = (rows: string): string =>
  `SELECT count(*), CAST(group_concat('[' || pos || ',"' || lane || '",' || CAST(body AS TEXT) || ']') AS BLOB) FROM (${rows})`;
const asRawRows = (rows: string): string => `SELECT pos, CAST(lane AS BLOB), CAST(body AS BLOB) FROM (${rows})`;

const IN_ORDER = 'SELECT pos, lane, body FROM log WHERE pos > ? AND pos <= ? ORDER BY pos LIMIT ?';
const MATCHING = 'SELECT pos, lane, body FROM log WHERE pos > ? AND pos <= ? AND lane GLOB ? ORDER BY pos LIMIT ?';
const LISTED = 'SELECT pos, lane, body FROM log WHERE pos IN (SELECT value FROM json_each(?)) ORDER BY pos';
const LAST = 'SELECT pos, lane, body FROM log WHERE lane = ? ORDER BY prev DESC LIMIT 1';
const UNDER_PREFIX = `
  SELECT count(*), json_group_array(pos) FILTER (WHERE pos > ?1 AND pos <= ?2 AND lane GLOB ?3)
  FROM (SELECT pos, lane FROM log WHERE lane >= ?4 AND lane < ?5 LIMIT ?6)`;

/** Reads commits in short looks, each its own transaction. */
export class CommitReader {
  private readonly statements = new Map<string, ReturnType<LogDatabase['prepare']>>();
  private pageCommits = 32;

  constructor(private readonly db: LogDatabase) {}

  head(): Position {
    // sqlite_sequence would keep counting past archived commits; what is there now is what counts.
    const [head] = this.statement('SELECT max(pos) FROM log').get([]) as readonly [number | null];
    return position(head ?? 0);
  }

  last(lane: Lane): LaneCommit | undefined {
    return this.commits(LAST, [lane])[0];
  }

  /** One page; `position` is the last place looked at. */
  page(range: Range, filter: LaneFilter | undefined): Page {
    const pattern = lanePattern(filter);
    const found = pattern === undefined ? this.inOrder(range) : this.matching(range, pattern);
    const matches = laneMatcher(filter);
    const commits = pattern === undefined ? found.commits : found.commits.filter((commit) => matches(commit.lane));
    // A cursor past the head stays where it is: what it waits for is still to come.
    return { commits, position: position(Math.max(found.end, range.after)), atHead: found.end >= range.to };
  }

  private inOrder(range: Range): Found {
    const limit = this.pageCommits;
    return endOf(this.commits(IN_ORDER, [range.after, range.to, limit]), limit, range.to);
  }

  private matching(range: Range, pattern: string): Found {
    return this.narrow(range, pattern) ?? this.scan(range, pattern);
  }

  /** By index, for a filter that names its project, when few commits lie below it; undefined otherwise. */
  private narrow(range: Range, pattern: string): Found | undefined {
    const prefix = patternPrefix(pattern);
    if (prefix === undefined) return undefined;
    const [seen, listed] = this.statement(UNDER_PREFIX).get([
      ...[range.after, range.to, pattern, prefix, afterPrefix(prefix), NARROW + 1],
    ]) as readonly [number, string];
    if (seen > NARROW) return undefined;
    const limit = this.pageCommits;
    const all = (JSON.parse(listed) as number[]).sort((a, b) => a - b);
    return endOf(this.commits(LISTED, [JSON.stringify(all.slice(0, limit))]), limit, range.to);
  }

  private scan(range: Range, pattern: string): Found {
    const end = Math.min(range.to, range.after + SCAN_SPAN);
    const limit = this.pageCommits;
    return endOf(this.commits(MATCHING, [range.after, end, pattern, limit]), limit, end);
  }

  private commits(rows: string, parameters: readonly unknown[]): LaneCommit[] {
    const [count, text] = this.statement(asOneText(rows)).get([...parameters]) as readonly [number, Buffer | null];
    this.pace(count, text?.length ?? 0);
    if (text === null) return [];
    return this.fromOneText(count, text) ?? this.fromRawRows(rows, parameters);
  }

  /** Fast path: the page is one JSON text. Undefined when a body in it isn't JSON in UTF-8. */
  private fromOneText(count: number, bytes: Buffer): LaneCommit[] | undefined {
    const text = `[${bytes.toString('utf8')}]`;
    // Broken UTF-8 decodes to this character; it may also stand in a sound text, which the slow path then tells apart.
    if (text.includes('\uFFFD')) return undefined;
    try {
      const page = JSON.parse(text) as readonly Row[];
      return page.length === count && page.every(isRow) ? page.map(toCommit) : undefined;
    } catch {
      return undefined;
    }
  }

  private fromRawRows(rows: string, parameters: readonly unknown[]): LaneCommit[] {
    const page = this.statement(asRawRows(rows)).all([...parameters]) as readonly RawRow[];
    return page.map(([pos, lane, body]) => commitAt(pos, lane.toString('utf8'), decodeCommit(body)));
  }

  /** Keeps pages near PAGE_BYTES, whatever the size of the commits. */
  private pace(count: number, bytes: number): void {
    if (bytes > PAGE_BYTES) this.pageCommits = Math.max(1, this.pageCommits >>> 1);
    else if (count >= this.pageCommits && bytes < PAGE_BYTES / 4)
      this.pageCommits = Math.min(PAGE_COMMITS, this.pageCommits * 2);
  }

  private statement(sql: string): ReturnType<LogDatabase['prepare']> {
    const known = this.statements.get(sql) ?? this.db.prepare(sql).raw();
    this.statements.set(sql, known);
    return known;
  }
}

interface Found {
  readonly commits: readonly LaneCommit[];
  readonly end: number;
}

/** A full page ends at its last commit, any other at the end of what was looked at. */
const endOf = (commits: readonly LaneCommit[], limit: number, end: number): Found => ({
  commits,
  end: commits.length >= limit ? (commits.at(-1)?.position ?? end) : end,
});

/** The first text that no longer begins with the prefix: its final dot becomes the next character. */
const afterPrefix = (prefix: string): string => `${prefix.slice(0, -1)}/`;

const isRow = (row: unknown): row is Row => Array.isArray(row) && row.length === 3 && typeof row[0] === 'number';

const toCommit = ([pos, lane, batch]: Row): LaneCommit => commitAt(pos, lane, decodeBatch(batch));

const commitAt = (pos: number, lane: string, events: LaneCommit['events']): LaneCommit => ({
  lane: lane as Lane,
  position: position(pos),
  revision: revision(pos),
  events,
});
