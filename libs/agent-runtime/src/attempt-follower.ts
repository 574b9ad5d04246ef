import type { LaneCommit, Position } from '@squados/contracts';
import type { EventLog, LaneFilter } from '@squados/event-log';
import { pause, type Clock } from './clock.port.js';
import { messageOf, nameOf } from './describe-error.js';
import type { RuntimeLogger } from './runtime-logger.port.js';

const RETRY_MS = 1_000;

export interface FollowTask {
  readonly log: EventLog;
  readonly filter: LaneFilter;
  readonly after: Position;
  readonly clock: Clock;
  readonly logger: RuntimeLogger;
  readonly onCommits: (commits: readonly LaneCommit[]) => void;
}

/** What shows a runtime the commits of its attempts. */
export interface Following {
  stop(): Promise<void>;
}

/** One follower for all runs of a runtime. Goes on after broken infrastructure where it was, until it is stopped. */
export const followAttempts = (task: FollowTask): Following => {
  const stopping = new AbortController();
  const ended = follow(task, stopping.signal);
  return {
    stop: () => {
      stopping.abort();
      return ended;
    },
  };
};

const follow = async (task: FollowTask, signal: AbortSignal): Promise<void> => {
  let after = task.after;
  while (!signal.aborted) {
    try {
      for await (const batch of task.log.follow({ after, filter: task.filter, signal })) {
        after = batch.position;
        if (batch.commits.length > 0) task.onCommits(batch.commits);
      }
      return;
    } catch (error) {
      task.logger.warn(
        {
          'err.type': nameOf(error),
        },
        `following the attempts stopped, trying again: ${messageOf(error)}`,
      );
      await pause(task.clock, RETRY_MS, signal);
    }
  }
};
