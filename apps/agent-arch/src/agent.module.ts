import { Module, type DynamicModule } from '@nestjs/common';
import { agentService, type AgentServiceOptions } from '@squados/agent-runtime';
import { createArchRole } from '@squados/authors/arch';
import { createArchGates } from '@squados/gates/arch';
import type { GatePool } from '@squados/gates';
import { serviceProviders } from '@squados/platform';

export interface ArchAgentOptions extends AgentServiceOptions {
  /** Where its gates run; belongs to whoever made it. */
  readonly pool: GatePool;
}

/** The running agent, an `AgentService`. */
export const AGENT_ARCH = Symbol('AGENT_ARCH');

/** The architecture owner: takes ARCH and ARQ cards while the application is up. */
@Module({})
export class AgentArchModule {
  static register(options: ArchAgentOptions): DynamicModule {
    const create = () => agentService(createArchRole({ gates: createArchGates({ pool: options.pool }) }), options);
    const providers = serviceProviders({ token: AGENT_ARCH, create });
    return { module: AgentArchModule, providers, exports: [AGENT_ARCH] };
  }
}
