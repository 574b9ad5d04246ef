import type { Actor } from '@squados/contracts';
import type { FeedClients } from '../feed/feed-clients.js';
import type { GatewaySource } from '../gateway-source.port.js';
import { firstProject, type ProjectAt } from '../model/first-project.js';
import type { BoardModel } from '../model/board-model.js';
import type { PreviewShelf } from './preview-shelf.js';
import { GatewayProblem } from './gateway-problem.js';

export interface GatewayCore {
  readonly source: GatewaySource;
  readonly model: BoardModel;
  readonly clients: FeedClients;
  readonly previews: PreviewShelf;
  /** Who sits at the page. */
  readonly actor: Actor;
}

/** @throws GatewayProblem 404 while the log holds no project. */
export const requireProject = ({ source }: GatewayCore): ProjectAt => {
  const at = firstProject(source.fold);
  if (at) return at;
  throw new GatewayProblem({
    status: 404,
    code: 'no-project',
    title: 'there is no project in this folder yet',
    remedy: ['start one with a requirements document or a backlog'],
  });
};

/** @throws GatewayProblem 404 */
export const requireFound = <T>(found: T | undefined, id: string): T => {
  if (found !== undefined) return found;
  throw new GatewayProblem({
    status: 404,
    code: 'unknown-card',
    title: `there is no card ${JSON.stringify(id.slice(0, 200))}`,
    remedy: ['look for it on the board'],
  });
};
