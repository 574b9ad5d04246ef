import { HealthState, ServiceMetrics } from '@squados/platform';
import { silentLogger } from '@squados/orchestrator';
import { openOrchestratorOnNats } from '../../../apps/orchestrator/src/open-on-nats.js';
import { participate } from '../participant.mjs';
import { access, settings, windowOf } from './settings.js';
import { submitting } from './submitting.js';

/** The orchestrator as its service runs it, without the HTTP door. */
const place = await openOrchestratorOnNats({
  access: access(),
  name: 'bench orchestrator',
  logger: silentLogger,
  window: windowOf(settings),
  signals: { health: new HealthState(), metrics: new ServiceMetrics('orchestrator') },
  onFailure: (error) => {
    throw error;
  },
});
await place.engine.start();

participate({
  ...submitting(place.engine),
  stop: async () => {
    await place.engine.stop();
    await place.close();
  },
});
