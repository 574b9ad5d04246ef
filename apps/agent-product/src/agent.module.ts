import { Module, type DynamicModule } from '@nestjs/common';
import { agentService, type AgentServiceOptions } from '@squados/agent-runtime';
import { createProductRole } from '@squados/authors/product';
import { createProductGates } from '@squados/gates/product';
import { serviceProviders } from '@squados/platform';

export type ProductAgentOptions = AgentServiceOptions;

/** The running agent, an `AgentService`. */
export const AGENT_PRODUCT = Symbol('AGENT_PRODUCT');

/** The product owner: takes EPIC and PROD cards while the application is up. */
@Module({})
export class AgentProductModule {
  static register(options: ProductAgentOptions): DynamicModule {
    const create = () => agentService(createProductRole({ gates: createProductGates() }), options);
    const providers = serviceProviders({ token: AGENT_PRODUCT, create });
    return { module: AgentProductModule, providers, exports: [AGENT_PRODUCT] };
  }
}
