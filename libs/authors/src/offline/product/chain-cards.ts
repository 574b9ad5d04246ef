import type { Task } from '@squados/agent-runtime';
import type { CardId, CardSpec } from '@squados/contracts';

import { kindOf, type CardKind } from './card-kind.js';

/** Kinds of product cards that lead to further cards. */
export type ChainedKind = 'design' | 'backend' | 'frontend';

const CHAINED: readonly CardKind[] = ['design', 'backend', 'frontend'];

export const isChained = (kind: CardKind): kind is ChainedKind => CHAINED.includes(kind);

/** What follows the id's letters: `PROD-001` → `001`, `PROD-A.1` → `A.1`; the whole id where nothing follows. */
export const idSuffix = (id: string): string => /^\p{L}+[-_ ]?(.+)$/u.exec(id)?.[1] ?? id;

const isOf = (agent: string, card: CardSpec): boolean => card.agent === agent;

/** The project's cards of one agent, in natural order. */
export const cardsOfAgent = (task: Task, agent: string): readonly CardSpec[] =>
  task.cards.filter((card) => isOf(agent, card));

/** The naturally last product card that leads to further ones: the one that also speaks for the project as a whole. */
export const lastInChain = (task: Task): CardSpec | undefined =>
  task.cards.findLast((card) => isOf('product', card) && isChained(kindOf(card)));

const ancestorsOf = (task: Task): ReadonlySet<CardId> => {
  const byId = new Map(task.cards.map((card) => [card.id, card]));
  const found = new Set<CardId>();
  const open = [...task.card.dependencies];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    open.push(...(byId.get(id)?.dependencies ?? []));
  }
  return found;
};

const sharesRequirement = (a: CardSpec, b: CardSpec): boolean =>
  a.requirementIds.some((id) => b.requirementIds.includes(id));

/**
 * The product card of another kind that belongs with this task's card: of the same requirement where ids say so, else the
 * naturally last one that the card builds on.
 */
const siblingOf = (task: Task, kind: ChainedKind): CardSpec | undefined => {
  const siblings = cardsOfAgent(task, 'product').filter((card) => kindOf(card) === kind);
  const same = siblings.findLast((card) => sharesRequirement(card, task.card));
  if (same) return same;
  const ancestors = ancestorsOf(task);
  return siblings.findLast((card) => ancestors.has(card.id));
};

/**
 * The card that the sibling of a kind led to, if the project holds it. All proposals of what a card builds on are decided before
 * it is enqueued, so what is not there now will not come.
 */
export const ledToBySibling = (task: Task, kind: ChainedKind, to: string): CardSpec | undefined => {
  const sibling = siblingOf(task, kind);
  return sibling && cardsOfAgent(task, to).find((card) => card.dependencies.includes(sibling.id));
};
