import type { DocumentLine } from './document-lines.js';
import { fold, plain, withoutLeadingSigns } from './words.js';

const LABEL =
  /^(?:criterios? (?:de|para) (?:aceit|acept|sucesso|conclus)|acceptance (?:criteria|scenarios?|tests?|conditions?)|condicoes de aceit|cenarios? (?:de (?:aceit|teste|uso)|principais)|testes de aceit|definition of done|definicao de pronto|aceite$|requisitos de aceit)/;

const labelWords = (line: DocumentLine): string => withoutLeadingSigns(plain(line.body)).slice(0, 120);

export const isCriteriaLabel = (line: DocumentLine): boolean =>
  (line.kind === 'text' || line.kind === 'heading' || line.kind === 'item') && LABEL.test(fold(labelWords(line)));

/** `**Acceptance criteria**: the words that follow on the same line`. */
const inlineCriterion = (line: DocumentLine): string => {
  const words = labelWords(line);
  const colon = words.indexOf(':');
  return colon < 0
    ? ''
    : withoutLeadingSigns(plain(line.body))
        .slice(colon + 1)
        .trim();
};

const clean = (text: string): string => withoutLeadingSigns(plain(text)).replace(/\s+/g, ' ');

const STEP = /^(given|when|then|and|but|dado|dada|dados|dadas|quando|entao|e|mas)\b/;
const stepOf = (text: string): string | undefined =>
  STEP.exec(fold(withoutLeadingSigns(plain(text.slice(0, 60))).slice(0, 12)))?.[1];
const OPENING = new Set(['given', 'dado', 'dada', 'dados', 'dadas']);
const DECISIVE = new Set(['when', 'then', 'quando', 'entao']);

interface Collector {
  /** Each criterion in its parts (lines, nested items, what glues them); joined at the end, so that a long one costs no more. */
  readonly criteria: string[][];
  /** Indent of the list under a criteria label; undefined outside. */
  listIndent: number | undefined;
  inLabel: boolean;
  /** A Given/When/Then being read. */
  scenario: string[];
  /** True while the criterion last taken may go on in the next line. */
  open: boolean;
}

const flushScenario = (c: Collector): void => {
  const decisive = c.scenario.some((step) => DECISIVE.has(stepOf(step) ?? ''));
  if (c.scenario.length > 1 && decisive) c.criteria.push([clean(c.scenario.join(' '))]);
  c.scenario = [];
};

const take = (c: Collector, text: string): void => {
  const words = clean(text);
  if (words === '') return;
  c.criteria.push([words]);
  c.open = true;
};

const extend = (c: Collector, text: string, glue: string): void => {
  const last = c.criteria.at(-1);
  if (last) last.push(last.at(-1)?.endsWith(':') ? ' ' : glue, clean(text));
};

const joined = (c: Collector): readonly string[] => [...new Set(c.criteria.map((parts) => parts.join('')))];

const startsScenario = (c: Collector, line: DocumentLine): boolean => {
  if (c.inLabel && line.kind === 'item') return false;
  const step = stepOf(line.body);
  if (step === undefined) return false;
  return OPENING.has(step) || c.scenario.length > 0;
};

const closeLabel = (c: Collector): void => {
  c.inLabel = false;
  c.listIndent = undefined;
  c.open = false;
};

const onItem = (c: Collector, line: DocumentLine): void => {
  if (c.inLabel && c.listIndent !== undefined && line.indent > c.listIndent + 1) {
    extend(c, line.body, '; ');
    return;
  }
  if (c.inLabel) {
    c.listIndent = line.indent;
    take(c, line.body);
    return;
  }
  c.open = false;
  if (line.checkbox) take(c, line.body);
};

const onText = (c: Collector, line: DocumentLine): void => {
  if (c.open && (c.listIndent === undefined || line.indent > c.listIndent)) {
    extend(c, line.body, ' ');
    return;
  }
  if (c.listIndent !== undefined || !c.inLabel) closeLabel(c);
};

const isGherkin = (line: DocumentLine): boolean =>
  line.kind === 'code' && (line.info === 'gherkin' || line.info === 'feature');

const onLabel = (c: Collector, line: DocumentLine): void => {
  flushScenario(c);
  closeLabel(c);
  c.inLabel = true;
  take(c, inlineCriterion(line));
  c.open = false;
};

/** One item that says Given … When … Then in its own lines counts as one criterion, label or not. */
const isWholeScenario = (line: DocumentLine): boolean =>
  line.kind === 'item' && OPENING.has(stepOf(line.body) ?? '') && /\b(?:when|quando)\b/.test(fold(line.body));

const onScenario = (c: Collector, line: DocumentLine): void => {
  if (stepOf(line.body) === undefined) return;
  if (OPENING.has(stepOf(line.body) ?? '')) flushScenario(c);
  c.scenario.push(line.body);
};

const isPlainEnd = (line: DocumentLine): boolean => line.kind === 'heading' || line.kind === 'rule';

const onOther = (c: Collector, line: DocumentLine): void => {
  flushScenario(c);
  if (isPlainEnd(line)) closeLabel(c);
  else if (line.kind === 'item') onItem(c, line);
  else if (line.kind === 'text') onText(c, line);
};

const step = (c: Collector, line: DocumentLine): void => {
  if (line.kind === 'blank') {
    c.open = c.open && c.listIndent === undefined;
    return;
  }
  if (isCriteriaLabel(line)) onLabel(c, line);
  else if (!c.inLabel && isWholeScenario(line)) take(c, line.body);
  else if (isGherkin(line) || startsScenario(c, line)) onScenario(c, line);
  else onOther(c, line);
};

/** Acceptance criteria of a text: lists below a criteria label, checkboxes, Given/When/Then; in order, once each. */
export const criteriaOf = (lines: readonly DocumentLine[]): readonly string[] => {
  const c: Collector = { criteria: [], listIndent: undefined, inLabel: false, scenario: [], open: false };
  for (const line of lines) step(c, line);
  flushScenario(c);
  return joined(c);
};

/** Top-level list items as criteria, for sections whose heading says that they are. */
export const itemsAsCriteria = (lines: readonly DocumentLine[]): readonly string[] => {
  const c: Collector = { criteria: [], listIndent: undefined, inLabel: true, scenario: [], open: false };
  for (const line of lines) {
    if (line.kind === 'item') onItem(c, line);
    else if (line.kind === 'text' && c.listIndent !== undefined && c.open) extend(c, line.body, ' ');
    else if (line.kind === 'blank') c.open = false;
  }
  return joined(c);
};
