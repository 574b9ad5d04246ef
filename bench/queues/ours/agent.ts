import 'reflect-metadata';
import { agentService, silentLogger } from '@squados/agent-runtime';
import { openAgentOnNats } from '@squados/agent-runtime/alone';
import { agentMicroservice } from '@squados/nest-transport';
import { HealthState, ServiceMetrics, serviceProviders } from '@squados/platform';
import { participate } from '../participant.mjs';
import { AGENT } from './graph.js';
import { access, settings } from './settings.js';
import { WatchedRole } from './watched-role.js';

/** An agent as its service runs it: Nest microservice, work transport, runtime; only its role does nothing. */
const signals = { health: new HealthState(), metrics: new ServiceMetrics('agent-product') };
const { claims, ...place } = await openAgentOnNats({ access: access(), agent: AGENT, worker: 'bench', signals });
const watched = new WatchedRole();
const slots = { worker: 'bench', concurrency: settings.slots, leaseMs: 60_000, graceMs: 1_000, logger: silentLogger };
const token = Symbol('agent');
const service = agentService(watched.role, { ...place, ...slots, stepEvents: false, announce: settings.announce });

class BenchAgent {}
const { boot, module } = agentMicroservice({
  module: { module: BenchAgent, providers: serviceProviders({ token, create: () => service }), exports: [token] },
  handler: token,
  transport: { claims, agent: AGENT, ...slots },
});
const app = await boot(module);

participate({
  begin: () => void watched.takeGaps(),
  end: () => ({ gaps: watched.takeGaps() }),
  stop: async () => {
    await app.close();
    await place.close();
  },
});
