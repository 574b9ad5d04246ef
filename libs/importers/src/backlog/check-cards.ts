import { checkGraph, type GraphFault } from '@squados/contracts';
import { quoted } from './problem.js';
import type { CardFault, ReadCard } from './read-card.js';

/** A card of the file with all that speaks against it. */
export interface CheckedCard {
  readonly card: ReadCard;
  readonly faults: readonly CardFault[];
}

const idOf = (card: ReadCard): string | undefined => card.spec?.id;

interface Located {
  /** Place in the list of cards with an id. */
  readonly at: number;
  readonly fault: CardFault;
}

const REMEDIES = {
  'duplicate-id': 'Rename or remove one of the two',
  'self-dependency': 'Remove its own id from its dependencies',
  'dangling-dependency': 'Correct the id, add the missing card, or remove the dependency',
  'dependency-cycle': 'Remove one of these dependencies',
} as const;

/** A long cycle is shown by its beginning. */
const pathText = (path: readonly string[]): string =>
  path.length > 20 ? `${path.slice(0, 20).join(' → ')} → … (${path.length - 1} cards)` : path.join(' → ');

const messageOf = (fault: GraphFault, cards: readonly ReadCard[]): string => {
  const ordinal = (at: number): number => (cards[at]?.index ?? at) + 1;
  switch (fault.kind) {
    case 'duplicate-id':
      return `its id stands twice: cards no. ${ordinal(fault.first)} and ${ordinal(fault.at)}`;
    case 'self-dependency':
      return 'it depends on itself';
    case 'dangling-dependency':
      return `it depends on ${quoted(fault.dependency)}, which is not in the file`;
    case 'dependency-cycle':
      return `it is part of a cycle: ${pathText(fault.path)}`;
  }
};

const placesOf = (fault: GraphFault, first: ReadonlyMap<string, number>): readonly number[] => {
  if (fault.kind === 'duplicate-id') return [fault.at];
  const ids = fault.kind === 'dependency-cycle' ? fault.path.slice(0, -1) : [fault.id];
  return ids.map((id) => first.get(id) ?? 0);
};

/** `prod-001`, where the file has PROD-001: that one is probably meant. */
const remedyOf = (fault: GraphFault, spelled: ReadonlyMap<string, string>): string => {
  const meant = fault.kind === 'dangling-dependency' ? spelled.get(fault.dependency.toLowerCase()) : undefined;
  return meant === undefined
    ? REMEDIES[fault.kind]
    : `Write ${quoted(meant)}, as the file does (case counts), or remove the dependency`;
};

const graphFaults = (cards: readonly ReadCard[]): readonly Located[] => {
  const first = new Map<string, number>();
  cards.forEach((card, at) => first.set(idOf(card) ?? '', first.get(idOf(card) ?? '') ?? at));
  const nodes = cards.map((card) => ({ id: idOf(card) ?? '', dependencies: card.spec?.dependencies ?? [] }));
  const spelled = new Map(nodes.map(({ id }) => [id.toLowerCase(), id]));
  return checkGraph(nodes).flatMap((found) => {
    const fault = { code: found.kind, message: messageOf(found, cards), remedy: remedyOf(found, spelled) };
    return placesOf(found, first).map((at) => ({ at, fault }));
  });
};

const listed = <K, V>(lists: Map<K, V[]>, key: K): V[] => {
  const list = lists.get(key) ?? [];
  if (list.length === 0) lists.set(key, list);
  return list;
};

/** Every card of the file with its own faults and those of the graph, in the file's order. */
export const checkCards = (cards: readonly ReadCard[]): readonly CheckedCard[] => {
  const named = cards.filter((card) => card.spec !== undefined);
  const more = new Map<ReadCard, CardFault[]>();
  for (const { at, fault } of graphFaults(named)) {
    const card = named[at];
    if (card) listed(more, card).push(fault);
  }
  return cards.map((card) => ({ card, faults: [...card.faults, ...(more.get(card) ?? [])] }));
};

const leftOut = (card: ReadCard, id: string): CheckedCard => ({
  card,
  faults: [
    {
      code: 'depends-on-dropped',
      message: `it depends on ${quoted(id)}, which is left out`,
      remedy: 'Correct that card first',
    },
  ],
});

const dependentsOf = (checked: readonly CheckedCard[]): ReadonlyMap<string, readonly ReadCard[]> => {
  const dependents = new Map<string, ReadCard[]>();
  for (const { card } of checked)
    for (const id of card.spec?.dependencies ?? []) listed<string, ReadCard>(dependents, id).push(card);
  return dependents;
};

/** Drops, besides the faulty cards, every card that depends on a dropped one, all the way up. */
const spread = (
  faulty: readonly CheckedCard[],
  checked: readonly CheckedCard[],
): ReadonlyMap<ReadCard, CheckedCard> => {
  const dependents = dependentsOf(checked);
  const dropped = new Map(faulty.map((entry) => [entry.card, entry]));
  const sound = new Set(checked.filter(({ card }) => !dropped.has(card)).map(({ card }) => idOf(card)));
  const queue = faulty.map(({ card }) => idOf(card) ?? '');
  for (let at = 0; at < queue.length; at++) {
    const id = queue[at] ?? '';
    // Of two cards with one id the second is dropped and the first still stands for it.
    const hit = sound.has(id) ? [] : (dependents.get(id) ?? []).filter((card) => !dropped.has(card));
    for (const card of hit) {
      dropped.set(card, leftOut(card, id));
      sound.delete(idOf(card));
      queue.push(idOf(card) ?? '');
    }
  }
  return dropped;
};

export interface Sorted {
  readonly kept: readonly ReadCard[];
  readonly dropped: readonly CheckedCard[];
}

/** What a lenient import keeps: cards without faults whose dependencies, all the way down, are kept too. The rest says why not. */
export const soundCards = (checked: readonly CheckedCard[]): Sorted => {
  const dropped = spread(
    checked.filter(({ faults }) => faults.length > 0),
    checked,
  );
  return {
    kept: checked.map(({ card }) => card).filter((card) => !dropped.has(card)),
    dropped: checked.flatMap(({ card }) => dropped.get(card) ?? []),
  };
};
