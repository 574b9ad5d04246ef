export { AgentBackendModule, AGENT_BACKEND, type BackendAgentOptions } from './agent.module.js';
