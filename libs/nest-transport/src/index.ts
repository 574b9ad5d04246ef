export { WorkTransport, type TransportLogger, type WorkTransportOptions } from './work-transport.js';
export { WorkContext } from './work-context.js';
export { agentMicroservice, type AgentMicroservice, type BootableAgent, type WorksOff } from './work-microservice.js';
