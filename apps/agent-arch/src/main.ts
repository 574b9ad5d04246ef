import 'reflect-metadata';
import { hostname } from 'node:os';
import { openAgentPlace } from '@squados/agent-runtime/alone';
import { agentName } from '@squados/contracts';
import { natsVariable } from '@squados/event-log/jetstream';
import { createGatePool } from '@squados/gates';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AgentArchModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-arch',
  variables: { ...agentVariables, nats: natsVariable },
  host: processHost(),
  open: async (config, logger) => {
    const { nats, data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}` } = config;
    const { concurrency, leaseMs, graceMs } = config;
    const folder = await openAgentPlace({ nats, data, worker, logger, agent: agentName('arch') });
    const pool = createGatePool({ workerFile: new URL('./worker-gates.js', import.meta.url) });
    const module = AgentArchModule.register({ ...folder, worker, concurrency, leaseMs, graceMs, logger, pool });
    const close = async (): Promise<void> => {
      await pool.close();
      await folder.close();
    };
    return { module, close };
  },
});
