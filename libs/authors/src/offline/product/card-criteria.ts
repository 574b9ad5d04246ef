import { documentLines, fold, isCriteriaLabel, plain } from '@squados/importers/requirements';

import { DERIVED, KNOWN } from '../criteria/index.js';
import type { ChainType } from './effort.js';
import type { Feature } from './plan.js';
import { say, shortened, type Language } from './wording.js';

const UI =
  /\b(?:tela|telas|screen|ui|ux|interface|botao|button|formularios? responsiv|responsiv|mobile|layout|dark mode|acessibilidade|accessib|wcag|visual|grafico|chart|icone|icon|modal|cronometro|drag|clique|click|navega)/;
const SERVER =
  /\b(?:api|apis|endpoint|banco de dados|database|tabela|table|persist|servidor|server|backend|webhook|migra|sql|query|queries|latencia|throughput|fila|queue|criptograf|encrypt|embedding|token|jwt|indice|schema|ddl)/;

const concerns = (criterion: string, type: ChainType): boolean => {
  const text = fold(criterion);
  if (type === 'design') return true;
  const [ui, server] = [UI.test(text), SERVER.test(text)];
  if (ui === server) return true;
  return type === 'frontend' ? ui : server;
};

export const derivedMark = (language: Language): string => DERIVED[language];

const NORMATIVE =
  /\b(?:must|shall|should|deve|devem|devera|deverao|precisa|precisam|nao pode|nao podem|somente|apenas|only|never|nunca)\b/;

/** Sentences of the text that oblige: the criteria of a text that states none under that name. */
const normativeSentences = (feature: Feature): readonly string[] =>
  documentLines(feature.text)
    .filter((line) => (line.kind === 'text' || line.kind === 'item') && !isCriteriaLabel(line))
    .flatMap((line) => plain(line.body).split(/(?<=[.;])\s+/))
    .filter((sentence) => sentence.length > 12 && NORMATIVE.test(fold(sentence)))
    .slice(0, 6)
    .map((sentence) => shortened(sentence, 280));

const MINIMAL: Record<ChainType, (t: (en: string, pt: string) => string, id: string) => readonly string[]> = {
  design: (t, id) => [
    t(
      `Every entity, field and state that the text of ${id} names is in the design`,
      `Toda entidade, campo e estado que o texto de ${id} nomeia está no desenho`,
    ),
    t(
      `Each operation of ${id} has a success answer and its error answers`,
      `Cada operação de ${id} tem a resposta de sucesso e as respostas de erro`,
    ),
    t(`Each rule of ${id} has one place where it is enforced`, `Cada regra de ${id} tem um único lugar onde é imposta`),
  ],
  backend: (t, id) => [
    t(
      `A request of ${id} that breaks a stated limit is refused and the answer names the field`,
      `Um pedido de ${id} que viola um limite é recusado e a resposta nomeia o campo`,
    ),
    t(
      `A refused request of ${id} changes no stored data`,
      `Um pedido recusado de ${id} não altera nenhum dado gravado`,
    ),
    t(
      `Each stated rule of ${id} has an automated test that fails without it`,
      `Cada regra de ${id} tem um teste automático que falha sem ela`,
    ),
  ],
  frontend: (t, id) =>
    (['keyboard', 'kept', 'states'] as const).map((kind) => t(KNOWN[kind].en(id), KNOWN[kind].pt(id))),
};

const LEAST = 3;

const fromRules = (feature: Feature): readonly string[] =>
  [...feature.rules].map((rule) => `${rule.id}: ${shortened(plain(rule.text) || rule.title, 280)}`);

const fromNotes = (feature: Feature): readonly string[] =>
  [...feature.rules, ...feature.useCases, ...feature.qualities].flatMap((note) => note.criteria);

const stated = (type: ChainType, feature: Feature): readonly string[] => {
  const rules = type === 'frontend' ? [] : fromRules(feature);
  return [
    ...feature.criteria.filter((c) => concerns(c, type)),
    ...rules,
    ...fromNotes(feature).filter((c) => concerns(c, type)),
  ];
};

/**
 * Acceptance criteria of one card: those of the text and its rules; where they are fewer than three, sentences that oblige and
 * then minimal ones, each marked as derived.
 */
export const criteriaFor = (type: ChainType, feature: Feature, language: Language): readonly string[] => {
  const own = [...new Set(stated(type, feature))];
  if (own.length >= LEAST) return own;
  const mark = (text: string): string => `${derivedMark(language)} ${text}`;
  const sentences = feature.criteria.length === 0 ? normativeSentences(feature).filter((s) => concerns(s, type)) : [];
  const found = [...own, ...sentences.map(mark)];
  const minimal = MINIMAL[type](say(language), feature.id).slice(0, Math.max(0, LEAST - found.length));
  return [...new Set([...found, ...minimal.map(mark)])];
};
