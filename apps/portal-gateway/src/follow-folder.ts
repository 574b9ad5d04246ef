import { fileBlobs, openFileArtifactStore } from '@squados/artifacts';
import type { Command } from '@squados/contracts';
import { withOffloading } from '@squados/event-log';
import { callControl, openEmbeddedLog } from '@squados/event-log/embedded';
import { FoldSnapshots, LogFold, silentLogger, type SubmitResult } from '@squados/orchestrator';
import type { ServiceSignals } from '@squados/platform';
import { join } from 'node:path';
import { folding } from './follow-log.js';
import { watchedLog } from './gateway-signals.js';
import { gatewayObserver, type GatewayObserver } from './gateway-observer.js';
import type { GatewaySource } from './gateway-source.port.js';

/**
 * A folder that another process runs, seen from here: an own fold of its log, which is only read; commands go to its owner.
 * Resolves once the fold has reached the head.
 */
export interface FollowedFolder {
  readonly source: GatewaySource;
  readonly observer: GatewayObserver;
  /** Rejects when the log can't be read any more; never resolves. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** @throws EventLogError `log-unreadable` when there is no log in the folder yet, or disk trouble. */
export const followFolder = async (dir: string, signals?: ServiceSignals): Promise<FollowedFolder> => {
  const embedded = await openEmbeddedLog({ dir, mode: 'reader' });
  const artifacts = await openFileArtifactStore(join(dir, 'artifacts'), { mode: 'reader' });
  const log = withOffloading(embedded, artifacts);
  const observer = gatewayObserver(artifacts);
  const snapshots = new FoldSnapshots({ blobs: fileBlobs(join(dir, 'snapshots')), log, logger: silentLogger });
  const fold = (await snapshots.load()) ?? new LogFold();
  const stop = new AbortController();
  const { head, ended } = folding({ log: watchedLog(log, signals), fold, observer, signal: stop.signal });
  signals?.health.report('log', true);
  await Promise.race([head, ended]);
  const failed = ended.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined); // told to whoever waits; nobody has to
  return {
    source: { log, artifacts, fold, submit: (command) => askOwner(dir, command) },
    observer,
    failed,
    close: async () => {
      stop.abort();
      await ended.catch(() => undefined);
      await embedded.close();
    },
  };
};

const PATIENCE_MS = 30_000;

/** The owner decides and records; without one nothing can be recorded. */
const askOwner = async (dir: string, command: Command): Promise<SubmitResult> => {
  const answer = await callControl(dir, { kind: 'submit', command }, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (answer.kind === 'answered') return answer.value as SubmitResult;
  const why = answer.kind === 'failed' ? answer.message : 'nothing runs this folder: start it with squados up';
  return { kind: 'rejected', reason: 'closed', message: why, details: [] };
};
