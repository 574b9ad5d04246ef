import 'reflect-metadata';
import { hostname } from 'node:os';
import { natsVariable } from '@squados/event-log/jetstream';
import { orchestratorVariables, processHost, runService } from '@squados/platform';
import { openOrchestratorFolder } from './open-folder.js';
import { openOrchestratorOnNats } from './open-on-nats.js';
import { OrchestratorModule } from './orchestrator.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'orchestrator',
  variables: { ...orchestratorVariables, nats: natsVariable },
  host: processHost(),
  open: async ({ nats, data, window, leaseMs }, logger, signals) => {
    const onFailure = (): void => void process.kill(process.pid, 'SIGTERM');
    const shared = { window, logger, signals, onFailure };
    if (nats !== undefined) {
      const name = `orchestrator ${hostname()}-${process.pid}`;
      const place = await openOrchestratorOnNats({ ...shared, access: nats, name, ackWaitMs: leaseMs });
      return { module: OrchestratorModule.register(place.engine), close: () => place.close() };
    }
    const folder = await openOrchestratorFolder({ ...shared, dir: data ?? DEFAULT_FOLDER });
    logger.warn(
      { data: data ?? DEFAULT_FOLDER },
      'this process has the folder to itself: it decides, and the agents come with `squados up`',
    );
    return { module: OrchestratorModule.register(folder.engine), close: () => folder.close() };
  },
});
