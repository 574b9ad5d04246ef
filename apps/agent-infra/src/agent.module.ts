import { Module, type DynamicModule } from '@nestjs/common';
import { agentService, type AgentServiceOptions } from '@squados/agent-runtime';
import { createInfraRole } from '@squados/authors/infra';
import type { Deployer } from '@squados/deployment';
import type { GatePool } from '@squados/gates';
import { createInfraGates } from '@squados/gates/infra';
import { serviceProviders } from '@squados/platform';
import { productDeployer } from './product-deployer.js';

export interface InfraAgentOptions extends AgentServiceOptions {
  /** Where its gates run; belongs to whoever made it. */
  readonly pool: GatePool;
  /** Starts products; absent: DEPLOY cards say that nothing can be started from here. */
  readonly deployer?: Deployer;
}

/** The running agent, an `AgentService`. */
export const AGENT_INFRA = Symbol('AGENT_INFRA');

/** The infrastructure owner: takes INFRA and DEPLOY cards while the application is up. */
@Module({})
export class AgentInfraModule {
  static register(options: InfraAgentOptions): DynamicModule {
    const gates = createInfraGates({ pool: options.pool });
    const deployer = options.deployer && { deployer: productDeployer(options.deployer) };
    const create = () => agentService(createInfraRole({ gates, ...deployer }), options);
    const providers = serviceProviders({ token: AGENT_INFRA, create });
    return { module: AgentInfraModule, providers, exports: [AGENT_INFRA] };
  }
}
