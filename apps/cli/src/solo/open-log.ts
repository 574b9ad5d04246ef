import { openFileArtifactStore, type ArtifactStore } from '@squados/artifacts';
import { withOffloading, type EventLog, type WorkClaim } from '@squados/event-log';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import type { DataFolder } from './data-folder.js';

export interface OpenedLog {
  readonly log: EventLog;
  readonly artifacts: ArtifactStore;
  close(): Promise<void>;
}

export interface OwnedFolder extends OpenedLog {
  readonly claims: WorkClaim;
}

/** For looking only; works whoever owns the folder. Big events are read back from the artifacts beside the log. */
export const openReader = async (folder: DataFolder): Promise<OpenedLog> => {
  const log = await openEmbeddedLog({ dir: folder.root, mode: 'reader' });
  const artifacts = await openFileArtifactStore(folder.artifacts, { mode: 'reader' });
  return { log: withOffloading(log, artifacts), artifacts, close: () => log.close() };
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
