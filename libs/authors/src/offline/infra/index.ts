export { createInfraRole, infraFiles, type InfraRoleOptions } from './create-infra-role.js';
export type { DeployAnswer, ProductDeployer, ProductFiles, RunningProduct } from './deploy/deployer.port.js';
