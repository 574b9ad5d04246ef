import { cardId, type CardId } from '@squados/contracts';
import { quoted } from './problem.js';
import type { ReadCard } from './read-card.js';

export interface Blocked {
  readonly card: ReadCard;
  /** Dependencies that only other cards' `blocks` told of. */
  readonly viaBlocks: readonly CardId[];
}

const missingTargets = (card: ReadCard, ids: ReadonlySet<string>): ReadCard['faults'] =>
  card.blocks
    .filter((id) => !ids.has(id))
    .map((id) => ({
      code: 'dangling-dependency',
      message: `it says it blocks ${quoted(id)}, which is not in the file`,
      remedy: 'Correct the id, add the missing card, or remove the entry from blocks',
    }));

const blockersOf = (cards: readonly ReadCard[]): ReadonlyMap<string, readonly CardId[]> => {
  const blockers = new Map<string, CardId[]>();
  for (const { spec, blocks } of cards) {
    if (!spec) continue;
    for (const id of blocks) {
      const known = blockers.get(id) ?? [];
      known.push(spec.id);
      blockers.set(id, known);
    }
  }
  return blockers;
};

/**
 * `blocks` is the dependency told from the other end: a card that blocks X is a dependency of X, whether X names it or not, and must
 * satisfy the same rules. The field itself stays where it was, so that an export has it once, as before.
 */
export const withBlocks = (cards: readonly ReadCard[]): readonly Blocked[] => {
  const ids = new Set<string>(cards.flatMap(({ spec }) => (spec ? [spec.id] : [])));
  const blockers = blockersOf(cards);
  return cards.map((card) => {
    const faults = [...card.faults, ...missingTargets(card, ids)];
    if (!card.spec) return { card: { ...card, faults }, viaBlocks: [] };
    const known = new Set<string>(card.spec.dependencies);
    const viaBlocks = [...new Set(blockers.get(card.spec.id) ?? [])].filter((id) => !known.has(id)).map(cardId);
    const spec = { ...card.spec, dependencies: [...card.spec.dependencies, ...viaBlocks] };
    return { card: { ...card, faults, spec }, viaBlocks };
  });
};
