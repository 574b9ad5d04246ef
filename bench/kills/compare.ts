import type { CardFacts, LogFacts } from './log-facts.js';

/** What of a card has to be the same, and in which words it is told when it isn't. */
export type Aspect = (calm: CardFacts, hit: CardFacts) => string | undefined;

export const attempts: Aspect = (a, b) =>
  a.attempts === b.attempts ? undefined : `${a.attempts} attempts, killed run ${b.attempts}`;

export const endings: Aspect = (a, b) =>
  a.ends.join() === b.ends.join() ? undefined : `ended ${a.ends.join()}, killed run ${b.ends.join()}`;

export const lastEnding: Aspect = (a, b) =>
  a.ends.at(-1) === b.ends.at(-1) ? undefined : `ended ${a.ends.at(-1)}, killed run ${b.ends.at(-1)}`;

export const artifacts: Aspect = (a, b) => (a.manifestHash === b.manifestHash ? undefined : 'other artifacts');

export const verdicts: Aspect = (a, b) => {
  const other = b.verdicts.filter((verdict) => !a.verdicts.includes(verdict));
  return other.length === 0 && a.verdicts.length === b.verdicts.length
    ? undefined
    : `other verdicts: ${other.join(', ')}`;
};

/** Cards of either run that differ, each with its first difference in words. */
export const compare = (calm: LogFacts, hit: LogFacts, aspects: readonly Aspect[]): string[] =>
  [...new Set([...calm.cards.keys(), ...hit.cards.keys()])].flatMap((id) => {
    const [a, b] = [calm.cards.get(id), hit.cards.get(id)];
    if (!a || !b) return [`${id}: only in ${a ? 'the undisturbed' : 'the killed'} run`];
    const words = aspects.map((aspect) => aspect(a, b)).find((said) => said !== undefined);
    return words === undefined ? [] : [`${id}: ${words}`];
  });
