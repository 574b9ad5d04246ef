/** What is to be true of the log at the end, whatever happened to whoever wrote it. */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { card, cards, project, type Board } from '@squados/board';
import { parseLane, START, type CardState, type LaneCommit, type ProjectId } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import type { FeedWatch } from './feed-watch.js';

/** Nothing more happens to it by itself. */
const TERMINAL: ReadonlySet<CardState> = new Set<CardState>(['DONE', 'SKIPPED', 'DEAD_LETTERED', 'BLOCKED', 'STALE']);
const ENDS: ReadonlySet<string> = new Set(['CardCompleted', 'CardFailed', 'CardReleased']);
const SHOWN = 5;

export interface Counts {
  commits: number;
  events: number;
  attempts: number;
  /** Starts of an attempt after the first: its worker died, or was taken for dead. */
  takenOver: number;
  retries: number;
  released: number;
  authors: Map<string, number>;
}

/** What the log holds, told by itself. */
export class LogFacts {
  readonly counts: Counts = {
    commits: 0,
    events: 0,
    attempts: 0,
    takenOver: 0,
    retries: 0,
    released: 0,
    authors: new Map(),
  };
  readonly ids = new Set<string>();
  readonly keys = new Set<string>();
  private readonly ends = new Map<string, number>();
  private readonly started = new Set<string>();

  static async of(log: EventLog): Promise<LogFacts> {
    const facts = new LogFacts();
    for await (const page of log.read({ after: START })) for (const commit of page) facts.add(commit);
    return facts;
  }

  /** Attempts with another number of ends than one. */
  endings(): readonly string[] {
    const twice = [...this.ends].filter(([, count]) => count > 1);
    const never = [...this.started].filter((attempt) => !this.ends.has(attempt));
    return [
      ...twice.map(([attempt, count]) => `${attempt} ended ${count} times`),
      ...never.map((attempt) => `${attempt} never ended`),
    ];
  }

  private add({ lane, position, events }: LaneCommit): void {
    this.counts.commits++;
    for (const [index, event] of events.entries()) {
      this.counts.events++;
      this.ids.add(event.id);
      this.keys.add(`${position}.${index}`);
      if (parseLane(lane)?.kind === 'attempt') this.onAttempt(lane, event);
      if (event.type === 'RetryScheduled') this.counts.retries++;
    }
  }

  private onAttempt(lane: string, event: LaneCommit['events'][number]): void {
    if (event.type === 'Unknown' || !('attempt' in event.data)) return;
    const attempt = `${lane} attempt ${event.data.attempt}`;
    if (ENDS.has(event.type)) this.ends.set(attempt, (this.ends.get(attempt) ?? 0) + 1);
    if (event.type === 'CardReleased') this.counts.released++;
    if (event.type === 'CardCompleted') this.completed(event.data.author);
    if (event.type !== 'CardStarted') return;
    if (this.started.has(attempt)) this.counts.takenOver++;
    else this.counts.attempts++;
    this.started.add(attempt);
  }

  private completed(author: string): void {
    this.counts.authors.set(author, (this.counts.authors.get(author) ?? 0) + 1);
  }
}

export interface Acknowledged {
  readonly count: number;
  /** Acknowledged to their writer, and not in the log. */
  readonly lost: readonly string[];
}

/** What the witnesses of all processes wrote down, against what is there. */
export const acknowledged = (folder: string, facts: LogFacts): Acknowledged => {
  const lost: string[] = [];
  let count = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.witness'))) {
    const lines = readFileSync(join(folder, file), 'utf8').split('\n').slice(0, -1);
    count += lines.length;
    for (const line of lines) {
      const [id = '', lane = ''] = line.split(' ');
      if (!facts.ids.has(id)) lost.push(`${file.replace('.witness', '')}: event ${id} of ${lane}`);
    }
  }
  return { count, lost };
};

/** How many cards are in each state. */
export const statesOf = (board: Board, id: ProjectId): ReadonlyMap<CardState, number> =>
  new Map(
    Object.entries(project(board, id)?.byState ?? {}).flatMap(([state, count]) =>
      count > 0 ? [[state as CardState, count] as const] : [],
    ),
  );

export const isSettled = (board: Board, id: ProjectId): boolean =>
  [...statesOf(board, id).keys()].every((state) => TERMINAL.has(state));

export const unsettled = (board: Board, id: ProjectId): readonly string[] =>
  [...cards(board, id)].flatMap((one) => {
    const state = card(board, id, one)?.state ?? 'TODO';
    return TERMINAL.has(state) ? [] : [`${one} is ${state}`];
  });

/** Lines of the page that came twice, and events that did not come; what was there before it was first opened doesn't count. */
export const feedFaults = ({ name, keys, resets }: FeedWatch, facts: LogFacts): readonly string[] => {
  const seen = new Set(keys);
  const placeOf = (key: string): number => Number(key.split('.')[0]);
  const from = Math.min(...keys.map(placeOf));
  const missing = [...facts.keys].filter((key) => placeOf(key) >= from && !seen.has(key));
  return [
    ...(keys.length === seen.size ? [] : [`${name}: ${keys.length - seen.size} lines came twice`]),
    ...(missing.length === 0 ? [] : [`${name}: ${missing.length} events never came, the first is ${missing[0]}`]),
    ...(resets === 0 ? [] : [`${name}: told ${resets} times that the log is another one`]),
  ];
};

export interface Verified {
  readonly sound: boolean;
  /** Last lines of what was said. */
  readonly said: readonly string[];
}

/** `squados events --verify`, a process of its own that shares no fold with the fleet. */
export const verified = (url: string): Promise<Verified> =>
  new Promise((done) => {
    const args = [resolve('apps/cli/bin/squados.mjs'), 'events', '--verify', '--nats', url];
    execFile(process.execPath, args, { maxBuffer: 2 ** 26 }, (error, out, err) => {
      const lines = `${out}${err}`.trim().split('\n');
      done({ sound: error === null && lines.some((line) => line.startsWith('sound: ')), said: lines });
    });
  });

/** At most a few of many, and how many more there are. */
export const some = (list: readonly string[]): readonly string[] =>
  list.length <= SHOWN ? list : [...list.slice(0, SHOWN), `… and ${list.length - SHOWN} more`];
