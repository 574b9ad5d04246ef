import { errors } from '@nats-io/transport-node';
import { setTimeout as delay } from 'node:timers/promises';
import { EventLogError } from '../errors.js';
import { messageOf } from '../error-facts.js';
import { onAbort } from '../on-abort.js';
import { missingLog } from './missing-log.js';
import type { NatsLink } from './nats-link.js';
import { isNoResponders, isNotNow, SERVER_CODE, serverCodeOf } from './server-codes.js';

const AGAIN_MS = 100;

export interface Patience {
  /** What is wanted, for the error: `the head of the log`. */
  readonly what: string;
  /** How long it is tried again, in ms, while the server is away or not ready. */
  readonly ms: number;
  readonly signal?: AbortSignal;
}

/** True for a failure that may pass by itself: no answer, no server, a server that is starting or has no leader. */
const passes = (error: unknown): boolean =>
  error instanceof errors.TimeoutError ||
  error instanceof errors.ClosedConnectionError ||
  error instanceof errors.RequestError ||
  isNoResponders(error) ||
  isNotNow(serverCodeOf(error) ?? 0);

const inOurWords = (error: unknown): unknown =>
  serverCodeOf(error) === SERVER_CODE.streamNotFound ? missingLog(error) : error;

/**
 * Calls the server until it answers; the call must be harmless when made twice.
 * @throws EventLogError `closed`, `log-missing`, or `unreachable` when patience ended; the signal's reason; what the server refused with
 */
export const patiently = async <T>(link: NatsLink, patience: Patience, call: () => Promise<T>): Promise<T> => {
  const end = performance.now() + patience.ms;
  for (;;) {
    patience.signal?.throwIfAborted();
    if (link.isClosed) throw closedLink(patience.what);
    try {
      return await whileUp(link, call, patience.signal);
    } catch (error) {
      if (!passes(error)) throw inOurWords(error);
      if (performance.now() > end) throw noAnswer(patience, error);
    }
    await delay(AGAIN_MS, undefined, patience.signal ? { signal: patience.signal } : {});
  }
};

/** The call's answer, unless the caller gives up or the connection is lost: what was asked over it is not answered any more. */
const whileUp = async <T>(link: NatsLink, call: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> => {
  if (!link.isUp) throw new errors.ClosedConnectionError();
  const unlinks: (() => void)[] = [];
  const cut = new Promise<never>((_, reject) => {
    unlinks.push(link.onDown(() => reject(new errors.ClosedConnectionError())));
    if (signal) unlinks.push(onAbort(signal, () => reject(signal.reason as Error)));
  });
  const answer = call();
  try {
    return await Promise.race([answer, cut]);
  } finally {
    for (const unlink of unlinks) unlink();
    answer.catch(() => undefined); // nobody waits for it any more
  }
};

const closedLink = (what: string): EventLogError =>
  new EventLogError('closed', `the log was closed: ${what} is not to be had any more; open it again`);

export const noAnswer = ({ what, ms }: Pick<Patience, 'what' | 'ms'>, cause?: unknown): EventLogError =>
  new EventLogError(
    'unreachable',
    `NATS gave no answer about ${what} for ${ms} ms${cause === undefined ? '' : ` (${messageOf(cause)})`}: check the server, then ask again`,
    { cause },
  );
