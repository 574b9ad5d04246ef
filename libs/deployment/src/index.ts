export type { Deployer, DeployOutcome, Release, ProductAddresses, ProductStatus } from './deployer.port.js';
export { createLocalDeployer, type LocalDeployerOptions } from './local-deployer.js';
