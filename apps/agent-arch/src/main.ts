import 'reflect-metadata';
import { hostname } from 'node:os';
import { openAgentFolder } from '@squados/agent-runtime/alone';
import { agentName } from '@squados/contracts';
import { createGatePool } from '@squados/gates';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AgentArchModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-arch',
  variables: agentVariables,
  host: processHost(),
  open: async (config, logger) => {
    const { data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}`, concurrency, leaseMs, graceMs } = config;
    const folder = await openAgentFolder(data, agentName('arch'));
    const pool = createGatePool({ workerFile: new URL('./worker-gates.js', import.meta.url) });
    logger.warn(
      { data },
      'this process has the folder to itself: it works off cards already enqueued, new ones come with `squados up`',
    );
    const module = AgentArchModule.register({ ...folder, worker, concurrency, leaseMs, graceMs, logger, pool });
    const close = async (): Promise<void> => {
      await pool.close();
      await folder.close();
    };
    return { module, close };
  },
});
