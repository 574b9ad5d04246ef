import type { Task } from '@squados/agent-runtime';
import { agentName, cardId, type CardSpec, type Proposal } from '@squados/contracts';
import { detectLanguage } from '@squados/importers/requirements';

import { requirementText, subjectOf, type CardKind } from './card-kind.js';
import { say, type Language } from './wording.js';

const NEXT = {
  design: { agent: 'arch', prefix: 'ARCH', type: 'architecture' },
  backend: { agent: 'backend', prefix: 'BE', type: 'backend' },
  frontend: { agent: 'frontend', prefix: 'FE', type: 'frontend' },
} as const;

/** What follows the id's letters: `PROD-001` → `001`, `PROD-A.1` → `A.1`; the whole id where nothing follows. */
export const idSuffix = (id: string): string => /^\p{L}+[-_ ]?(.+)$/u.exec(id)?.[1] ?? id;

/** The next agent reads the requirement, so its language counts, not that of the words around it. */
const languageOfRequirement = (card: CardSpec): Language =>
  card.language ?? detectLanguage(`${subjectOf(card)}\n${requirementText(card)}`);

const names = (language: Language): Record<keyof typeof NEXT, string> => {
  const t = say(language);
  return { design: t('Architecture', 'Arquitetura'), backend: 'Backend', frontend: 'Frontend' };
};

const nextCard = (card: CardSpec, kind: keyof typeof NEXT): CardSpec => {
  const { agent, prefix, type } = NEXT[kind];
  const language = languageOfRequirement(card);
  const label = card.requirementIds[0] ?? card.id;
  return {
    id: cardId(`${prefix}-${idSuffix(card.id)}`),
    title: `${label} - ${names(language)[kind]}: ${subjectOf(card)}`,
    description: requirementText(card) || card.title,
    agent: agentName(agent),
    type,
    priority: card.priority,
    dependencies: [card.id],
    acceptanceCriteria: card.acceptanceCriteria,
    requirementIds: card.requirementIds,
    deliverables: [],
    parent: card.id,
    language,
    ...(card.effort !== undefined && { effort: card.effort }),
    ...(card.userStory !== undefined && { userStory: card.userStory }),
    ...(card.businessValue !== undefined && { businessValue: card.businessValue }),
    ...(card.source !== undefined && { source: card.source }),
  };
};

const isChained = (kind: CardKind): kind is keyof typeof NEXT => kind in NEXT;

/** The chain goes on already: the card was imported, or an earlier attempt of this one proposed it. */
const isContinued = (next: CardSpec, cards: readonly CardSpec[]): boolean =>
  cards.some(
    (card) =>
      card.id === next.id ||
      (card.agent === next.agent && next.dependencies.some((id) => card.dependencies.includes(id))),
  );

/**
 * The one card that follows a product card in its delivery chain; none when that agent does not exist in this run or the
 * project holds the card already.
 */
export const chainProposal = (task: Task, kind: CardKind): readonly Proposal[] => {
  if (!isChained(kind) || !task.project.agents.some((agent) => agent === NEXT[kind].agent)) return [];
  const next = nextCard(task.card, kind);
  return isContinued(next, task.cards) ? [] : [{ card: next }];
};
