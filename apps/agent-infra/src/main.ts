import 'reflect-metadata';
import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { openAgentPlace } from '@squados/agent-runtime/alone';
import { agentName } from '@squados/contracts';
import { natsVariable } from '@squados/event-log/jetstream';
import { createLocalDeployer } from '@squados/deployment';
import { createGatePool } from '@squados/gates';
import { createSandbox } from '@squados/gates/sandbox';
import { createToolchains } from '@squados/gates/toolchains';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AgentInfraModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-infra',
  variables: { ...agentVariables, nats: natsVariable },
  host: processHost(),
  open: async (config, logger) => {
    const { nats, data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}` } = config;
    const { concurrency, leaseMs, graceMs } = config;
    const folder = await openAgentPlace({ nats, data, worker, logger, agent: agentName('infra') });
    const pool = createGatePool({ workerFile: new URL('./worker-gates.js', import.meta.url) });
    const deployer = createLocalDeployer({
      root: data,
      toolchains: createToolchains(),
      sandbox: createSandbox(),
      supervisorFile: fileURLToPath(new URL('./worker-product.js', import.meta.url)),
    });
    const module = AgentInfraModule.register({
      ...folder,
      worker,
      concurrency,
      leaseMs,
      graceMs,
      logger,
      pool,
      deployer,
    });
    const close = async (): Promise<void> => {
      await pool.close();
      await folder.close();
    };
    return { module, close };
  },
});
