import { LOG_STREAM, type AgentName } from '@squados/contracts';
import { setTimeout as delay } from 'node:timers/promises';
import { EventLogError } from '../errors.js';
import { JetStreamClaims } from './jetstream-claims.js';
import { JetStreamLog } from './jetstream-log.js';
import type { NatsAccess } from './nats-access.js';
import { KnownCommits } from './known-commits.js';
import { NatsLink, type LinkObserver } from './nats-link.js';
import { findStream, provisionStream, requireSafe, type StreamSettings } from './provision-stream.js';

export interface JetStreamOptions {
  readonly access: NatsAccess;
  /** Who this is, for the server's list of connections. */
  readonly name: string;
  /** `make`: sets up the stream or checks and adjusts it. `await`: waits until somebody has. */
  readonly stream: 'await' | ({ readonly kind: 'make' } & StreamSettings);
  /** How long the first connection is tried and the stream is waited for, in ms. Default 10 s. */
  readonly connectMs?: number;
  /** How long an append or a read waits for a server that is away, in ms. Default 30 s. */
  readonly patienceMs?: number;
  /** How long the server waits for a sign of life of a worker's process, in ms. Default 30 s. Set by who provisions. */
  readonly ackWaitMs?: number;
  /** After which quiet time a waiting worker looks whether it was forgotten, in ms. Default 60 s. */
  readonly watchdogMs?: number;
  /** How often who provisioned an agent looks whether its durable is still there, in ms. Default 5 s. */
  readonly checkMs?: number;
  readonly observer?: JetStreamObserver;
}

export interface JetStreamObserver extends LinkObserver {
  /** A durable was deleted or altered by hand. */
  durable?(agent: AgentName, what: string, error?: unknown): void;
}

const DEFAULTS = { connectMs: 10_000, patienceMs: 30_000, ackWaitMs: 30_000, watchdogMs: 60_000, checkMs: 5_000 };
const LOOK_MS = 200;

/**
 * Opens the log on a NATS server.
 * @throws EventLogError `unreachable`, `access-refused`, `no-jetstream`, `unsafe-settings`, or `log-missing` when nobody made the stream in time
 */
export const openJetStreamLog = async (options: JetStreamOptions): Promise<JetStreamLog> => {
  const settings = { ...DEFAULTS, ...options };
  const { access, name, connectMs, observer } = settings;
  const link = await NatsLink.open({ access, name, connectMs, ...(observer ? { observer } : {}) });
  try {
    const logId = await streamOf(link, settings);
    const { patienceMs, ackWaitMs, watchdogMs, checkMs } = settings;
    const trouble = observer?.durable?.bind(observer);
    const known = new KnownCommits();
    const claims = { ackWaitMs, watchdogMs, checkMs, patienceMs, known, ...(trouble ? { trouble } : {}) };
    return new JetStreamLog({ link, logId, patienceMs, known, claims: new JetStreamClaims(link, claims) });
  } catch (error) {
    await link.close();
    throw error;
  }
};

const streamOf = async (
  link: NatsLink,
  { stream, connectMs }: JetStreamOptions & { readonly connectMs: number },
): Promise<string> => {
  const patience = { what: 'the stream of the log', ms: connectMs };
  if (stream !== 'await') {
    const { kind: _, ...settings } = stream;
    return provisionStream(link, settings, patience);
  }
  const end = performance.now() + connectMs;
  for (;;) {
    const found = await findStream(link, patience);
    if (found !== undefined) return requireSafe(found);
    if (performance.now() > end) throw notMade(connectMs);
    await delay(LOOK_MS);
  }
};

const notMade = (ms: number): EventLogError =>
  new EventLogError(
    'log-missing',
    `no stream ${LOG_STREAM} on this server after ${ms} ms: start the orchestrator, which makes it`,
  );
