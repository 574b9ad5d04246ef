import { prefixOf, type CardSpec } from '@squados/contracts';
import type { Task } from '@squados/agent-runtime';
import type { RequirementSource } from '../derive/draft.js';
import { languageOf, type Language } from '../text/language.js';

const DESIGN_TITLE =
  /\b(technical design|design\b.*\barchitecture|desenho t[eé]cnico|projeto t[eé]cnico|design t[eé]cnico|especifica[cç][aã]o t[eé]cnica|arquitetura|architecture)\b/i;

const isProduct = (card: CardSpec): boolean =>
  card.agent === 'product' && prefixOf(card.id) !== 'EPIC' && card.type !== 'epic';

/** A PROD card that asks for a design: by its type, or by its title where the file gives no type. */
export const isDesignCard = (card: CardSpec): boolean =>
  isProduct(card) && (card.type === undefined ? DESIGN_TITLE.test(card.title) : /design|desenho/i.test(card.type));

/** The cards whose texts the model is derived from, in natural id order: design cards, or the ARCH cards themselves where a backlog has none. */
export const sourceCards = (task: Task): readonly CardSpec[] => {
  const designs = task.cards.filter(isDesignCard);
  return designs.length > 0 ? designs : task.cards.filter((c) => c.agent === 'arch');
};

const shares = (a: CardSpec, b: CardSpec): boolean => a.requirementIds.some((id) => b.requirementIds.includes(id));

/** Place of a card's own source among the sources: the design card it depends on, else one of the same requirement, else itself; undefined when there is none. */
export const ownPlace = (task: Task, sources: readonly CardSpec[]): number | undefined => {
  const { card } = task;
  const tests: readonly ((s: CardSpec) => boolean)[] = [
    (s) => s.id === card.id,
    (s) => card.dependencies.includes(s.id),
    (s) => card.parent === s.id,
    (s) => shares(s, card),
  ];
  const place = tests.map((test) => sources.findIndex(test)).find((at) => at >= 0);
  return place;
};

const ENVELOPE =
  /^\s*(?:create (?:a )?detailed technical design for|technical design for|design for|elaborar (?:o )?(?:projeto|desenho|design) t[eé]cnico (?:de|do|da|para))\s+(.+?)\.\s+(?=\*\*|\p{Lu}|\n)/isu;
const PREFIX =
  /^\s*(?:(?:[A-Z]{1,6}(?:[-_][A-Z]{2,12}){0,2}[-_ ]?\d+(?:\.\d+)*)\s*[:.–—-]\s*)?(?:(?:technical )?design(?: & architecture| and architecture| t[eé]cnico)?|(?:desenho|projeto) t[eé]cnico(?: e arquitetura)?|arquitetura|architecture)\s*(?:(?::|–|—|-|\bfor\b|\bof\b|\bd[eoa]\b)\s*)?/i;
const SUFFIX =
  /\s*[(–—-]\s*(?:(?:technical )?design(?: & architecture)?|desenho(?: t[eé]cnico)?|projeto t[eé]cnico|arquitetura)\)?\s*$/i;
const ID = /^\s*\[?([A-Z]{1,6}(?:[-_][A-Z]{2,12}){0,2}[-_ ]?\d+(?:\.\d+)*)\]?\s*[:.–—-]\s*/;

const titleOf = (card: CardSpec): string => {
  const inside = ENVELOPE.exec(card.description)?.[1];
  if (inside !== undefined) return inside.replace(/\s+/g, ' ').trim();
  const bare = card.title.replace(ID, '').replace(PREFIX, '').replace(SUFFIX, '').replace(ID, '').trim();
  return bare === '' ? card.title : bare;
};

const requirementIdOf = (card: CardSpec): string => card.requirementIds[0] ?? ID.exec(card.title)?.[1] ?? card.id;

const MAX_TEXT = 200_000;

/** A card as the derivation reads it. */
export const sourceOf = (card: CardSpec, language: Language): RequirementSource => {
  const text = card.description.slice(0, MAX_TEXT).replace(ENVELOPE, '');
  return {
    id: requirementIdOf(card),
    title: titleOf(card),
    text,
    criteria: card.acceptanceCriteria,
    ...(card.userStory === undefined ? {} : { userStory: card.userStory }),
    language,
    ...(card.source === undefined ? {} : { document: { name: card.source.document, fromLine: card.source.fromLine } }),
  };
};

/** One language for the whole model, by all its sources together, so that it never changes from card to card. */
export const modelLanguage = (sources: readonly CardSpec[]): Language => {
  const stated = sources.flatMap((c) => c.language ?? []);
  const pt = stated.filter((l) => l === 'pt').length;
  if (stated.length > 0) return pt * 2 >= stated.length ? 'pt' : 'en';
  return languageOf(sources.map((c) => c.description.replace(ENVELOPE, '')).join('\n'));
};

export const cardLanguage = (card: CardSpec, model: Language): Language => card.language ?? model;
