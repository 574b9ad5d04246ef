import { documentLines, fold, plain } from '@squados/importers/requirements';

import { inline, mermaidLabel, page } from '../markdown.js';
import { storyCard, type Feature, type ProductPlan } from '../plan.js';
import { say, shortened, upperFirst } from '../wording.js';
import { areaFiles, type AreaFile } from './area-file.js';

const FLOW_LABEL = /^(?:fluxo|flow|passos|steps|processo|process)/;
const MOST_STEPS = 7;

/** Numbered steps below a label such as "Fluxo": the flow that the text itself describes. */
const statedSteps = (text: string): readonly string[] => {
  const lines = documentLines(text);
  const label = lines.findIndex((line) => line.kind === 'text' && FLOW_LABEL.test(fold(plain(line.body))));
  if (label < 0) return [];
  const below = lines.slice(label + 1);
  const end = below.findIndex((line) => line.kind === 'text' || line.kind === 'heading');
  const items = below
    .slice(0, end < 0 ? undefined : end)
    .filter((line) => line.kind === 'item' && line.ordered === true && line.indent < 2);
  return items.slice(0, MOST_STEPS).map((line) => shortened(plain(line.body), 70));
};

const derivedSteps = (feature: Feature, plan: ProductPlan): readonly string[] => {
  const t = say(plan.language);
  const title = shortened(feature.title, 60);
  return [
    t(`Opens ${title}`, `Abre ${title}`),
    t('Fills in or chooses what it asks for', 'Preenche ou escolhe o que se pede'),
  ];
};

const refusals = (feature: Feature): readonly string[] => {
  const rules = [
    ...feature.rules.map((rule) => `${rule.id} ${rule.title}`),
    ...feature.criteria.filter((c) => /\b(?:nao|not|only|apenas|somente|recus|reject|refus)/.test(fold(c))),
  ];
  return rules.slice(0, 2).map((rule) => shortened(rule, 60));
};

const outcomeOf = (feature: Feature, plan: ProductPlan): string =>
  feature.criteria.find((c) => !refusals(feature).includes(c)) ??
  say(plan.language)('The result is shown', 'O resultado é mostrado');

const chart = (feature: Feature, plan: ProductPlan): readonly string[] => {
  const t = say(plan.language);
  const stated = statedSteps(feature.text);
  const steps = stated.length > 1 ? stated : derivedSteps(feature, plan);
  const actor = upperFirst(feature.actor ?? t('User', 'Usuário'));
  const nodes = steps.map((step, i) => `  s${String(i + 1)}["${mermaidLabel(step)}"]`);
  const chain = steps.map((_, i) => `  ${i === 0 ? 'start' : `s${String(i)}`} --> s${String(i + 1)}`);
  const last = `s${String(steps.length)}`;
  const rules = refusals(feature);
  return [
    '```mermaid',
    'flowchart TD',
    `  start(["${mermaidLabel(actor)}"])`,
    ...nodes,
    `  check{"${mermaidLabel(rules.length > 0 ? rules.join(' / ') : t('Is everything valid?', 'Está tudo válido?'))}"}`,
    `  done(["${mermaidLabel(shortened(outcomeOf(feature, plan), 80))}"])`,
    `  refused["${t('Message at the field, input kept', 'Mensagem no campo, entrada mantida')}"]`,
    ...chain,
    `  ${last} --> check`,
    `  check -->|${t('yes', 'sim')}| done`,
    `  check -->|${t('no', 'não')}| refused`,
    `  refused --> ${last}`,
    '```',
  ];
};

const flowOf = (feature: Feature, plan: ProductPlan): readonly string[] => [
  '',
  `## ${inline(feature.id)}: ${inline(feature.title)}`,
  '',
  inline(storyCard(feature)?.userStory ?? feature.title),
  '',
  ...chart(feature, plan),
];

const flowPage = (area: AreaFile, plan: ProductPlan): string =>
  page([
    `# ${say(plan.language)('Flows', 'Fluxos')}: ${inline(area.name)}`,
    ...area.features.flatMap((feature) => flowOf(feature, plan)),
  ]);

/** `ux-designs/user-flows/*.md`: one page per area, one Mermaid flowchart per feature. */
export const userFlows = (plan: ProductPlan): readonly (readonly [string, string])[] =>
  areaFiles(plan).map((area) => [`produto/ux-designs/user-flows/${area.file}.md`, flowPage(area, plan)]);
