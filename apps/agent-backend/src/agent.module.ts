import { Module, type DynamicModule } from '@nestjs/common';
import { agentService, type AgentServiceOptions } from '@squados/agent-runtime';
import { BACKEND_WRITERS, createBackendRole } from '@squados/authors/backend';
import { createBackendGates, type BackendGateOptions } from '@squados/gates/backend';
import { createLooseEndsGate } from '@squados/gates/sources';
import { serviceProviders } from '@squados/platform';

/** Sandbox and toolchains are what its gates run generated code with; they belong to whoever made them. */
export interface BackendAgentOptions extends AgentServiceOptions, BackendGateOptions {}

/** The running agent, an `AgentService`. */
export const AGENT_BACKEND = Symbol('AGENT_BACKEND');

/** The backend owner: takes BE cards while the application is up. */
@Module({})
export class AgentBackendModule {
  static register(options: BackendAgentOptions): DynamicModule {
    const create = () =>
      agentService(
        createBackendRole({ gates: [...createBackendGates(options), createLooseEndsGate()], writers: BACKEND_WRITERS }),
        options,
      );
    const providers = serviceProviders({ token: AGENT_BACKEND, create });
    return { module: AgentBackendModule, providers, exports: [AGENT_BACKEND] };
  }
}
