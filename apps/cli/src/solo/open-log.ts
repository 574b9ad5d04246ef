import { openFileArtifactStore, type ArtifactStore, type StreamingArtifactStore } from '@squados/artifacts';
import { withOffloading, type EventLog, type RawLog, type WorkClaim } from '@squados/event-log';
import { openEmbeddedLog, rawEmbeddedLog } from '@squados/event-log/embedded';
import type { DataFolder } from './data-folder.js';

export interface OpenedLog {
  readonly log: EventLog;
  readonly artifacts: ArtifactStore;
  close(): Promise<void>;
}

/** A log to look at, and to move projects out of. */
export interface ReadingLog extends OpenedLog {
  readonly artifacts: StreamingArtifactStore;
  readonly raw: RawLog;
}

export interface OwnedFolder extends OpenedLog {
  readonly claims: WorkClaim;
}

/** For looking only; works whoever owns the folder. Big events are read back from the artifacts beside the log. */
export const openReader = async (folder: DataFolder): Promise<ReadingLog> => {
  const log = await openEmbeddedLog({ dir: folder.root, mode: 'reader' });
  const artifacts = await openFileArtifactStore(folder.artifacts, { mode: 'reader' });
  const raw = rawEmbeddedLog(folder.root);
  return { log: withOffloading(log, artifacts), artifacts, raw, close: () => log.close() };
};

/** Takes the folder for this process. @throws EventLogError `log-locked` when another process has it. */
export const openOwner = async (folder: DataFolder): Promise<OwnedFolder> => {
  const log = await openEmbeddedLog({ dir: folder.root, mode: 'owner' });
  try {
    const artifacts = await openFileArtifactStore(folder.artifacts);
    return { log: withOffloading(log, artifacts), claims: log.claims(), artifacts, close: () => log.close() };
  } catch (error) {
    await log.close();
    throw error;
  }
};
