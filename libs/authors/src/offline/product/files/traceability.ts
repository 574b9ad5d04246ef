import { bullets, inline, page, table } from '../markdown.js';
import type { Feature, ProductPlan } from '../plan.js';
import { say } from '../wording.js';

const linesOf = (feature: Pick<Feature, 'source'>): string =>
  feature.source
    ? `${feature.source.document}:${String(feature.source.fromLine)}–${String(feature.source.toLine)}`
    : '—';

const cardOf = (feature: Feature, type: string): string =>
  feature.cards
    .filter((card) => card.type === type)
    .map((card) => card.id)
    .join(', ') || '—';

/** `rastreabilidade.md`: from each requirement to its lines and its cards, and from each rule to what it concerns. */
export const traceability = (plan: ProductPlan): string => {
  const t = say(plan.language);
  const header = [
    t('Requirement', 'Requisito'),
    t('Title', 'Título'),
    t('Lines', 'Linhas'),
    'Design',
    'Backend',
    'Frontend',
    t('All cards', 'Todos os cartões'),
  ];
  const rows = plan.features.map((feature) => [
    feature.id,
    feature.title,
    linesOf(feature),
    cardOf(feature, 'design'),
    cardOf(feature, 'backend'),
    cardOf(feature, 'frontend'),
    feature.cards.map((card) => card.id).join(', ') || '—',
  ]);
  const concerned = (id: string): string =>
    plan.features
      .filter((f) => [...f.rules, ...f.qualities, ...f.useCases].some((note) => note.id === id))
      .map((f) => f.id)
      .join(', ');
  const notes = plan.notes.map((note) => [
    note.id,
    note.title,
    linesOf(note),
    plan.notes.length > 0 && concerned(note.id).length > 200 ? t('all', 'todos') : concerned(note.id),
  ]);
  return page([
    `# ${t('Traceability of', 'Rastreabilidade de')} ${inline(plan.product)}`,
    '',
    `## ${t('Requirements', 'Requisitos')}`,
    '',
    ...table(header, rows),
    ...(notes.length > 0
      ? [
          '',
          `## ${t('Rules, qualities, use cases', 'Regras, qualidades, casos de uso')}`,
          '',
          ...table(['Id', t('Title', 'Título'), t('Lines', 'Linhas'), t('Concerns', 'Diz respeito a')], notes),
        ]
      : []),
    ...(plan.assumptions.length > 0
      ? ['', `## ${t('Assumptions', 'Suposições')}`, '', ...bullets(plan.assumptions)]
      : []),
    ...(plan.warnings.length > 0 ? ['', `## ${t('Warnings', 'Avisos')}`, '', ...bullets(plan.warnings)] : []),
  ]);
};
