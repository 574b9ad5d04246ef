import type { EdgeProblem } from './check.js';
import { isRecord } from './rules.js';

const ofCard = (path: string, card: unknown): EdgeProblem[] =>
  isRecord(card) && Array.isArray(card['dependencies']) && card['dependencies'].includes(card['id'])
    ? [{ path: `${path}.dependencies`, message: 'must not name the card itself', remedy: 'remove its own id' }]
    : [];

/** The one rule between fields of a card: it never depends on itself. Looks at `cards`, `spec` and `proposals` of an event or command. */
export const selfDependencies = (holder: Readonly<Record<string, unknown>>): EdgeProblem[] => {
  const { cards, spec, proposals } = holder;
  return [
    ...(Array.isArray(cards) ? cards.flatMap((card, at) => ofCard(`cards[${at}]`, card)) : []),
    ...ofCard('spec', spec),
    ...(Array.isArray(proposals)
      ? proposals.flatMap((p: unknown, at) => (isRecord(p) ? ofCard(`proposals[${at}].card`, p['card']) : []))
      : []),
  ];
};
