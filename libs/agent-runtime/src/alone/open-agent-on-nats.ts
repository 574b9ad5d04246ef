import { openNatsArtifactStore } from '@squados/artifacts/nats';
import type { AgentName } from '@squados/contracts';
import { withOffloading } from '@squados/event-log';
import { openJetStreamLog, type JetStreamObserver, type NatsAccess } from '@squados/event-log/jetstream';
import type { AgentFolder } from './open-agent-folder.js';
import { silentSignals, watchedPlace, type PlaceSignals } from './place-signals.js';

export interface AgentOnNats {
  readonly access: NatsAccess;
  readonly agent: AgentName;
  readonly worker: string;
  readonly observer?: JetStreamObserver;
  readonly signals?: PlaceSignals;
}

/** How long an agent that is started first waits for the server, and for the orchestrator to make the log. */
const PATIENCE_MS = 60_000;

/**
 * What one agent works with where log, claims and artifacts lie on NATS. The orchestrator makes the stream and the durables; an agent
 * only uses them.
 * @throws EventLogError `unreachable`, `access-refused`, `no-jetstream`, `unsafe-settings`, `log-missing`
 */
export const openAgentOnNats = async (options: AgentOnNats): Promise<AgentFolder> => {
  const { access, agent, worker, observer, signals = silentSignals } = options;
  const name = `agent-${agent} ${worker}`;
  const watched = observer ? { observer } : {};
  const jetstream = await openJetStreamLog({ access, name, stream: 'await', connectMs: PATIENCE_MS, ...watched });
  try {
    const artifacts = await openNatsArtifactStore(jetstream.connection);
    const log = withOffloading(jetstream, artifacts);
    const { catalog, ...place } = watchedPlace({ log, claims: jetstream.claims(), signals });
    const close = async (): Promise<void> => {
      await catalog.close();
      await jetstream.close();
    };
    return { ...place, artifacts, failed: catalog.failed, close };
  } catch (error) {
    await jetstream.close();
    throw error;
  }
};
