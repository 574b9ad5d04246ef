import { START, type LaneCommit, type Position } from '@squados/contracts';
import type { EventLog, FollowBatch, FollowOptions, ReadOptions } from '../event-log.port.js';
import { within } from './waiting.js';

export const readAll = async (log: EventLog, options: Partial<ReadOptions> = {}): Promise<LaneCommit[]> => {
  const all: LaneCommit[] = [];
  for await (const page of log.read({ after: START, ...options })) all.push(...page);
  return all;
};

/** Follows until `count` commits came in, then stops. */
export const followFor = async (
  log: EventLog,
  count: number,
  options: Partial<Omit<FollowOptions, 'signal'>> = {},
): Promise<LaneCommit[]> => {
  const stop = new AbortController();
  const seen: LaneCommit[] = [];
  const following = (async () => {
    for await (const batch of log.follow({ after: START, ...options, signal: stop.signal })) {
      seen.push(...batch.commits);
      if (seen.length >= count) break;
    }
  })();
  try {
    await within(`${count} followed commits`, following, 60_000);
  } finally {
    stop.abort();
  }
  return seen;
};

/** A follower whose batches a spec takes one by one. */
export interface Follower {
  next(): Promise<FollowBatch | undefined>;
  stop(): void;
}

export const startFollowing = (log: EventLog, options: Partial<Omit<FollowOptions, 'signal'>> = {}): Follower => {
  const stop = new AbortController();
  const iterator = log.follow({ after: START, ...options, signal: stop.signal })[Symbol.asyncIterator]();
  return {
    next: async () => {
      const { value, done } = await within('the next batch', iterator.next());
      return done ? undefined : (value as FollowBatch);
    },
    stop: () => stop.abort(),
  };
};

export const positionsOf = (commits: readonly LaneCommit[]): Position[] => commits.map((commit) => commit.position);
