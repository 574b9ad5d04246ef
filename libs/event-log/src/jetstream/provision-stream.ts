import type { StreamInfo } from '@nats-io/jetstream';
import { LOG_STREAM } from '@squados/contracts';
import { randomUUID } from 'node:crypto';
import { EventLogError } from '../errors.js';
import type { NatsLink } from './nats-link.js';
import { patiently, type Patience } from './patience.js';
import { SERVER_CODE, serverCodeOf } from './server-codes.js';
import {
  adjustmentsOf,
  dangersOf,
  logIdOf,
  wantedStream,
  type Adjustment,
  type StreamWishes,
} from './stream-settings.js';

export type StreamSettings = Partial<Omit<StreamWishes, 'logId'>>;

const DEFAULTS: Omit<StreamWishes, 'logId'> = { maxBytes: -1, replicas: 1 };

/** The log's stream as it is, undefined when nobody made it yet. @throws EventLogError as `patiently` does */
export const findStream = (link: NatsLink, patience: Patience): Promise<StreamInfo | undefined> =>
  patiently(link, patience, async () => {
    try {
      return await link.jsm.streams.info(LOG_STREAM);
    } catch (error) {
      if (serverCodeOf(error) === SERVER_CODE.streamNotFound) return undefined;
      throw error;
    }
  });

/**
 * Makes the log's stream, or brings an existing one to the wished size; a stream that is as wished is left alone.
 * Settings that are not wished are left as they are.
 * @returns the log's id
 * @throws EventLogError `unsafe-settings` for a stream that is not a log of ours, or whose settings would lose data; all of
 * them are named, and nothing is changed
 */
export const provisionStream = async (
  link: NatsLink,
  settings: StreamSettings,
  patience: Patience,
): Promise<string> => {
  const found = (await findStream(link, patience)) ?? (await create(link, settings, patience));
  const logId = requireSafe(found);
  const adjustments = adjustmentsOf(found.config, settings);
  if (adjustments.length > 0) await adjust(link, found, adjustments);
  return logId;
};

const create = async (link: NatsLink, settings: StreamSettings, patience: Patience): Promise<StreamInfo> => {
  const wanted = wantedStream({ ...DEFAULTS, ...settings, logId: randomUUID() });
  try {
    return await patiently(link, patience, () => link.jsm.streams.add(wanted));
  } catch (error) {
    // Another process made it between our look and our call, or the answer to our first call was lost.
    const made = serverCodeOf(error) === SERVER_CODE.streamNameInUse ? await findStream(link, patience) : undefined;
    if (made !== undefined) return made;
    throw isOverlap(error) ? overlapping(error) : error;
  }
};

const adjust = async (link: NatsLink, found: StreamInfo, adjustments: readonly Adjustment[]): Promise<void> => {
  const changes = Object.fromEntries(adjustments.map(({ field, wanted }) => [field, wanted]));
  const { config } = await link.jsm.streams.update(LOG_STREAM, { ...found.config, ...changes });
  const ignored = adjustments.filter(({ field, wanted }) => config[field] !== wanted);
  if (ignored.length > 0)
    throw unsafe(ignored.map(({ field, is }) => `the server left ${field} at ${JSON.stringify(is)}`));
};

/** The id of a log that loses nothing. @throws EventLogError `unsafe-settings` */
export const requireSafe = ({ config }: StreamInfo): string => {
  const logId = logIdOf(config);
  const stranger = logId === undefined ? ['its description does not name a SquadOS log: somebody else made it'] : [];
  const dangers = [...stranger, ...dangersOf(config)];
  if (logId === undefined || dangers.length > 0) throw unsafe(dangers);
  return logId;
};

const isOverlap = (error: unknown): boolean => serverCodeOf(error) === SERVER_CODE.subjectsOverlap;

const unsafe = (dangers: readonly string[]): EventLogError =>
  new EventLogError(
    'unsafe-settings',
    `the stream ${LOG_STREAM} cannot hold the log: ${dangers.join('; ')}. Set it right with \`nats stream edit ${LOG_STREAM}\`, or give SquadOS an account of its own`,
  );

const overlapping = (cause: unknown): EventLogError =>
  new EventLogError(
    'unsafe-settings',
    'another stream of this account takes subjects that begin with squad: remove it, or give SquadOS an account of its own',
    { cause },
  );
