import { fold, plain } from '@squados/importers/requirements';

import { bullets, inline, page, table } from '../markdown.js';
import type { Feature, Note, ProductPlan } from '../plan.js';
import { say, shortened } from '../wording.js';

/** A number with a comparison or a unit: something that can be measured. Folded text. */
const MEASURABLE =
  /(?:[<>≤≥]=?\s*\d|\d[\d.,]*\s*\+|\b\d[\d.,]*\s*(?:%|ms\b|s\b|seg|min|h\b|hora|hour|dia|day|semana|week|mes\b|month|usuario|user|req|pods|mb\b|gb\b|kb\b|caracter|char|nos\b|nodes|itens|items|registros|records|livros|books))/;

interface Metric {
  readonly source: string;
  readonly text: string;
  readonly place: string;
}

const placeOf = (of: Note | Feature): string =>
  of.source ? `${of.source.document}:${String(of.source.fromLine)}` : '—';

const statements = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) =>
      plain(
        line
          .trim()
          .replace(/^(?:[-*+]|\d{1,3}[.)])\s+/, '')
          .replace(/^\|/, '')
          .replace(/\|$/, '')
          .replaceAll('|', ':'),
      ),
    )
    .filter((line) => line.length > 3 && MEASURABLE.test(fold(line)));

const fromNote = (note: Note): readonly Metric[] =>
  statements(note.text).map((text) => ({
    source: `${note.id} ${note.title}`,
    text: shortened(text, 180),
    place: placeOf(note),
  }));

const fromFeature = (feature: Feature): readonly Metric[] =>
  feature.criteria
    .filter((criterion) => MEASURABLE.test(fold(criterion)))
    .map((text) => ({ source: `${feature.id} ${feature.title}`, text: shortened(text, 180), place: placeOf(feature) }));

const methodOf = (text: string, t: (en: string, pt: string) => string): string => {
  const words = fold(text);
  if (/cobertura|coverage/.test(words) && /%/.test(words))
    return t('Coverage report of the test run', 'Relatório de cobertura dos testes');
  if (/uptime|disponib|availab/.test(words))
    return t('Health checks counted over 30 days', 'Verificações de saúde contadas em 30 dias');
  if (/\d\s*(?:ms|s|min|h)\b|segundo|second|minuto|minute|latenc|resposta|response|tempo|\btime\b/.test(words))
    return t('Timed test at the stated load, 95th percentile', 'Teste cronometrado na carga declarada, percentil 95');
  if (/%/.test(words)) return t('Counted in the event log over 30 days', 'Contado no registro de eventos em 30 dias');
  return t('Automated test with the stated number', 'Teste automático com o número declarado');
};

const rowsOf = (metrics: readonly Metric[], t: (en: string, pt: string) => string): readonly (readonly string[])[] =>
  metrics.map((metric) => [metric.source, metric.text, methodOf(metric.text, t), metric.place]);

const acceptance = (plan: ProductPlan): { readonly stated: number; readonly requirements: number } => ({
  stated: plan.features.reduce((sum, feature) => sum + feature.criteria.length, 0),
  requirements: plan.features.length,
});

/** `Success_Metrics.md`: what the document itself makes measurable; where it is silent, assumptions that say so. */
export const successMetrics = (plan: ProductPlan): string => {
  const t = say(plan.language);
  const qualities = plan.notes.filter((note) => note.kind === 'non-functional');
  const metrics = [...qualities.flatMap(fromNote), ...plan.features.flatMap(fromFeature)];
  const { stated, requirements } = acceptance(plan);
  const header = [
    t('From', 'De'),
    t('Target, as written', 'Meta, como está escrita'),
    t('How it is measured', 'Como se mede'),
    t('Place', 'Lugar'),
  ];
  const measured =
    metrics.length > 0
      ? table(header, rowsOf(metrics, t))
      : [t('The document states no number that can be measured.', 'O documento não traz número que se possa medir.')];
  const assumed = [
    stated > 0
      ? t(
          `A release counts as successful when all ${String(stated)} stated criteria of ${String(requirements)} requirements pass.`,
          `Uma versão conta como bem-sucedida quando todos os ${String(stated)} critérios declarados de ${String(requirements)} requisitos passam.`,
        )
      : t(
          `A release counts as successful when the criteria on the cards of all ${String(requirements)} requirements pass; the document states none itself.`,
          `Uma versão conta como bem-sucedida quando passam os critérios dos cartões de todos os ${String(requirements)} requisitos; o documento não declara nenhum.`,
        ),
    ...(metrics.length > 0
      ? []
      : [
          t(
            'Answers under 500 ms at the 95th percentile, because the document names no time.',
            'Respostas abaixo de 500 ms no percentil 95, porque o documento não traz tempo.',
          ),
        ]),
    ...(qualities.length > 0
      ? []
      : [
          t(
            'Test coverage of 80 % or more, because the document names no quality requirement.',
            'Cobertura de testes de 80 % ou mais, porque o documento não traz requisito não funcional.',
          ),
        ]),
  ];
  return page([
    `# ${t('Success metrics of', 'Métricas de sucesso de')} ${inline(plan.product)}`,
    '',
    `## ${t('Stated in the document', 'Declaradas no documento')} (${String(metrics.length)})`,
    '',
    ...measured,
    '',
    `## ${t('Assumptions', 'Suposições')}`,
    '',
    ...bullets(assumed),
  ]);
};
