import { openNatsArtifactStore } from '@squados/artifacts/nats';
import { START } from '@squados/contracts';
import { observeLog, withOffloading } from '@squados/event-log';
import { openJetStreamLog } from '@squados/event-log/jetstream';
import { LogFold } from '@squados/orchestrator';
import { ServiceMetrics } from '@squados/platform';
import { participate } from '../participant.mjs';
import { Finish } from './finish.js';
import { access } from './settings.js';

/** What a gateway does with the log: its own fold of everything. */
const jetstream = await openJetStreamLog({
  access: access(),
  name: 'bench reader',
  stream: 'await',
  connectMs: 60_000,
});
const artifacts = await openNatsArtifactStore(jetstream.connection);
const log = observeLog(withOffloading(jetstream, artifacts), new ServiceMetrics('gateway').cards);
const stop = new AbortController();
const fold = new LogFold();
const finish = new Finish();

const following = async (): Promise<void> => {
  for await (const batch of log.follow({ after: START, signal: stop.signal })) {
    for (const commit of batch.commits) {
      fold.apply(commit);
      finish.saw(commit);
    }
    fold.passed(batch.position);
  }
};
const followed = following();

participate({
  go: ({ name }) => finish.of(name),
  end: () => finish.facts,
  stop: async () => {
    stop.abort();
    await followed;
    await jetstream.close();
  },
});
