import { JetStreamApiError } from '@nats-io/jetstream';
import { errors } from '@nats-io/transport-node';

/** Codes of JetStream's answers that mean something to us (`err_code`; server 2.9 to 2.15). Never the text: it changes. */
export const SERVER_CODE = {
  memoryExceeded: 10028,
  insufficientResources: 10023,
  storageExceeded: 10047,
  messageTooLarge: 10054,
  consumerNotFound: 10014,
  messageNotFound: 10037,
  jetStreamNotEnabled: 10076,
  jetStreamNotEnabledForAccount: 10039,
  streamNameInUse: 10058,
  streamNotFound: 10059,
  streamSealed: 10109,
  /** 2.9 to 2.15: `max_bytes` reached, or the disk refused. */
  storeFailed: 10077,
  subjectsOverlap: 10065,
  wrongLastSequence: 10071,
  /** The same in newer servers, when the first of two is not stored yet. */
  wrongLastSequenceUnknown: 10164,
} as const;

/** The `err_code` of what a call of the client threw; undefined when the server did not refuse it. */
export const serverCodeOf = (error: unknown): number | undefined =>
  error instanceof JetStreamApiError ? error.code : undefined;

const NOT_NOW: ReadonlySet<number> = new Set([
  10008, // JetStream temporarily unavailable
  10009, // no leader
  10118, // server is shutting down
  SERVER_CODE.jetStreamNotEnabled, // also what a server says while it starts
]);

/** True for refusals that pass by themselves: a leader is being elected, the server starts or stops. */
export const isNotNow = (code: number): boolean => NOT_NOW.has(code);

/** True when nobody answers to the subject that was asked; the client wraps this differently for different calls. */
export const isNoResponders = (error: unknown): boolean =>
  error instanceof errors.RequestError
    ? error.isNoResponders()
    : error instanceof Error && error.cause instanceof errors.RequestError && error.cause.isNoResponders();
