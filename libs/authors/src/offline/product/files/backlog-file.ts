import type { CardSpec } from '@squados/contracts';

import { EFFORT_RULE } from '../effort.js';
import type { Feature, ProductPlan } from '../plan.js';

const cardEntry = (card: CardSpec, feature: Feature) => ({
  card_id: card.id,
  title: card.title,
  type: card.type ?? 'feature',
  user_story: card.userStory ?? '',
  acceptance_criteria: card.acceptanceCriteria,
  effort_estimate: card.effort ?? '',
  business_value: card.businessValue ?? '',
  moscow: feature.moscow,
  priority: card.priority,
  requirement_ids: card.requirementIds,
  dependencies: card.dependencies,
  deliverables: card.deliverables,
});

const requirementEntry = (feature: Feature) => ({
  id: feature.id,
  title: feature.title,
  area: feature.area,
  moscow: feature.moscow,
  priority: feature.priority,
  source: feature.source ?? null,
  criteria: feature.criteria,
  rules: feature.rules.map((rule) => rule.id),
  cards: feature.cards.map((card) => card.id),
});

/** `backlog_produto_completo.json`: the whole product backlog as data; its schema is `product-backlog` of the gates. */
export const backlogFile = (plan: ProductPlan): string =>
  `${JSON.stringify(
    {
      version: 1,
      product: plan.product,
      language: plan.language,
      documents: plan.documents,
      effort_rule: EFFORT_RULE,
      requirements: plan.features.map(requirementEntry),
      cards: plan.features.flatMap((feature) => feature.cards.map((card) => cardEntry(card, feature))),
      quality_requirements: plan.notes
        .filter((note) => note.kind === 'non-functional')
        .map((note) => ({ id: note.id, title: note.title, source: note.source ?? null })),
      excluded: plan.excluded,
      assumptions: plan.assumptions,
      warnings: plan.warnings,
    },
    null,
    2,
  )}\n`;
