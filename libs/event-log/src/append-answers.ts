import { EMPTY_LANE, type LaneCommit } from '@squados/contracts';
import { MAX_COMMIT_BYTES } from './commit-codec.js';
import type { AppendResult, NewCommit } from './event-log.port.js';

type Refused = Extract<AppendResult, { kind: 'refused' }>;

export const closedResult: Refused = {
  kind: 'refused',
  code: 'closed',
  message: 'the log was closed before this append: open it again and append the same commit',
};

export const tooLarge = (commit: NewCommit, bytes: number): Refused => ({
  kind: 'refused',
  code: 'too-large',
  message: `the commit for ${commit.lane} has ${bytes} bytes, the limit is ${MAX_COMMIT_BYTES}: split it, or store its data as an artifact`,
});

/** @throws RangeError for a commit without events: a bug of the caller. */
export const requireEvents = (commit: NewCommit): void => {
  if (commit.events.length === 0) throw new RangeError(`a commit holds at least one event; lane ${commit.lane}`);
};

/** The answer to an append that did not find its lane as expected: its own commit is there already, or somebody else's is. */
export const lostLane = (commit: NewCommit, last: LaneCommit | undefined): AppendResult => {
  if (last && last.events[0]?.id === commit.events[0]?.id)
    return { kind: 'appended', position: last.position, revision: last.revision };
  return { kind: 'conflict', actual: last?.revision ?? EMPTY_LANE, last };
};
