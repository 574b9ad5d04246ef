import type { DynamicModule } from '@nestjs/common';
import { AgentArchModule } from '@squados/agent-arch';
import { AgentBackendModule } from '@squados/agent-backend';
import { AgentFrontendModule } from '@squados/agent-frontend';
import { AgentInfraModule } from '@squados/agent-infra';
import { AgentProductModule } from '@squados/agent-product';
import { AgentQaModule } from '@squados/agent-qa';
import { catalogTaskSource, type AgentServiceOptions } from '@squados/agent-runtime';
import { agentName, OWNER_NAMES, type OwnerName } from '@squados/contracts';
import type { OrchestratorEngine } from '@squados/orchestrator';
import type { ServiceParts } from './services.js';
import type { Workshop } from './workshop.js';

export interface AgentParts extends ServiceParts, Workshop {
  readonly engine: OrchestratorEngine;
}

const LEASE_MS = 30_000;
/** Ctrl-C waits so long for what is nearly done; the rest is handed back. */
const GRACE_MS = 1_000;

type ModuleOf = (options: AgentServiceOptions, parts: AgentParts) => DynamicModule;

/** One line per agent: its Nest module, given what every agent service needs and what its gates run on. */
const MODULES: { readonly [N in OwnerName]: ModuleOf } = {
  product: (options) => AgentProductModule.register(options),
  arch: (options, { pool }) => AgentArchModule.register({ ...options, pool }),
  backend: (options, { sandbox, toolchains }) => AgentBackendModule.register({ ...options, sandbox, toolchains }),
  frontend: (options, { sandbox, toolchains }) => AgentFrontendModule.register({ ...options, sandbox, toolchains }),
  infra: (options, { pool, deployer }) => AgentInfraModule.register({ ...options, pool, deployer }),
  qa: (options, { sandbox, toolchains }) => AgentQaModule.register({ ...options, sandbox, toolchains }),
};

/** The agents of this process. They read tasks from the engine's own fold: one fold per process. */
export const agentModules = (parts: AgentParts): readonly DynamicModule[] =>
  OWNER_NAMES.map((name) => MODULES[name](optionsFor(parts, name), parts));

const optionsFor = ({ owned, engine, logger, slots, dress }: AgentParts, agent: string): AgentServiceOptions => ({
  log: owned.log,
  claims: owned.claims,
  artifacts: owned.artifacts,
  tasks: catalogTaskSource(
    () => engine.fold.catalog,
    (position, signal) => engine.caughtUp(position, signal),
  ),
  worker: `${agent}-${process.pid}`,
  concurrency: slots(agentName(agent)),
  leaseMs: LEASE_MS,
  graceMs: GRACE_MS,
  logger: logger.child({ agent_name: agent }),
  ...(dress && { dress }),
});
