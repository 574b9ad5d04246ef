import 'reflect-metadata';
import { hostname } from 'node:os';
import { openAgentFolder } from '@squados/agent-runtime/alone';
import { agentName } from '@squados/contracts';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AgentFrontendModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-frontend',
  variables: agentVariables,
  host: processHost(),
  open: async (config, logger) => {
    const { data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}`, concurrency, leaseMs, graceMs } = config;
    const folder = await openAgentFolder(data, agentName('frontend'));
    logger.warn(
      { data },
      'this process has the folder to itself: it works off cards already enqueued, new ones come with `squados up`',
    );
    const tools = { sandbox: createSandbox(), toolchains: createToolchains() };
    const module = AgentFrontendModule.register({ ...folder, ...tools, worker, concurrency, leaseMs, graceMs, logger });
    return { module, close: () => folder.close() };
  },
});
