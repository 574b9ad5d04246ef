import { onAbort, type AnySignal } from '@squados/event-log';

/** Why an attempt's signal was aborted; the first cause counts. */
export type AbortCause = 'deadline' | 'lease-lost' | 'stopping' | 'ended-elsewhere';

export class AttemptAborted extends Error {
  override readonly name = 'AttemptAborted';
  constructor(override readonly cause: AbortCause) {
    super(`the attempt was aborted: ${cause}`);
  }
}

/** The promise's outcome, or the signal's reason as soon as it aborts; a loser that never ends is left behind. */
export const orAborted = <T>(promise: Promise<T>, signal: AnySignal): Promise<T> => {
  if (signal.aborted) {
    promise.catch(() => undefined);
    return Promise.reject(reasonOf(signal));
  }
  return new Promise((resolve, reject) => {
    const unlink = onAbort(signal, () => reject(reasonOf(signal)));
    promise.then(
      (value) => (unlink(), resolve(value)),
      (error: unknown) => (unlink(), reject(error as Error)),
    );
  });
};

const reasonOf = (signal: AnySignal): Error => (signal.reason instanceof Error ? signal.reason : new Error('aborted'));
