import { Module, type DynamicModule } from '@nestjs/common';
import { agentService, type AgentServiceOptions } from '@squados/agent-runtime';
import { createQaRole } from '@squados/authors/qa';
import { createQaChecks, createQaGates, type QaCheckOptions } from '@squados/gates/qa';
import { serviceProviders } from '@squados/platform';

/** Sandbox and toolchains: what its checks run in and with. */
export interface QaAgentOptions extends AgentServiceOptions, QaCheckOptions {}

/** The running agent, an `AgentService`. */
export const AGENT_QA = Symbol('AGENT_QA');

/** The quality owner: takes QA cards while the application is up. */
@Module({})
export class AgentQaModule {
  static register(options: QaAgentOptions): DynamicModule {
    const checks = createQaChecks(options);
    const create = () => agentService(createQaRole({ gates: createQaGates({ checks }), checks }), options);
    const providers = serviceProviders({ token: AGENT_QA, create });
    return { module: AgentQaModule, providers, exports: [AGENT_QA] };
  }
}
