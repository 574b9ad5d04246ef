import 'reflect-metadata';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openAgentPlace } from '@squados/agent-runtime/alone';
import { authorVariables, serviceAuthor } from '@squados/authors/dress';
import { agentName } from '@squados/contracts';
import { natsVariable } from '@squados/event-log/jetstream';
import { createLocalDeployer } from '@squados/deployment';
import { createGatePool } from '@squados/gates';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { agentMicroservice } from '@squados/nest-transport';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AGENT_INFRA, AgentInfraModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-infra',
  variables: { ...agentVariables, ...authorVariables, nats: natsVariable },
  host: processHost(),
  open: async (config, logger, signals) => {
    const { nats, data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}` } = config;
    const { concurrency, leaseMs, graceMs } = config;
    const agent = agentName('infra');
    const { claims, ...place } = await openAgentPlace({ nats, data, worker, logger, signals, agent });
    const author = await serviceAuthor({ agent, config, place, logger });
    const slots = { worker, concurrency, leaseMs, graceMs, logger };
    const pool = createGatePool({ workerFile: new URL('./worker-gates.js', import.meta.url) });
    const deployer = createLocalDeployer({
      root: data,
      toolchains: createToolchains(),
      sandbox: createSandbox(),
      supervisorFile: fileURLToPath(new URL('./worker-product.js', import.meta.url)),
    });
    const module = AgentInfraModule.register({
      ...place,
      ...slots,
      ...author,
      pool,
      deployer,
    });
    const close = async (): Promise<void> => {
      await pool.close();
      await place.close();
    };
    return { ...agentMicroservice({ module, handler: AGENT_INFRA, transport: { claims, agent, ...slots } }), close };
  },
});
