export { AgentQaModule, AGENT_QA, type QaAgentOptions } from './agent.module.js';
