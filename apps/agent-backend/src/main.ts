import 'reflect-metadata';
import { hostname } from 'node:os';
import { openAgentPlace } from '@squados/agent-runtime/alone';
import { authorVariables, serviceAuthor } from '@squados/authors/dress';
import { agentName } from '@squados/contracts';
import { natsVariable } from '@squados/event-log/jetstream';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { agentMicroservice } from '@squados/nest-transport';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AGENT_BACKEND, AgentBackendModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-backend',
  variables: { ...agentVariables, ...authorVariables, nats: natsVariable },
  host: processHost(),
  open: async (config, logger, signals) => {
    const { nats, data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}` } = config;
    const { concurrency, leaseMs, graceMs } = config;
    const agent = agentName('backend');
    const { claims, ...place } = await openAgentPlace({ nats, data, worker, logger, signals, agent });
    const author = await serviceAuthor({ agent, config, place, logger });
    const slots = { worker, concurrency, leaseMs, graceMs, logger };
    const tools = { sandbox: createSandbox(), toolchains: createToolchains() };
    const module = AgentBackendModule.register({ ...place, ...tools, ...slots, ...author });
    return {
      ...agentMicroservice({ module, handler: AGENT_BACKEND, transport: { claims, agent, ...slots } }),
      close: () => place.close(),
    };
  },
});
