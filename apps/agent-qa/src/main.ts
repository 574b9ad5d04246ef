import 'reflect-metadata';
import { hostname } from 'node:os';
import { openAgentPlace } from '@squados/agent-runtime/alone';
import { agentName } from '@squados/contracts';
import { natsVariable } from '@squados/event-log/jetstream';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { agentMicroservice } from '@squados/nest-transport';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AGENT_QA, AgentQaModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-qa',
  variables: { ...agentVariables, nats: natsVariable },
  host: processHost(),
  open: async (config, logger, signals) => {
    const { nats, data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}` } = config;
    const { concurrency, leaseMs, graceMs } = config;
    const agent = agentName('qa');
    const { claims, ...place } = await openAgentPlace({ nats, data, worker, logger, signals, agent });
    const slots = { worker, concurrency, leaseMs, graceMs, logger };
    const module = AgentQaModule.register({
      ...place,
      ...slots,
      sandbox: createSandbox(),
      toolchains: createToolchains(),
    });
    return {
      ...agentMicroservice({ module, handler: AGENT_QA, transport: { claims, agent, ...slots } }),
      close: () => place.close(),
    };
  },
});
