import type { LaneCommit, Position } from '@squados/contracts';
import type { EventLog } from '@squados/event-log';
import { LogFold } from '@squados/orchestrator';

/** Folds a log as of now, or up to a place; nothing is written and nothing is set in motion. */
export const readFold = (log: EventLog, until?: Until, seen?: (commit: LaneCommit) => void): Promise<LogFold> =>
  foldOn(new LogFold(), { log, ...(until ? { until } : {}), ...(seen ? { seen } : {}) });

export interface FoldingOn {
  readonly log: EventLog;
  readonly until?: Until;
  readonly seen?: (commit: LaneCommit) => void;
}

/** The same, from where a fold has come to. */
export const foldOn = async (fold: LogFold, { log, until, seen }: FoldingOn): Promise<LogFold> => {
  const to = until?.position === undefined ? {} : { to: until.position };
  for await (const page of log.read({ after: fold.position, ...to })) {
    for (const commit of page) {
      if (isAfter(commit, until?.time)) return fold;
      fold.apply(commit);
      seen?.(commit);
    }
  }
  return fold;
};

/** Up to and including a position, or up to and including a time (epoch milliseconds, as the events themselves say). */
export interface Until {
  readonly position?: Position;
  readonly time?: number;
}

const isAfter = (commit: LaneCommit, time = Infinity): boolean =>
  commit.events.some((event) => event.type !== 'Unknown' && Date.parse(event.time) > time);
