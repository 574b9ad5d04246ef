export { AgentProductModule, AGENT_PRODUCT, type ProductAgentOptions } from './agent.module.js';
export { createProductRole } from '@squados/authors/product';
