import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { fileBlobs, openFileArtifactStore } from '@squados/artifacts';
import { AGENT_OWNERS } from '@squados/contracts';
import { observeLog, withOffloading } from '@squados/event-log';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import type { ServiceSignals } from '@squados/platform';
import { systemClock } from './engine/clock.port.js';
import type { EngineLogger } from './engine/engine-logger.port.js';
import { OrchestratorEngine } from './engine/orchestrator-engine.js';
import { expectParts, foldTeller, tellOf } from './orchestrator-signals.js';
import { FoldSnapshots } from './snapshots/fold-snapshots.js';

export interface OrchestratorFolder {
  readonly engine: OrchestratorEngine;
  /** Gives the folder back; the engine must have been stopped. */
  close(): Promise<void>;
}

export interface FolderOptions {
  readonly dir: string;
  readonly logger: EngineLogger;
  /** Most cards of an agent that may be enqueued and not ended. */
  readonly window: number;
  readonly onFailure: (error: unknown) => void;
  readonly signals: ServiceSignals;
}

/**
 * An engine on an embedded log that this process has to itself.
 * @throws EventLogError `log-locked` when another process has the folder; EventLogError or ArtifactError for disk trouble
 */
export const openOrchestratorFolder = async (options: FolderOptions): Promise<OrchestratorFolder> => {
  const { dir, logger, window, onFailure, signals } = options;
  expectParts(signals);
  const embedded = await openEmbeddedLog({ dir, mode: 'owner' });
  try {
    const artifacts = await openFileArtifactStore(join(dir, 'artifacts'));
    const log = observeLog(withOffloading(embedded, artifacts), signals.metrics.cards);
    const snapshots = new FoldSnapshots({ blobs: fileBlobs(join(dir, 'snapshots')), log, logger });
    const agents = AGENT_OWNERS.map((owner) => owner.agent);
    const ports = { clock: systemClock, draw: Math.random, newId: randomUUID, logger, onFailure };
    const engine = new OrchestratorEngine({
      ...{ ...ports, log, agents, snapshots },
      claims: embedded.claims(),
      window: () => window,
      observers: [foldTeller(signals)],
    });
    tellOf({ engine }, signals);
    return { engine, close: () => embedded.close() };
  } catch (error) {
    await embedded.close();
    throw error;
  }
};
