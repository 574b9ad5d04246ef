export { AgentFrontendModule, AGENT_FRONTEND, type FrontendAgentOptions } from './agent.module.js';
