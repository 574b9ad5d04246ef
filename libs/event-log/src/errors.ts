export type EventLogErrorCode =
  | 'log-locked'
  | 'log-corrupt'
  | 'log-unreadable'
  | 'disk-full'
  | 'permission'
  | 'closed'
  | 'storage'
  | 'artifact-missing';

/** Broken infrastructure under the log; expected outcomes are results, not errors. The message names file and remedy. */
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
