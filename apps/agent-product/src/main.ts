import 'reflect-metadata';
import { hostname } from 'node:os';
import { openAgentFolder } from '@squados/agent-runtime/alone';
import { agentName } from '@squados/contracts';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AgentProductModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-product',
  variables: agentVariables,
  host: processHost(),
  open: async (config, logger) => {
    const { data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}`, concurrency, leaseMs, graceMs } = config;
    const folder = await openAgentFolder(data, agentName('product'));
    logger.warn(
      { data },
      'this process has the folder to itself: it works off cards already enqueued, new ones come with `squados up`',
    );
    const module = AgentProductModule.register({ ...folder, worker, concurrency, leaseMs, graceMs, logger });
    return { module, close: () => folder.close() };
  },
});
