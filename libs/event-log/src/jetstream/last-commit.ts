import type { StoredMsg } from '@nats-io/jetstream';
import { LOG_STREAM, type Lane, type LaneCommit } from '@squados/contracts';
import { commitOf } from './commit-of.js';
import type { NatsLink } from './nats-link.js';
import { patiently, type Patience } from './patience.js';
import { SERVER_CODE, serverCodeOf } from './server-codes.js';

/** The last commit of a lane, as the stream's leader has it; copies on other servers may lag behind. */
export const lastCommit = async (link: NatsLink, lane: Lane, patience: Patience): Promise<LaneCommit | undefined> => {
  const stored = await lastMessage(link, lane, patience);
  return stored ? commitOf({ subject: stored.subject, data: stored.data }, stored.seq) : undefined;
};

/** Sequence of the last message whose subject fits a pattern; undefined: there is none. */
export const lastPlace = async (link: NatsLink, pattern: string, patience: Patience): Promise<number | undefined> =>
  (await lastMessage(link, pattern, patience))?.seq;

const lastMessage = (link: NatsLink, subject: string, patience: Patience): Promise<StoredMsg | undefined> =>
  patiently(link, patience, async () => {
    try {
      return (await link.jsm.streams.getMessage(LOG_STREAM, { last_by_subj: subject })) ?? undefined;
    } catch (error) {
      if (serverCodeOf(error) === SERVER_CODE.messageNotFound) return undefined;
      throw error;
    }
  });
