import { checklist, inline, page } from '../markdown.js';
import { areasOf, storyCard, type Feature, type ProductPlan } from '../plan.js';
import { say } from '../wording.js';

const criteriaOf = (feature: Feature): readonly string[] =>
  feature.criteria.length > 0 ? feature.criteria : (storyCard(feature)?.acceptanceCriteria ?? []);

const storyOf = (feature: Feature, plan: ProductPlan): readonly string[] => {
  const t = say(plan.language);
  const card = storyCard(feature);
  const source = feature.source ? ` (${feature.source.document}:${String(feature.source.fromLine)})` : '';
  return [
    '',
    `### ${inline(feature.id)}: ${inline(feature.title)}`,
    '',
    inline(card?.userStory ?? feature.story ?? feature.title),
    '',
    `${t('Priority', 'Prioridade')}: ${feature.priority} · MoSCoW: ${feature.moscow} · ${t('Cards', 'Cartões')}: ${feature.cards.map((c) => c.id).join(', ') || '—'}${source}`,
    '',
    `**${t('Acceptance criteria', 'Critérios de aceitação')}**:`,
    '',
    ...checklist(criteriaOf(feature)),
  ];
};

/** `User_Stories_Completo.md`: one story per requirement, with its criteria, by area. */
export const userStories = (plan: ProductPlan): string => {
  const t = say(plan.language);
  return page([
    `# ${t('User stories of', 'Histórias de usuário de')} ${inline(plan.product)}`,
    ...areasOf(plan).flatMap((area) => [
      '',
      `## ${inline(area.name)}`,
      ...area.features.flatMap((feature) => storyOf(feature, plan)),
    ]),
  ]);
};
