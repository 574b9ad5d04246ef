import { inline, page, table } from '../markdown.js';
import type { Feature, ProductPlan } from '../plan.js';
import { say, shortened } from '../wording.js';

type Say = (en: string, pt: string) => string;
type Moscow = Feature['moscow'];

const ORDER: readonly Moscow[] = ['must', 'should', 'could'];

const headingOf = (moscow: Moscow, t: Say): string =>
  ({
    must: t('Must have: the first release', 'Obrigatório: a primeira versão'),
    should: t('Should have: next', 'Importante: em seguida'),
    could: t('Could have: if time allows', 'Desejável: se houver tempo'),
    wont: t('Left out', 'Fora desta versão'),
  })[moscow];

const summary = (feature: Feature): string => {
  const first = feature.text
    .split('\n')
    .map((line) => line.replace(/[*_#>`|-]+/g, ' ').trim())
    .find((line) => line.length > 15);
  return shortened((first ?? feature.title).replace(/^(?:Descri[cç][aã]o|Description)\s*:?\s*/i, ''), 160);
};

const row = (feature: Feature): readonly string[] => [
  feature.id,
  feature.title,
  summary(feature),
  feature.priority,
  String(feature.criteria.length),
  feature.cards.map((card) => card.id).join(', '),
];

const section = (plan: ProductPlan, moscow: Moscow, t: Say): readonly string[] => {
  const features = plan.features.filter((feature) => feature.moscow === moscow);
  if (features.length === 0) return [];
  const header = [
    t('Requirement', 'Requisito'),
    t('Feature', 'Funcionalidade'),
    t('What it is', 'O que é'),
    t('Priority', 'Prioridade'),
    t('Criteria', 'Critérios'),
    t('Cards', 'Cartões'),
  ];
  return ['', `## ${headingOf(moscow, t)} (${String(features.length)})`, '', ...table(header, features.map(row))];
};

const excluded = (plan: ProductPlan, t: Say): readonly string[] =>
  plan.excluded.length === 0
    ? []
    : ['', `## ${headingOf('wont', t)}`, '', ...plan.excluded.map((item) => `- ${item.id}: ${inline(item.title)}`)];

/** `MVP_Features.md`: the features by MoSCoW, with the order in which they can be built. */
export const mvpFeatures = (plan: ProductPlan): string => {
  const t = say(plan.language);
  const designs = plan.features.filter((feature) => feature.dependsOn.length > 0);
  const order = designs.map((feature) => `- ${feature.id} ${t('needs', 'precisa de')} ${feature.dependsOn.join(', ')}`);
  return page([
    `# ${t('MVP features of', 'Funcionalidades do MVP de')} ${inline(plan.product)}`,
    '',
    t(
      `${String(plan.features.length)} features from ${plan.documents.join(', ') || 'the project’s cards'}.`,
      `${String(plan.features.length)} funcionalidades de ${plan.documents.join(', ') || 'cartões do projeto'}.`,
    ),
    ...ORDER.flatMap((moscow) => section(plan, moscow, t)),
    ...excluded(plan, t),
    ...(order.length > 0 ? ['', `## ${t('Order', 'Ordem')}`, '', ...order] : []),
  ]);
};
