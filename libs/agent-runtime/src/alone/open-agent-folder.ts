import { join } from 'node:path';
import { openFileArtifactStore, type ArtifactStore } from '@squados/artifacts';
import { claimStart, emptyBoard, evolveAll } from '@squados/board';
import { START, type AgentName, type Position } from '@squados/contracts';
import { withOffloading, type EventLog, type WorkClaim } from '@squados/event-log';
import { openEmbeddedLog } from '@squados/event-log/embedded';
import type { WatchCommits } from '../catalog-follower.js';
import type { TaskSource } from '../task-source.port.js';
import { silentSignals, watchedPlace } from './place-signals.js';

/** What an agent that runs alone on a folder works with; `close` gives the folder back. */
export interface AgentFolder {
  readonly log: EventLog;
  readonly claims: WorkClaim;
  readonly artifacts: ArtifactStore;
  readonly tasks: TaskSource;
  /** Of the one follower that this process has. */
  readonly watch: WatchCommits;
  /** Rejects when the log can't be read any more; never resolves. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/**
 * Opens a folder for one agent in a process of its own. The embedded log has one owner at a time, so while it is open no
 * orchestrator runs on the folder: the agent works off what was enqueued before, and nothing new comes.
 * @throws EventLogError `log-locked` when another process has the folder; EventLogError or ArtifactError for disk trouble
 */
export const openAgentFolder = async (dir: string, agent: AgentName, signals = silentSignals): Promise<AgentFolder> => {
  const embedded = await openEmbeddedLog({ dir, mode: 'owner' });
  try {
    const artifacts = await openFileArtifactStore(join(dir, 'artifacts'));
    const opened = withOffloading(embedded, artifacts);
    const claims = embedded.claims();
    await claims.provision(agent, await oldestOpen(opened, agent));
    const { catalog, ...place } = watchedPlace({ log: opened, claims, signals });
    const close = async (): Promise<void> => {
      await catalog.close();
      await claims.close();
      await embedded.close();
    };
    return { ...place, artifacts, failed: catalog.failed, close };
  } catch (error) {
    await embedded.close();
    throw error;
  }
};

const oldestOpen = async (log: EventLog, agent: AgentName): Promise<Position> => {
  let board = emptyBoard();
  for await (const page of log.read({ after: START })) board = evolveAll(board, page);
  return claimStart(board, agent);
};
