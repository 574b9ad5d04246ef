import { card, cards, type CardView } from '@squados/board';
import { cardId } from '@squados/contracts';
import type { FoldView } from '@squados/orchestrator';
import { CliError } from '../cli-error.js';
import type { ProjectAt } from '../views/project-of.js';

/** @throws CliError for an id that the project doesn't hold; names the ones that look like it. */
export const requireCard = (fold: FoldView, { view }: ProjectAt, id: string): CardView => {
  const found = card(fold.board, view.id, cardId(id));
  if (found) return found;
  const alike = [...cards(fold.board, view.id)].filter((other) => looksLike(other, id)).slice(0, 5);
  const remedy = alike.length > 0 ? `did you mean ${alike.join(', ')}?` : 'squados status --cards lists them';
  throw new CliError(`${view.id}: there is no card ${JSON.stringify(id)}`, { code: 'unknown-card', remedy: [remedy] });
};

const normal = (id: string): string =>
  id
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '')
    .replace(/0+(?=\d)/g, '');
const looksLike = (id: string, wanted: string): boolean => {
  const [a, b] = [normal(id), normal(wanted)];
  return b !== '' && (a === b || a.startsWith(b) || b.startsWith(a));
};
