import type { CardSpec } from '@squados/contracts';
import { detectLanguage } from '@squados/importers/requirements';

import { kindOf, requirementText, subjectOf } from './card-kind.js';
import type { Feature, ProductPlan } from './plan.js';
import { say, type Language } from './wording.js';

export const languageOfCard = (card: CardSpec): Language =>
  card.language ??
  detectLanguage([card.title, card.description, card.userStory ?? '', ...card.acceptanceCriteria].join('\n'));

const MOSCOW = { CRITICAL: 'must', HIGH: 'must', MEDIUM: 'should', LOW: 'could' } as const;

const group = (cards: readonly CardSpec[]): readonly (readonly [string, readonly CardSpec[]])[] => {
  const groups = new Map<string, CardSpec[]>();
  for (const card of cards) {
    const id = card.requirementIds[0] ?? card.id;
    groups.set(id, [...(groups.get(id) ?? []), card]);
  }
  return [...groups];
};

const featureOf = (id: string, cards: readonly CardSpec[], area: string): Feature | undefined => {
  const lead = cards.find((card) => kindOf(card) === 'design') ?? cards[0];
  if (!lead) return undefined;
  const screen = cards.find((card) => kindOf(card) === 'frontend');
  return {
    id,
    title: subjectOf(lead),
    text: requirementText(lead),
    priority: lead.priority,
    moscow: MOSCOW[lead.priority],
    area,
    criteria: [...new Set(cards.flatMap((card) => card.acceptanceCriteria))],
    rules: [],
    qualities: [],
    useCases: [],
    ...(screen?.userStory !== undefined && { story: screen.userStory }),
    dependsOn: [],
    ...(lead.source && { source: lead.source }),
    cards,
  };
};

/** The plan of a project whose product cards exist already: they are grouped by requirement, nothing is made up. */
export const planFromCards = (cards: readonly CardSpec[], product: string): ProductPlan => {
  const language = cards[0] ? languageOfCard(cards[0]) : 'en';
  const area = say(language)('Product', 'Produto');
  return {
    product,
    language,
    features: group(cards).flatMap(([id, members]) => featureOf(id, members, area) ?? []),
    notes: [],
    excluded: [],
    documents: [],
    assumptions: [
      say(language)(
        'The project holds product cards already; they are the backlog, and no second set is proposed.',
        'O projeto já tem cartões de produto; eles são o backlog, e nenhum segundo conjunto é proposto.',
      ),
    ],
    warnings: [],
  };
};
