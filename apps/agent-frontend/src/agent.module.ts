import { Module, type DynamicModule } from '@nestjs/common';
import { agentService, type AgentService, type AgentServiceOptions } from '@squados/agent-runtime';
import { createFrontendRole } from '@squados/authors/frontend';
import { openFrontendGates, type FrontendGateOptions } from '@squados/gates/frontend';
import { createLooseEndsGate } from '@squados/gates/sources';
import { serviceProviders } from '@squados/platform';

/** Sandbox and toolchains are what its gates run generated code with; they belong to whoever made them. */
export interface FrontendAgentOptions extends AgentServiceOptions, FrontendGateOptions {}

/** The running agent, an `AgentService`. */
export const AGENT_FRONTEND = Symbol('AGENT_FRONTEND');

/** Its gates keep a checker running, which ends with the service. */
const frontendService = (options: FrontendAgentOptions): AgentService => {
  const { gates, close } = openFrontendGates(options);
  const service = agentService(createFrontendRole({ gates: [...gates, createLooseEndsGate()] }), options);
  const stop = async (): Promise<void> => {
    await service.stop();
    await close();
  };
  return {
    start: () => service.start(),
    stop,
    handle: (work, signal, nearlyDone) => service.handle(work, signal, nearlyDone),
    get running() {
      return service.running;
    },
  };
};

/** The frontend owner: takes FE cards while the application is up. */
@Module({})
export class AgentFrontendModule {
  static register(options: FrontendAgentOptions): DynamicModule {
    const create = () => frontendService(options);
    const providers = serviceProviders({ token: AGENT_FRONTEND, create });
    return { module: AgentFrontendModule, providers, exports: [AGENT_FRONTEND] };
  }
}
