import type { Lane, Position, ProjectId } from '@squados/contracts';

/** A commit as its bytes stand in the log, whatever build wrote them. */
export interface RawCommit {
  readonly lane: Lane;
  /** Its place in the log, and its revision in its lane. */
  readonly position: Position;
  readonly body: Uint8Array;
}

export interface RawRange {
  readonly project: ProjectId;
  /** Inclusive. */
  readonly through: Position;
}

/**
 * What moves whole projects between logs. The bytes go as they are, so that nothing is lost that only another build can read.
 *
 * Order: pages hold commits in the order of the log. Memory: a page is about a megabyte.
 * Purging takes away commits up to a place and nothing behind it, at once or, when it is cut off, with the next call; doing it again
 * takes away nothing more. What was purged can't be had back.
 */
export interface RawLog {
  read(range: RawRange): AsyncIterable<readonly RawCommit[]>;
  /** Answers how many commits are gone. */
  purge(range: RawRange): Promise<number>;
}

/**
 * Writes commits to the places they had in another log, into one that holds nothing else. Events name places (`after`), so they keep
 * them. What is there already of the same commits is left: a restoring that was cut off goes on.
 * @throws EventLogError `not-empty` when the log holds anything else, or others work on it
 */
export type RestoreCommits = (commits: AsyncIterable<readonly RawCommit[]>) => Promise<void>;
