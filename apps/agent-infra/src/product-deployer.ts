import type { DeployAnswer, ProductDeployer } from '@squados/authors/infra';
import type { Deployer, DeployOutcome } from '@squados/deployment';

/** The deployer in the role's words. */
export const productDeployer = (deployer: Deployer): ProductDeployer => ({
  deploy: async (request, signal) => answerOf(await deployer.deploy(request, signal)),
});

const answerOf = (outcome: DeployOutcome): DeployAnswer => {
  if (outcome.kind !== 'up') return outcome;
  const { release, addresses, store } = outcome.status;
  return { kind: 'up', product: { release, addresses, store, adopted: outcome.adopted, notes: outcome.notes ?? [] } };
};
