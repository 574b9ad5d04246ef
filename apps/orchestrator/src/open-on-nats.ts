import { randomUUID } from 'node:crypto';
import { natsBlobs, openNatsArtifactStore } from '@squados/artifacts/nats';
import { AGENT_OWNERS } from '@squados/contracts';
import { observeLog, withOffloading } from '@squados/event-log';
import { openJetStreamLog, type JetStreamObserver, type NatsAccess } from '@squados/event-log/jetstream';
import type { ServiceSignals } from '@squados/platform';
import { systemClock } from './engine/clock.port.js';
import type { EngineLogger } from './engine/engine-logger.port.js';
import { OrchestratorEngine } from './engine/orchestrator-engine.js';
import { KvLease } from './leadership/kv-lease.js';
import type { OrchestratorFolder } from './open-folder.js';
import { expectParts, foldTeller, tellOf } from './orchestrator-signals.js';
import { FoldSnapshots, SNAPSHOT_BUCKET } from './snapshots/fold-snapshots.js';

export interface OnNatsOptions {
  readonly access: NatsAccess;
  /** Who this is among several orchestrators. */
  readonly name: string;
  readonly logger: EngineLogger;
  /** Most cards of an agent that may be enqueued and not ended. */
  readonly window: number;
  /** Bytes after which the log takes no more; undefined: as it is. */
  readonly maxBytes?: number;
  /** How long the server waits for a sign of life of a worker, in ms; undefined: 30 s. */
  readonly ackWaitMs?: number;
  readonly onFailure: (error: unknown) => void;
  readonly signals: ServiceSignals;
}

/** How long an orchestrator that is started first waits for the server. */
const PATIENCE_MS = 60_000;

/**
 * An engine on a JetStream log that others use too. It makes the stream and the durables. Of several, one acts, and the others fold
 * along until its lease ends.
 * @throws EventLogError `unreachable`, `access-refused`, `no-jetstream`, `unsafe-settings`
 */
export const openOrchestratorOnNats = async (options: OnNatsOptions): Promise<OrchestratorFolder> => {
  const { access, name, logger, maxBytes, ackWaitMs, signals } = options;
  expectParts(signals);
  const jetstream = await openJetStreamLog({
    ...{ access, name, connectMs: PATIENCE_MS, observer: linkTeller(logger, signals) },
    stream: { kind: 'make', ...(maxBytes === undefined ? {} : { maxBytes }) },
    ...(ackWaitMs === undefined ? {} : { ackWaitMs }),
  });
  try {
    const told = (leads: boolean): void => logger.info({ leads }, leads ? 'leads' : 'stands by');
    const leadership = await KvLease.open(jetstream.connection, { holder: name, told });
    const artifacts = await openNatsArtifactStore(jetstream.connection);
    const log = observeLog(withOffloading(jetstream, artifacts), signals.metrics.cards);
    const blobs = natsBlobs(jetstream.connection, { bucket: SNAPSHOT_BUCKET, make: true });
    const snapshots = new FoldSnapshots({ blobs, log, logger });
    const engine = engineOn({ ...options, log, claims: jetstream.claims(), leadership, snapshots });
    tellOf({ engine, leadership }, signals);
    const close = async (): Promise<void> => {
      await leadership.stop();
      await jetstream.close();
    };
    return { engine, close };
  } catch (error) {
    await jetstream.close();
    throw error;
  }
};

type EngineParts = OnNatsOptions &
  Pick<ConstructorParameters<typeof OrchestratorEngine>[0], 'log' | 'claims'> & {
    readonly leadership: KvLease;
    readonly snapshots: FoldSnapshots;
  };

const engineOn = ({ log, claims, logger, window, snapshots, signals, ...parts }: EngineParts): OrchestratorEngine =>
  new OrchestratorEngine({
    ...{ log, claims, logger, onFailure: parts.onFailure, leadership: parts.leadership },
    observers: [foldTeller(signals)],
    ...{ clock: systemClock, draw: Math.random, newId: randomUUID, window: () => window },
    agents: AGENT_OWNERS.map((owner) => owner.agent),
    snapshots,
  });

/** Says in the log, and to who probes, what happens to the connection and to the durables. */
const linkTeller = (logger: EngineLogger, { health }: ServiceSignals): JetStreamObserver => ({
  down: (server) => {
    health.report('log', false, 'NATS is away');
    logger.warn({ server }, 'NATS is away: what is under way waits for it');
  },
  up: (server) => {
    health.report('log', true);
    logger.info({ server }, 'NATS is there again');
  },
  violation: (subject, operation) => logger.error({ subject, operation }, 'NATS does not let this user do that'),
  durable: (agent, what, error) =>
    logger.warn({ agent_name: agent, ...(error === undefined ? {} : { err: String(error) }) }, what),
});
