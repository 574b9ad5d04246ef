import type { DeployAnswer, ProductDeployer } from '@squados/authors/infra';
import type { Deployer, DeployOutcome } from '@squados/deployment';

/** The deployer in the role's words. */
export const productDeployer = (deployer: Deployer): ProductDeployer => ({
  deploy: async (request, signal) => answerOf(await deployer.deploy(request, signal)),
});

const answerOf = (outcome: DeployOutcome): DeployAnswer => {
  if (outcome.kind !== 'up') return outcome;
  const { status, store, adopted } = outcome;
  return { kind: 'up', product: { release: status.release, addresses: status.addresses, store, adopted } };
};
