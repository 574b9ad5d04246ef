export { AgentArchModule, AGENT_ARCH, type ArchAgentOptions } from './agent.module.js';
