import type { ArtifactStore } from '@squados/artifacts';
import type { LaneCommit } from '@squados/contracts';
import type { FoldObserver, FoldView } from '@squados/orchestrator';
import { systemClock, type WallClock } from '@squados/platform';
import { RecentWindow } from './feed/recent-window.js';
import { BoardModel } from './model/board-model.js';
import { ProductAddresses } from './model/product-links.js';

/** What the gateway learns of the log as it is folded; given to the engine before there is a gateway. */
export interface GatewayObserver extends FoldObserver {
  readonly model: BoardModel;
  readonly recent: RecentWindow;
}

export const gatewayObserver = (artifacts: ArtifactStore, clock: WallClock = systemClock): GatewayObserver => {
  const recent = new RecentWindow();
  const addresses: ProductAddresses = new ProductAddresses(artifacts, () => model.changed());
  const model: BoardModel = new BoardModel({ clock, product: (at) => addresses.linksOf(at) });
  return {
    model,
    recent,
    folded: (commit: LaneCommit) => {
      recent.folded(commit);
      model.folded();
    },
    headReached: (fold: FoldView) => {
      recent.headReached(fold);
      model.headReached(fold);
    },
  };
};
