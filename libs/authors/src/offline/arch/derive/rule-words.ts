import type { EntityModel } from '@squados/contracts';
import { ascii } from '../text/identifiers.js';
import type { Draft } from './draft.js';
import { mentionsIn } from './mentions.js';
import { tokensOf } from './noun-phrase.js';

const NUMBERS: Readonly<Record<string, number>> = {
  ...{ a: 1, an: 1, one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
  ...{ eleven: 11, twelve: 12, um: 1, uma: 1, dois: 2, duas: 2, tres: 3, quatro: 4, cinco: 5, seis: 6, sete: 7 },
  ...{ oito: 8, nove: 9, dez: 10, onze: 11, doze: 12 },
};

/** A count as people write it, in figures up to six digits or in words up to twelve. */
export const countOf = (word: string): number | undefined =>
  /^\d{1,6}$/.test(word) ? Number(word) : NUMBERS[plainWord(word)];

const plainWord = (word: string): string => ascii(word).toLowerCase();

/** What part of a sentence names, and the words of it that name nothing. */
export interface Part {
  readonly entities: readonly EntityModel[];
  readonly states: readonly string[];
  /** Lower case, without accents. */
  readonly rest: readonly string[];
}

/** Reads part of a sentence with the model at hand; `states` are those of the entity that it is about. */
export const partOf = (
  text: string,
  { draft, entities }: { readonly draft: Draft; readonly entities: readonly EntityModel[] },
  about?: EntityModel,
): Part => {
  const tokens = tokensOf(text);
  const mentions = mentionsIn(draft, text);
  const named = mentions.flatMap((m) => entities.find((e) => e.name === m.entity.name) ?? []);
  const isNamed = (at: number): boolean => mentions.some((m) => at >= m.place && at < m.place + m.length);
  const words = tokens.filter((_token, at) => !isNamed(at)).map(plainWord);
  const found = statesIn(words.join(' '), about ?? named[0]);
  return { entities: named, states: found.states, rest: tokensOf(found.rest).filter((t) => /[a-z0-9]/.test(t)) };
};

/** `aberta`, `aberto`, `abertas`; a name of several words stands as it is. */
const formsOf = (state: string): string => {
  const plain = plainWord(state);
  const stem = /^[a-z]{4,}[ao]$/.test(plain) ? `${plain.slice(0, -1)}[ao]s?` : plain;
  return `\\b${stem.replace(/[^a-z0-9[\]?\\ ]/g, '.')}\\b`;
};

const statesIn = (
  text: string,
  entity: EntityModel | undefined,
): { readonly states: readonly string[]; readonly rest: string } => {
  let rest = text;
  const longestFirst = [...(entity?.states?.states ?? [])].sort((a, b) => b.length - a.length);
  const states = longestFirst.filter((state) => {
    const without = rest.replace(new RegExp(formsOf(state), 'g'), ' ');
    const isThere = without !== rest;
    rest = without;
    return isThere;
  });
  return { states, rest };
};

const FILLERS = new Set(
  (
    'a an the each every any one same that which who are is be being in of or and only state states status time at once ' +
    'um uma o os as cada todo toda mesmo mesma que esta estao esteja estejam estado estados situacao por vez ao tempo ' +
    'simultaneamente em e ou so somente apenas no na nos nas'
  ).split(' '),
);

/** Whether the words that name nothing say nothing either. */
export const isAccounted = (words: readonly string[], more: ReadonlySet<string> = new Set()): boolean =>
  words.every((word) => FILLERS.has(word) || more.has(word));
