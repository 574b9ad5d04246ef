import 'reflect-metadata';
import { hostname } from 'node:os';
import { openAgentPlace } from '@squados/agent-runtime/alone';
import { authorVariables, serviceAuthor } from '@squados/authors/dress';
import { agentName } from '@squados/contracts';
import { natsVariable } from '@squados/event-log/jetstream';
import { createGatePool } from '@squados/gates';
import { agentMicroservice } from '@squados/nest-transport';
import { agentVariables, processHost, runService } from '@squados/platform';
import { AGENT_ARCH, AgentArchModule } from './agent.module.js';

const DEFAULT_FOLDER = '.squados';

await runService({
  name: 'agent-arch',
  variables: { ...agentVariables, ...authorVariables, nats: natsVariable },
  host: processHost(),
  open: async (config, logger, signals) => {
    const { nats, data = DEFAULT_FOLDER, worker = `${hostname()}-${process.pid}` } = config;
    const { concurrency, leaseMs, graceMs } = config;
    const agent = agentName('arch');
    const { claims, ...place } = await openAgentPlace({ nats, data, worker, logger, signals, agent });
    const author = await serviceAuthor({ agent, config, place, logger });
    const slots = { worker, concurrency, leaseMs, graceMs, logger };
    const pool = createGatePool({ workerFile: new URL('./worker-gates.js', import.meta.url) });
    const module = AgentArchModule.register({ ...place, ...slots, ...author, pool });
    const close = async (): Promise<void> => {
      await pool.close();
      await place.close();
    };
    return { ...agentMicroservice({ module, handler: AGENT_ARCH, transport: { claims, agent, ...slots } }), close };
  },
});
