import { agentName, cardId, type CardSpec, type Proposal } from '@squados/contracts';

import { requirementText, subjectOf, type CardKind } from './card-kind.js';
import { languageOfCard } from './plan-from-cards.js';
import { say } from './wording.js';

const NEXT = {
  design: { agent: 'arch', prefix: 'ARCH', type: 'architecture' },
  backend: { agent: 'backend', prefix: 'BE', type: 'backend' },
  frontend: { agent: 'frontend', prefix: 'FE', type: 'frontend' },
} as const;

/** What follows the id's letters: `PROD-001` → `001`, `PROD-A.1` → `A.1`; the whole id where nothing follows. */
export const idSuffix = (id: string): string => /^\p{L}+[-_ ]?(.+)$/u.exec(id)?.[1] ?? id;

const names = (card: CardSpec): Record<keyof typeof NEXT, string> => {
  const t = say(languageOfCard(card));
  return { design: t('Architecture', 'Arquitetura'), backend: 'Backend', frontend: 'Frontend' };
};

const nextCard = (card: CardSpec, kind: keyof typeof NEXT): CardSpec => {
  const { agent, prefix, type } = NEXT[kind];
  const label = card.requirementIds[0] ?? card.id;
  return {
    id: cardId(`${prefix}-${idSuffix(card.id)}`),
    title: `${label} - ${names(card)[kind]}: ${subjectOf(card)}`,
    description: requirementText(card) || card.title,
    agent: agentName(agent),
    type,
    priority: card.priority,
    dependencies: [card.id],
    acceptanceCriteria: card.acceptanceCriteria,
    requirementIds: card.requirementIds,
    deliverables: [],
    parent: card.id,
    language: languageOfCard(card),
    ...(card.effort !== undefined && { effort: card.effort }),
    ...(card.userStory !== undefined && { userStory: card.userStory }),
    ...(card.businessValue !== undefined && { businessValue: card.businessValue }),
    ...(card.source !== undefined && { source: card.source }),
  };
};

const isChained = (kind: CardKind): kind is keyof typeof NEXT => kind in NEXT;

/** The one card that follows a product card in its delivery chain; none when that agent does not exist in this run. */
export const chainProposal = (card: CardSpec, kind: CardKind, agents: readonly string[]): readonly Proposal[] =>
  isChained(kind) && agents.includes(NEXT[kind].agent) ? [{ card: nextCard(card, kind) }] : [];
