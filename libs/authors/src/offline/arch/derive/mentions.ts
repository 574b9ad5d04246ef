import { textAt } from '../text/text-at.js';
import { ascii } from '../text/identifiers.js';
import type { Language } from '../text/language.js';
import { findByKey, type Draft, type DraftEntity } from './draft.js';
import { keyOf, readPhrase, tokensOf, type NounPhrase } from './noun-phrase.js';
import { verbOf, type Verb } from './verbs.js';

export interface Mention {
  readonly entity: DraftEntity;
  /** Index of its first token. */
  readonly place: number;
  readonly length: number;
  readonly isPlural: boolean;
}

const LONGEST = 4;

/** How many words, at most `LONGEST`, stand in a row at a place. */
const wordsAt = (tokens: readonly string[], place: number): number => {
  const row = tokens.slice(place, place + LONGEST);
  const end = row.findIndex((token) => !/[\p{L}\p{N}]/u.test(token));
  return end < 0 ? row.length : end;
};

const mentionAt = (draft: Draft, tokens: readonly string[], place: number): Mention | undefined => {
  for (let length = wordsAt(tokens, place); length > 0; length--) {
    const text = tokens.slice(place, place + length).join(' ');
    const key = keyOf(text, draft.language);
    const entity = key === '' ? undefined : findByKey(draft, key);
    if (entity)
      return { entity, place, length, isPlural: ascii(text).toLowerCase() !== ascii(entity.label).toLowerCase() };
  }
  return undefined;
};

/** Entities of the model that a text names, longest names first, in the text's order. */
export const mentionsIn = (draft: Draft, text: string): readonly Mention[] => {
  const tokens = tokensOf(text);
  const found: Mention[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const mention = mentionAt(draft, tokens, at);
    if (!mention) continue;
    found.push(mention);
    at += mention.length - 1;
  }
  return found;
};

/** A verb of a sentence and what it acts on. */
export interface Act {
  readonly verb: Verb;
  readonly place: number;
  readonly thing?: NounPhrase;
  /** `forms can be published`: the thing stands before the verb. */
  readonly passive: boolean;
}

const BE = /^(seja|sejam|ser|serem|be|been|being|is|are)$/i;
const PARTICIPLE: Readonly<Record<Language, RegExp>> = {
  pt: /([ai]d|vist|abert|suspens|entregu)[oa]s?$/i,
  en: /(ed|nt|wn|en|un)$/i,
};
const LINK = /^(,|e|and|\/|ou|or)$/i;

/** Where a verb's object begins: behind further verbs (`create, edit and delete`) and the preposition of a noun. */
const objectPlace = (
  tokens: readonly string[],
  place: number,
  { verb, language }: { readonly verb: Verb; readonly language: Language },
): number => {
  const isFurther = (at: number): boolean => at > place + 1 && verbOf(textAt(tokens, at), language)?.noun === false;
  let at = place + 1;
  while (LINK.test(textAt(tokens, at)) || isFurther(at)) at++;
  return verb.noun && /^(de|do|da|dos|das|of)$/i.test(textAt(tokens, at)) ? at + 1 : at;
};

const actAt = (tokens: readonly string[], place: number, language: Language): Act | undefined => {
  const word = textAt(tokens, place);
  const verb = verbOf(word, language);
  if (!verb) return undefined;
  if (!verb.noun && PARTICIPLE[language].test(word)) {
    const passive = tokens.slice(Math.max(0, place - 5), place).some((t) => BE.test(t));
    return passive ? { verb, place, passive } : undefined;
  }
  const thing = readPhrase({ tokens, language }, objectPlace(tokens, place, { verb, language }));
  return { verb, place, passive: false, ...(thing ? { thing } : {}) };
};

export const actsIn = (text: string, language: Language): readonly Act[] => {
  const tokens = tokensOf(text);
  return tokens.flatMap((_t, i) => actAt(tokens, i, language) ?? []);
};
