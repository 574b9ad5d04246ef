export { AgentInfraModule, AGENT_INFRA, type InfraAgentOptions } from './agent.module.js';
