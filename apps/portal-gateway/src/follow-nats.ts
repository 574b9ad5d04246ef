import { randomUUID } from 'node:crypto';
import { natsBlobs, openNatsArtifactStore } from '@squados/artifacts/nats';
import type { Command } from '@squados/contracts';
import { withOffloading, type EventLog } from '@squados/event-log';
import {
  openJetStreamLog,
  type JetStreamObserver,
  type JetStreamOptions,
  type NatsAccess,
} from '@squados/event-log/jetstream';
import {
  Appender,
  FoldProgress,
  FoldSnapshots,
  LogFold,
  silentLogger,
  SNAPSHOT_BUCKET,
  submitCommand,
  type SubmitResult,
} from '@squados/orchestrator';
import type { ServiceSignals } from '@squados/platform';
import type { FollowedFolder } from './follow-folder.js';
import { folding } from './follow-log.js';
import { gatewayObserver } from './gateway-observer.js';
import { watchedLog } from './gateway-signals.js';

/** How long a gateway that is started first waits for the server, and for the orchestrator to make the log. */
const PATIENCE_MS = 60_000;

export interface FollowNats {
  readonly access: NatsAccess;
  readonly name: string;
  /** Whether the log is made where there is none; default: it is waited for. */
  readonly stream?: JetStreamOptions['stream'];
  /** How long server and log are waited for, in ms; default 60 s. */
  readonly connectMs?: number;
  readonly observer?: JetStreamObserver;
  readonly signals?: ServiceSignals;
}

/**
 * A log on NATS, seen from here: an own fold of it. Commands are decided on that fold and recorded by this process; the lanes refuse
 * what was decided on a board that is no longer the current one.
 * @throws EventLogError `unreachable`, `access-refused`, `no-jetstream`, `unsafe-settings`, `log-missing`
 */
export const followNats = async (options: FollowNats): Promise<FollowedFolder> => {
  const { access, name, observer: link, signals, stream = 'await', connectMs = PATIENCE_MS } = options;
  const watched = link ? { observer: link } : {};
  const jetstream = await openJetStreamLog({ access, name, stream, connectMs, ...watched });
  const artifacts = await openNatsArtifactStore(jetstream.connection);
  signals?.health.report('log', true);
  const log = withOffloading(jetstream, artifacts);
  const own = watchedLog(log, signals); // feeds read the other: how far a client is, is not how far this process is
  const observer = gatewayObserver(artifacts);
  const blobs = natsBlobs(jetstream.connection, { bucket: SNAPSHOT_BUCKET, make: false });
  const kept = await new FoldSnapshots({ blobs, log, logger: silentLogger }).load();
  const [fold, progress, stop] = [kept ?? new LogFold(), new FoldProgress(), new AbortController()];
  const { head, ended } = folding({ log: own, fold, observer, progress, signal: stop.signal });
  await Promise.race([head, ended]);
  const failed = ended.then(() => new Promise<never>(() => undefined));
  failed.catch(() => progress.end());
  return {
    source: { log, artifacts, fold, submit: submitting({ log: own, fold, progress }) },
    observer,
    failed,
    close: async () => {
      stop.abort();
      progress.end();
      await ended.catch(() => undefined);
      await jetstream.close();
    },
  };
};

/** One command at a time, each decided on a fold that shows the one before. */
const submitting = (parts: { readonly log: EventLog; readonly fold: LogFold; readonly progress: FoldProgress }) => {
  const appender = new Appender({ log: parts.log, newId: randomUUID, source: 'gateway', now: () => Date.now() });
  let last: Promise<unknown> = Promise.resolve();
  return (command: Command): Promise<SubmitResult> => {
    const result = last.then(() => submitCommand({ ...parts, appender }, command));
    last = result.catch(() => undefined);
    return result;
  };
};
