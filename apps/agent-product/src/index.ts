export { AgentProductModule, AGENT_PRODUCT, type ProductAgentOptions } from './agent.module.js';
