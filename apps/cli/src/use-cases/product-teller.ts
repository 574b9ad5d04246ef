import { currentManifest } from '@squados/board';
import { isDeployCard, type LaneCommit } from '@squados/contracts';
import type { Deployer } from '@squados/deployment';
import type { FoldObserver, FoldView } from '@squados/orchestrator';
import { commandName } from '../terminal/command-name.js';
import { firstProject } from '../views/project-of.js';

export interface Telling {
  readonly deployer: Deployer;
  readonly fold: FoldView;
  readonly signal: AbortSignal;
  say(line: string): void;
}

/** Says where the product answers as soon as a DEPLOY card started it, and again when a finished project is taken up. */
export class ProductTeller implements FoldObserver {
  #deployed: () => void = () => undefined;

  folded(commit: LaneCommit, fold: FoldView): void {
    if (commit.events.some((event) => event.type === 'CardCompleted') && isDeployed(fold)) this.#deployed();
  }

  /** From now on `say` is told; where DEPLOY was done before, the product is started again. */
  async watch({ deployer, fold, signal, say }: Telling): Promise<void> {
    this.#deployed = () => void tell(deployer, say);
    if (!isDeployed(fold)) return;
    const outcome = await deployer.resume(signal);
    if (outcome?.kind === 'up') say(runs(outcome.status.addresses.product));
    else if (outcome?.kind === 'failed') say(`the product did not start again: ${outcome.process}: ${outcome.message}`);
  }
}

const runs = (address: string): string => `the product runs: ${address} (stop it: ${commandName()} down)`;

const tell = async (deployer: Deployer, say: (line: string) => void): Promise<void> => {
  const status = await deployer.status();
  if (status?.state.kind === 'up') say(runs(status.addresses.product));
};

const isDeployed = (fold: FoldView): boolean =>
  [...(firstProject(fold)?.record.cards.values() ?? [])].some(
    (card) => isDeployCard(card.spec) && currentManifest(card) !== undefined,
  );
