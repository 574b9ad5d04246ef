import { prefixOf, type CardSpec } from '@squados/contracts';
import { fold } from '@squados/importers/requirements';

import type { ChainType } from './effort.js';

export type CardKind = 'epic' | ChainType | 'other';

const BY_TYPE: Readonly<Record<string, ChainType>> = {
  design: 'design',
  architecture: 'design',
  arquitetura: 'design',
  backend: 'backend',
  'back-end': 'backend',
  api: 'backend',
  frontend: 'frontend',
  'front-end': 'frontend',
  ui: 'frontend',
};

const WORDS: readonly (readonly [ChainType, RegExp])[] = [
  [
    'design',
    /\b(?:technical design|desenho tecnico|design tecnico|projeto tecnico|design & architecture|arquitetura|architecture design|system design)\b/,
  ],
  ['backend', /\b(?:back-?end|server[- ]side|implementacao do servidor)\b/],
  ['frontend', /\b(?:front-?end|implementacao de telas|user interface implementation)\b/],
];

const inWords = (text: string): ChainType | undefined => WORDS.find(([, pattern]) => pattern.test(fold(text)))?.[0];

/** The part of a description that says what the card is: its first sentence. */
const opening = (description: string): string => description.trim().slice(0, 160).split(/[.\n]/)[0] ?? '';

/** What a product card is about: its type where that says it, else the words of its title and of its first sentence, Portuguese or English. */
export const kindOf = (card: CardSpec): CardKind => {
  const type = card.type?.toLowerCase() ?? '';
  if (prefixOf(card.id) === 'EPIC' || type === 'epic') return 'epic';
  return BY_TYPE[type] ?? inWords(card.title) ?? inWords(opening(card.description)) ?? 'other';
};

const SUBJECT =
  /\b(?:design|architecture|desenho t[eé]cnico|arquitetura|backend|back-end|UI|interface|frontend|front-end|telas?) (?:for|of|de|do|da|para) ([^\n.]{3,120}?)(?:\. |\.$|, so that|, para que|$)/iu;

/** `RF001`, `FR-12`: an id, not words. */
const BARE_ID = /^\[?[A-Z]{1,6}[-_ ]?\d{1,5}(?:\.\d{1,4})*\]?$/;

const JOB =
  /^(?:technical design(?: & architecture)?|desenho t[eé]cnico(?: e arquitetura)?|backend implementation|frontend implementation|implementa[cç][aã]o d[oe] (?:back|front)-?end)$/i;

/** What a card's work is about, without id and job words: `RF001 - Backend Implementation` of “Manage loans” → `Manage loans`. */
export const subjectOf = (card: CardSpec): string => {
  const parts = card.title.split(/\s+[–—-]\s+|:\s+/).map((part) => part.trim());
  const own = parts.filter(
    (part) => part !== '' && !JOB.test(part) && !BARE_ID.test(part) && !card.requirementIds.includes(part),
  );
  if (own.length > 0) return own.join(': ');
  return SUBJECT.exec(card.description)?.[1] ?? SUBJECT.exec(card.userStory ?? '')?.[1] ?? card.title;
};

const LEAD =
  /^(?:Create detailed technical design|Implement (?:backend|UI)|Criar (?:o )?desenho t[eé]cnico(?: detalhado)?) (?:for|de|do|da|para) [^\n]{3,160}?\.\s+/iu;

/** The description without the sentence that only repeats the title; the requirement's text, where the card holds it. */
export const requirementText = (card: CardSpec): string => card.description.replace(LEAD, '').trim();
