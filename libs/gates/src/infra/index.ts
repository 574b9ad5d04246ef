export { createInfraGates, type InfraGateOptions } from './create-infra-gates.js';
