import { LOG_STREAM, type Lane, type LaneCommit } from '@squados/contracts';
import { commitOf } from './commit-of.js';
import type { NatsLink } from './nats-link.js';
import { patiently, type Patience } from './patience.js';
import { SERVER_CODE, serverCodeOf } from './server-codes.js';

/** The last commit of a lane, as the stream's leader has it; copies on other servers may lag behind. */
export const lastCommit = (link: NatsLink, lane: Lane, patience: Patience): Promise<LaneCommit | undefined> =>
  patiently(link, patience, async () => {
    try {
      const stored = await link.jsm.streams.getMessage(LOG_STREAM, { last_by_subj: lane });
      return stored ? commitOf({ subject: stored.subject, data: stored.data }, stored.seq) : undefined;
    } catch (error) {
      if (serverCodeOf(error) === SERVER_CODE.messageNotFound) return undefined;
      throw error;
    }
  });
