import { isOfNewerBuild, parseEvent, type SquadEvent, type UnknownEvent } from '@squados/contracts';
import { messageOf } from './error-facts.js';
import { isOffloaded, sealed } from './offloaded-event.js';

/** Hard limit of every adapter for one encoded commit, in bytes; larger arrays go beside the log (`withOffloading`). */
export const MAX_COMMIT_BYTES = 1024 * 1024;

/** A commit as it stands in the log: CloudEvents batch, JSON. */
export const encodeCommit = (events: readonly SquadEvent[]): string => JSON.stringify(events);

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/** Inverse of `encodeCommit`. Never throws: what can't be read becomes one `Unknown` event that says why. */
export const decodeCommit = (bytes: Uint8Array): readonly (SquadEvent | UnknownEvent)[] => {
  try {
    return decodeBatch(JSON.parse(strictUtf8.decode(bytes)));
  } catch (cause) {
    return [undecodable(`the commit is not JSON in UTF-8: ${messageOf(cause)}`, Buffer.from(bytes))];
  }
};

/** The second half of `decodeCommit`, for JSON that was parsed already. Never throws. */
export const decodeBatch = (batch: unknown): readonly (SquadEvent | UnknownEvent)[] => {
  if (!Array.isArray(batch) || batch.length === 0)
    return [undecodable('the commit is not a list of events', asBytes(batch))];
  return batch.map(decodeOne);
};

/** Events that were just appended, as a reader would see them; saves decoding what this process encoded itself. */
export const asRead = (events: readonly SquadEvent[]): readonly (SquadEvent | UnknownEvent)[] =>
  events.some(isOffloaded) ? events.map(decodeOne) : events;

const decodeOne = (value: unknown): SquadEvent | UnknownEvent =>
  isOffloaded(value) ? sealed(value) : keepingBytes(parseEvent(value), value);

/** What no build can read keeps its bytes, so that whoever finds it parked can tell what it was. */
const keepingBytes = (event: SquadEvent | UnknownEvent, value: unknown): SquadEvent | UnknownEvent =>
  event.type === 'Unknown' && !isOfNewerBuild(event) ? { ...event, bytes: asBytes(value).toString('base64') } : event;

const asBytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value) ?? '');

const undecodable = (reason: string, bytes: Buffer): UnknownEvent => ({
  type: 'Unknown',
  originalType: '',
  version: 0,
  id: '',
  reason,
  bytes: bytes.toString('base64'),
});
