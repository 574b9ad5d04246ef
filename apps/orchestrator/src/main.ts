import 'reflect-metadata';
import { orchestratorVariables, processHost, runService } from '@squados/platform';
import { openOrchestratorFolder } from './open-folder.js';
import { OrchestratorModule } from './orchestrator.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'orchestrator',
  variables: orchestratorVariables,
  host: processHost(),
  open: async ({ data = DEFAULT_FOLDER, window }, logger) => {
    const onFailure = (): void => void process.kill(process.pid, 'SIGTERM');
    const folder = await openOrchestratorFolder({ dir: data, window, logger, onFailure });
    logger.warn({ data }, 'this process has the folder to itself: it decides, and the agents come with `squados up`');
    return { module: OrchestratorModule.register(folder.engine), close: () => folder.close() };
  },
});
