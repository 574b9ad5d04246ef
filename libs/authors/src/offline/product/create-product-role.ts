import type { Gate, Role, RoleResult, RoleTools, Task } from '@squados/agent-runtime';
import { agentName } from '@squados/contracts';

import { kindOf } from './card-kind.js';
import { specPath } from './card-path.js';
import { chainProposals } from './propose-chain.js';
import { writeEpic } from './write-epic.js';
import { writeSpec } from './write-spec.js';

export interface ProductRoleOptions {
  /** The gates that hold it to its work, composed by the app; none by default. */
  readonly gates?: readonly Gate[];
}

const writeProductCard = (task: Task): RoleResult => {
  const { card } = task;
  const kind = kindOf(card);
  const files = new Map([[specPath(card.id), writeSpec(card, kind)]]);
  return { kind: 'written', files, proposals: chainProposals(task, kind), assumptions: [] };
};

/**
 * The product owner without a model: requirements documents become product cards, product cards become specifications.
 * Deterministic: the same task gives the same bytes.
 */
export const createProductRole = (options: ProductRoleOptions = {}): Role => ({
  agent: agentName('product'),
  author: 'offline',
  gates: options.gates ?? [],
  write: (task: Task, tools: RoleTools): Promise<RoleResult> =>
    kindOf(task.card) === 'epic' ? writeEpic(task, tools) : Promise.resolve(writeProductCard(task)),
});
