import type { Task } from '@squados/agent-runtime';

/**
 * The naturally last card of its agent holds all that the others do: what it delivers is the product. No card that comes later can
 * take its place unchecked, since that one is the last then.
 */
export const standsForProduct = ({ card, cards }: Pick<Task, 'card' | 'cards'>): boolean =>
  cards.filter((one) => one.agent === card.agent).at(-1)?.id === card.id;

/** Whether everything is to be run, whatever is known of it. */
export const runsEverything = (task: Task): boolean =>
  task.project.policy.gateProfile === 'full' || standsForProduct(task);

/** How a run is named as evidence for a later one. */
export const nameOfRun = ({ card, attempt }: Pick<Task, 'card' | 'attempt'>): string =>
  `${card.id}, attempt ${attempt}`;
