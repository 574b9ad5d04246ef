import { documentLines, fold, plain, type DocumentLine } from '@squados/importers/requirements';

import { bullets, inline, page, table } from '../markdown.js';
import type { Feature, ProductPlan } from '../plan.js';
import { say, shortened, upperFirst } from '../wording.js';
import { areaFiles, type AreaFile } from './area-file.js';
import { beside, buttons, field, frame, grid, WIDTH } from './screen.js';

type Say = (en: string, pt: string) => string;

interface FieldSketch {
  readonly label: string;
  readonly hint: string;
}

const FIELD_WORDS =
  /\b(?:text|texto|number|numero|inteiro|integer|decimal|date|data|email|e-mail|boolean|booleano|enum|obrigatori|required|optional|opcional|unic|unique|caracter|character|lista|list|one of|um de|money|moeda|hora|time)\b/;

/** `- **title** (text, required)`: a field with what may be typed into it. */
const fieldOf = (line: DocumentLine): readonly FieldSketch[] => {
  const match = /^\*{0,2}([\p{L}][\p{L}\p{N} _/-]{1,40}?)\*{0,2}:?\*{0,2}\s*\(([^()]{2,120})\)/u.exec(line.body);
  if (line.kind !== 'item' || !match || !FIELD_WORDS.test(fold(match[2] ?? ''))) return [];
  return [{ label: upperFirst(plain(match[1] ?? '')), hint: plain(match[2] ?? '') }];
};

const fieldsOf = (feature: Feature): readonly FieldSketch[] =>
  documentLines(feature.text).flatMap(fieldOf).slice(0, 10);

const itemsOf = (feature: Feature): readonly string[] =>
  documentLines(feature.text)
    .filter((line) => line.kind === 'item' && line.indent < 2 && !line.checkbox)
    .map((line) => shortened(plain(line.body), 60))
    .filter((text) => text.length > 3)
    .slice(0, 6);

const MENU = 18;
const BODY = WIDTH - MENU - 7;

const form = (feature: Feature, fields: readonly FieldSketch[], t: Say): readonly string[] => [
  ...fields.flatMap(({ label, hint }) => field(label, hint, BODY)),
  '',
  buttons([t('Save', 'Salvar'), t('Cancel', 'Cancelar')]),
  ...feature.criteria.slice(0, 2).map((criterion) => `· ${shortened(criterion, BODY - 4)}`),
];

const listing = (items: readonly string[], t: Say): readonly string[] => [
  `${t('Search', 'Buscar')} [ ${' '.repeat(24)} ]  ${buttons([t('New', 'Novo')])}`,
  '',
  ...grid(
    [t('What it shows', 'O que mostra'), t('Action', 'Ação')],
    items.map((item) => [item, t('open', 'abrir')]),
    BODY,
  ),
];

const action = (feature: Feature, t: Say): readonly string[] => [
  ...wrapped(firstLine(feature), BODY).slice(0, 4),
  '',
  buttons([t('Confirm', 'Confirmar'), t('Back', 'Voltar')]),
];

const firstLine = (feature: Feature): string =>
  documentLines(feature.text)
    .filter((line) => line.kind === 'text')
    .map((line) => plain(line.body))
    .find((text) => text.length > 10) ?? feature.title;

const wrapped = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

const bodyOf = (feature: Feature, t: Say): readonly string[] => {
  const fields = fieldsOf(feature);
  if (fields.length > 0) return form(feature, fields, t);
  const items = itemsOf(feature);
  return items.length > 1 ? listing(items, t) : action(feature, t);
};

const menuOf = (area: AreaFile, current: Feature): readonly string[] => {
  const at = area.features.indexOf(current);
  const from = Math.max(0, Math.min(at - 3, area.features.length - 8));
  return area.features.slice(from, from + 8).map((feature) => `${feature === current ? '▸' : ' '} ${feature.id}`);
};

const screenOf = (feature: Feature, area: AreaFile, plan: ProductPlan): readonly string[] => {
  const t = say(plan.language);
  const body = [upperFirst(feature.title), '', ...bodyOf(feature, t)];
  return [
    '',
    `## ${inline(feature.id)}: ${inline(feature.title)}`,
    '',
    '```text',
    ...frame(shortened(plan.product, 60), beside(menuOf(area, feature), body, MENU)),
    '```',
  ].concat(notes(feature, t));
};

const notes = (feature: Feature, t: Say): readonly string[] => {
  const cards = feature.cards.filter((card) => card.type === 'frontend').map((card) => card.id);
  const found = [
    ...(feature.actor ? [`${t('Who', 'Quem')}: ${feature.actor}`] : []),
    ...(cards.length > 0 ? [`${t('Built by', 'Feita por')}: ${cards.join(', ')}`] : []),
    ...feature.rules.map((rule) => `${rule.id}: ${rule.title}`),
  ];
  return found.length > 0 ? ['', ...bullets(found)] : [];
};

const index = (areas: readonly AreaFile[], plan: ProductPlan): string => {
  const t = say(plan.language);
  const rows = areas.map((area) => [
    `[${area.name.replace(/[[\]]/g, ' ')}](${area.file}.md)`,
    String(area.features.length),
    area.features.map((feature) => feature.id).join(', '),
  ]);
  return page([
    `# ${t('Wireframes of', 'Wireframes de')} ${inline(plan.product)}`,
    '',
    t(
      'One page per area; each screen shows what the requirement’s text names, nothing more.',
      'Uma página por área; cada tela mostra o que o texto do requisito nomeia, nada mais.',
    ),
    '',
    ...table([t('Area', 'Área'), t('Screens', 'Telas'), t('Requirements', 'Requisitos')], rows),
  ]);
};

const areaPage = (area: AreaFile, plan: ProductPlan): string =>
  page([`# ${inline(area.name)}`, ...area.features.flatMap((feature) => screenOf(feature, area, plan))]);

/** `ux-designs/wireframes/`: an index and a page per area with a screen for each feature. */
export const wireframes = (plan: ProductPlan): readonly (readonly [string, string])[] => {
  const areas = areaFiles(plan);
  const folder = 'produto/ux-designs/wireframes/';
  return [
    [`${folder}README.md`, index(areas, plan)],
    ...areas.map((area) => [`${folder}${area.file}.md`, areaPage(area, plan)] as const),
  ];
};
