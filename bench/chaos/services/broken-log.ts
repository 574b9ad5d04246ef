/** Logs that break a promise on purpose, to see that it is found out. They exist here alone. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AgentFolder } from '@squados/agent-runtime/alone';
import { EMPTY_LANE } from '@squados/contracts';
import type { AppendResult, EventLog, FollowBatch, FollowOptions, NewCommit } from '@squados/event-log';

/** `expectation`: appends whatever the lane holds. `fence`: a conflict counts as appended. `started`: no CardStarted is recorded. */
export const BREAKAGES = ['expectation', 'fence', 'started'] as const;
export type Breakage = (typeof BREAKAGES)[number];

export const isBreakage = (text: string | undefined): text is Breakage =>
  (BREAKAGES as readonly (string | undefined)[]).includes(text);

type Append = (log: EventLog, commit: NewCommit) => Promise<AppendResult>;

const withoutExpectation: Append = async (log, commit) => {
  for (;;) {
    const last = await log.last(commit.lane);
    const result = await log.append({ ...commit, expected: last?.revision ?? EMPTY_LANE });
    if (result.kind !== 'conflict') return result;
  }
};

const withoutFence: Append = async (log, commit) => {
  const result = await log.append(commit);
  if (result.kind !== 'conflict' || result.last === undefined) return result;
  return { kind: 'appended', position: result.last.position, revision: result.actual };
};

const withoutStart: Append = async (log, commit) => {
  const events = commit.events.filter(({ type }) => type !== 'CardStarted');
  if (events.length > 0) return log.append({ ...commit, events });
  return { kind: 'appended', position: await log.head(), revision: commit.expected };
};

const APPENDS: Readonly<Record<Breakage, Append>> = {
  expectation: withoutExpectation,
  fence: withoutFence,
  started: withoutStart,
};

const LATE_MS = 10_000;

/** News come late, as they may at any time: a worker that overslept is stopped by the fence or by nothing. */
async function* late(log: EventLog, options: FollowOptions): AsyncGenerator<FollowBatch> {
  for await (const batch of log.follow(options)) {
    await delay(LATE_MS, undefined, { signal: options.signal }).catch(() => undefined);
    yield batch;
  }
}

const brokenLog = (log: EventLog, breakage: Breakage): EventLog => ({
  logId: log.logId,
  append: (commit) => APPENDS[breakage](log, commit),
  read: (options) => log.read(options),
  follow: (options) => late(log, options),
  last: (lane) => log.last(lane),
  head: () => log.head(),
  close: () => log.close(),
});

/** Where an agent works, with a broken log, and nobody but that log to tell it the news. */
export const brokenPlace = (
  { log, claims, artifacts, tasks, close }: AgentFolder,
  breakage: Breakage,
): Pick<AgentFolder, 'log' | 'claims' | 'artifacts' | 'tasks' | 'close'> => ({
  ...{ claims, artifacts, tasks, close },
  log: brokenLog(log, breakage),
});
