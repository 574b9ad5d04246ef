import type { Msg } from '@nats-io/transport-node';
import { position, revision, type Lane, type LaneCommit } from '@squados/contracts';
import { decodeCommit } from '../commit-codec.js';

/** A message of the stream as a commit: its sequence is its place in the log and in its lane. */
export const commitOf = (message: Pick<Msg, 'subject' | 'data'>, sequence: number): LaneCommit => ({
  lane: message.subject as Lane,
  position: position(sequence),
  revision: revision(sequence),
  events: decodeCommit(message.data),
});
