import { agentName, cardId, type CardSpec, type Proposal } from '@squados/contracts';

import { criteriaFor } from './card-criteria.js';
import { specPath } from './card-path.js';
import { describe } from './describe-card.js';
import { effortOf, effortPoints, type ChainType } from './effort.js';
import type { Feature } from './plan.js';
import { userStoryOf } from './user-story.js';
import { say, type Language } from './wording.js';

const TYPES: readonly ChainType[] = ['design', 'backend', 'frontend'];

export const cardTitle = (type: ChainType, feature: Pick<Feature, 'id' | 'title'>, language: Language): string => {
  const t = say(language);
  const names = {
    design: t('Technical Design & Architecture', 'Desenho técnico e arquitetura'),
    backend: t('Backend Implementation', 'Implementação do backend'),
    frontend: t('Frontend Implementation', 'Implementação do frontend'),
  };
  return `${feature.id} - ${names[type]}: ${feature.title}`;
};

const valueOf = (feature: Feature, language: Language): string => {
  const t = say(language);
  const lines = feature.source ? ` (${feature.source.document}:${String(feature.source.fromLine)})` : '';
  const text = {
    must: t(
      `Without “${feature.title}” the product does not do what the document requires`,
      `Sem “${feature.title}” o produto não faz o que o documento exige`,
    ),
    should: t(
      `“${feature.title}” is important; the product works without it at a cost`,
      `“${feature.title}” é importante; sem ele o produto funciona com perda`,
    ),
    could: t(
      `“${feature.title}” makes the product better where time allows`,
      `“${feature.title}” melhora o produto se houver tempo`,
    ),
    wont: t(`“${feature.title}” is left out of this release`, `“${feature.title}” fica fora desta versão`),
  };
  return `${text[feature.moscow]}${lines}.`;
};

export interface Numbering {
  /** Card id of a requirement's card, by type. */
  id(feature: string, type: ChainType): string;
}

/** `PROD-001…`, three per requirement in document order; at least three digits. */
export const numbering = (features: readonly Pick<Feature, 'id'>[]): Numbering => {
  const index = new Map(features.map((feature, i) => [feature.id, i]));
  return {
    id: (feature, type) => `PROD-${String((index.get(feature) ?? 0) * 3 + TYPES.indexOf(type) + 1).padStart(3, '0')}`,
  };
};

interface Maker {
  readonly language: Language;
  readonly epic: string;
  readonly numbers: Numbering;
}

const dependenciesOf = (type: ChainType, feature: Feature, { numbers }: Maker): readonly string[] => {
  if (type === 'frontend') return [numbers.id(feature.id, 'backend')];
  if (type === 'backend') return [numbers.id(feature.id, 'design')];
  return feature.dependsOn.map((id) => numbers.id(id, 'design'));
};

const cardOf = (type: ChainType, feature: Feature, maker: Maker): CardSpec => {
  const { language } = maker;
  const id = maker.numbers.id(feature.id, type);
  const points = effortPoints(feature, type);
  return {
    id: cardId(id),
    title: cardTitle(type, feature, language),
    description: describe(type, feature, language),
    agent: agentName('product'),
    type,
    priority: feature.priority,
    dependencies: dependenciesOf(type, feature, maker).map(cardId),
    acceptanceCriteria: criteriaFor(type, feature, language),
    requirementIds: [feature.id],
    deliverables: [specPath(id)],
    effort: effortOf(points),
    userStory: userStoryOf(type, feature, language),
    businessValue: valueOf(feature, language),
    parent: cardId(maker.epic),
    ...(feature.source && { source: feature.source }),
    language,
    extra: { moscow: feature.moscow, effort_points: points },
  };
};

/** The three product cards of a requirement: design, then backend, then frontend. */
export const cardsOf = (feature: Feature, maker: Maker): readonly CardSpec[] =>
  TYPES.map((type) => cardOf(type, feature, maker));

export const proposalsOf = (features: readonly Feature[]): readonly Proposal[] =>
  features.flatMap((feature) => feature.cards.map((card) => ({ card })));
