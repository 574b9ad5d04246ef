export type EventLogErrorCode =
  | 'log-locked'
  | 'log-corrupt'
  | 'log-unreadable'
  | 'disk-full'
  | 'permission'
  | 'closed'
  | 'storage'
  | 'artifact-missing'
  /** No server answers at the address. */
  | 'unreachable'
  /** The server refuses who we say we are, or what we want to do. */
  | 'access-refused'
  /** The server is there and has no JetStream for us. */
  | 'no-jetstream'
  /** The log or the claims are set up in a way that would lose data; the message names each setting. */
  | 'unsafe-settings'
  /** Nobody has set up the log yet, or it was deleted. */
  | 'log-missing'
  /** The server holds another log than before, or an older state of this one. */
  | 'log-replaced'
  /** A project is to be restored into a log that holds something else. */
  | 'not-empty';

/** Broken infrastructure under the log; expected outcomes are results, not errors. The message names the place and the remedy. */
export class EventLogError extends Error {
  override readonly name = 'EventLogError';
  constructor(
    readonly code: EventLogErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options);
  }
}
