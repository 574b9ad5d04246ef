import type { Definition, Outline } from './definitions.js';
import type { DocumentLine } from './document-lines.js';
import type { Kind } from './requirement-id.js';
import { cleanTitle } from './requirement-id.js';
import { tellsStory } from './signals.js';
import { isPhase, type Section, type SectionRole } from './sections.js';
import { countedRows } from './table-definitions.js';
import { fold, headingWords, plain } from './words.js';

/** A requirement without an id: a heading, a list item or a paragraph of a section that holds requirements. */
export interface Feature extends Pick<Definition, 'priority' | 'actor' | 'criteria'> {
  /** As its row calls it, where that is no id that tells what it is (`C1`). */
  readonly id?: string;
  readonly title: string;
  readonly kind: Kind;
  readonly fromLine: number;
  readonly toLine: number;
  readonly lead: string;
  readonly section?: Section;
}

const KIND_OF: Partial<Record<SectionRole, Kind>> = {
  features: 'functional',
  roadmap: 'functional',
  rules: 'rule',
  'non-functional': 'non-functional',
  stories: 'use-case',
  'use-cases': 'use-case',
};

const SKIPPED =
  /^(?:overview|edge cases|casos de borda|visao geral|introdu|out[- ]of[- ]scope|fora d[eo] escopo|non-goals|future\b|futur|riscos?\b|risks?\b|glossar|references?$|referencias?$|assumptions?$|premissas|atores|actors|diagram|notes?$|notas$|observac|resumo|summary$|priorit|prioriz)/;

const isSkipped = (section: Section): boolean => section.role === 'boilerplate' || SKIPPED.test(fold(section.title));

const linesOf = (outline: Outline, section: Section): readonly DocumentLine[] => {
  const end = section.children[0] ? section.children[0].fromLine - 1 : section.toLine;
  return outline.lines.slice(section.fromLine, end);
};

const hasBoldLead = (line: DocumentLine): boolean => line.body.startsWith('**');

const listOf = (lines: readonly DocumentLine[]): readonly DocumentLine[] => {
  const items = lines.filter((line) => line.kind === 'item');
  const margin = items.reduce((least, line) => Math.min(least, line.indent), Number.POSITIVE_INFINITY);
  return items.filter((line) => line.indent <= margin + 1);
};

/** `1. **Title**` right below the heading: each item is a feature of its own. */
const isListOfFeatures = (section: Section, lines: readonly DocumentLine[]): boolean => {
  const first = lines.find((line) => line.kind !== 'blank' && line.kind !== 'rule');
  if (first?.kind !== 'item' || listOf(lines).length < 2) return false;
  return first.ordered === true && (hasBoldLead(first) || isPhase(section.title));
};

/** `**Title:** the rest` → both parts; without bold the first clause is the title. */
const itemParts = (body: string): { title: string; lead: string } => {
  const bold = /^\*\*([^*]{1,160})\*\*[\s:–—-]*/.exec(body);
  if (bold && !tellsStory(body)) return { title: headingWords(bold[1] ?? ''), lead: plain(body.slice(bold[0].length)) };
  const lead = plain(body);
  return { title: tellsStory(lead) ? wantOf(lead) : clause(lead), lead };
};

const WHO =
  /^\s*(?:as an?|as the|como(?: uma?| o| a)?)\s[^,]{1,60}?,?\s+(?:(?:i|we) (?:want|need|would like|can)|(?:eu )?(?:quero|preciso|desejo|gostaria de|posso))(?: to)?(?: be able to| poder)?\s+/iu;
const WHY = /,?\s(?:so that|so i can|in order to|para que|a fim de|para (?:poder|eu))\s.*$/iu;

/** `As a clerk, I want to register parcels so that …` is called `Register parcels`. */
const wantOf = (story: string): string => {
  const want = clause(story.replace(WHO, '').replace(WHY, ''));
  return want.charAt(0).toUpperCase() + want.slice(1);
};

/** The first clause of a sentence, at most 80 characters, cut at a word. */
export const clause = (sentence: string): string => {
  const head = sentence.split(/[.;:](?:\s|$)|\s[–—]\s|\s\(/)[0]?.trim() ?? '';
  if (head.length <= 80) return head.replace(/,$/, '');
  const comma = head.lastIndexOf(',', 80);
  const cut = comma > 40 ? comma : head.lastIndexOf(' ', 80);
  return withoutDanglingWords(head.slice(0, cut > 0 ? cut : 80).trim());
};

const DANGLING =
  /\s(?:the|a|an|of|to|in|on|by|for|and|or|with|when|their|its|that|which|as|is|are|addition|so|whose|de|do|da|dos|das|em|no|na|o|os|e|ou|com|para|por|que|um|uma|ao|quando|seu|sua)$/i;

const withoutDanglingWords = (text: string): string => {
  let words = text;
  for (let i = 0; i < 5 && DANGLING.test(words); i++) words = words.replace(DANGLING, '');
  return words.replace(/,$/, '');
};

const itemFeatures = (outline: Outline, section: Section, kind: Kind): readonly Feature[] => {
  const lines = linesOf(outline, section);
  const items = listOf(lines);
  const last = lines.at(-1)?.n ?? section.fromLine;
  return items.map((item, i) => ({
    ...itemParts(item.body),
    kind,
    fromLine: item.n,
    toLine: (items[i + 1]?.n ?? last + 1) - 1,
    section,
  }));
};

const headingFeature = (section: Section, kind: Kind): Feature => ({
  title: cleanTitle(withoutCall(section.title)),
  kind,
  fromLine: section.fromLine,
  toLine: section.toLine,
  lead: '',
  section: section.parent ?? section,
});

const wholeSection = (outline: Outline, section: Section, kind: Kind): readonly Feature[] =>
  linesOf(outline, section).some((line) => line.kind === 'text' || line.kind === 'table')
    ? [headingFeature(section, kind)]
    : [];

/** `### Visitor` with a story in each of its items: who wants them is no feature. */
const isListOfStories = (outline: Outline, section: Section): boolean => {
  const items = listOf(linesOf(outline, section));
  return items.length > 1 && items.every((item) => tellsStory(item.body));
};

/** A heading whose headings are features: a chapter that says so, a phase, or one that only groups them. */
const isChapter = (outline: Outline, child: Section): boolean =>
  child.children.length > 0 && (child.role !== 'other' || isPhase(child.title) || isGroup(outline, child));

const isItems = (outline: Outline, child: Section): boolean =>
  isListOfFeatures(child, linesOf(outline, child)) || (child.children.length === 0 && isListOfStories(outline, child));

const fromChild = (outline: Outline, child: Section, kind: Kind): readonly Feature[] => {
  if (isSkipped(child)) return [];
  if (isChapter(outline, child)) return featuresIn(outline, child, kind);
  return isItems(outline, child) ? itemFeatures(outline, child, kind) : [headingFeature(child, kind)];
};

/** A heading with headings below and no words of its own only groups them. */
const isGroup = (outline: Outline, section: Section): boolean =>
  linesOf(outline, section).every((line) => line.kind === 'blank' || line.kind === 'rule');

const featuresIn = (outline: Outline, section: Section, kind: Kind): readonly Feature[] => {
  if (section.children.length > 0) return section.children.flatMap((child) => fromChild(outline, child, kind));
  const items = listOf(linesOf(outline, section));
  if (items.length > 0) return itemFeatures(outline, section, kind);
  const rows = rowFeatures(outline, section, kind);
  return rows.length > 0 ? rows : wholeSection(outline, section, kind);
};

const rowFeatures = (outline: Outline, section: Section, kind: Kind): readonly Feature[] =>
  countedRows(linesOf(outline, section)).map(({ line, title, ...row }) => ({
    ...row,
    title: title === '' ? clause(row.lead) : title,
    kind,
    fromLine: line,
    toLine: line,
    section,
  }));

const isInsideRole = (section: Section, roles: ReadonlySet<SectionRole>): boolean => {
  for (let at = section.parent; at; at = at.parent) if (roles.has(at.role)) return true;
  return false;
};

const sectionsFor = (outline: Outline, role: SectionRole): readonly Section[] => {
  const stop = new Set<SectionRole>([role, 'boilerplate']);
  return outline.sections.filter((section) => section.role === role && !isInsideRole(section, stop));
};

/** Marks the lines that definitions with ids hold. */
const ownedLines = (outline: Outline, taken: readonly Definition[]): Uint8Array => {
  const owned = new Uint8Array(outline.lines.length + 2);
  let reached = 0;
  for (const d of taken) {
    for (let n = Math.max(d.fromLine, reached + 1); n <= d.toLine; n++) owned[n] = 1;
    reached = Math.max(reached, d.toLine);
  }
  return owned;
};

/** Top-level list items of a section that follow a label such as `**MVP Requirements:**`. */
const labelledItems = (outline: Outline, section: Section): readonly Feature[] => {
  const lines = linesOf(outline, section);
  const at = lines.findIndex(
    (line) =>
      line.kind === 'item' && /^(?:mvp|requirements|requisitos|features|funcionalidades)/.test(fold(plain(line.body))),
  );
  const label = lines[at];
  if (!label) return [];
  const end = lines.findIndex((line, i) => i > at && line.kind === 'item' && line.indent <= label.indent);
  const nested = lines.slice(at + 1, end < 0 ? undefined : end);
  const items = listOf(nested);
  return items.map((item, i) => ({
    ...itemParts(item.body),
    kind: 'functional' as const,
    fromLine: item.n,
    toLine: (items[i + 1]?.n ?? (nested.at(-1)?.n ?? item.n) + 1) - 1,
    section,
  }));
};

const CALLED =
  /^(?:user\s+)?(?:story|stories|hist[óo]ria(?:\s+de\s+usu[áa]rio)?|feature|funcionalidade|requirement|requisito|use\s+case|caso\s+de\s+uso)(?:\s*#?\s*\d+(?:\.\d+)*)?\s*[:.–—-]\s*(?=\S)/i;

/** A heading without what it calls itself: `Story 1.2: Assign a ticket`, `Feature: Catalogue`. */
const withoutCall = (title: string): string => title.replace(CALLED, '');

/** Headings that call themselves a story or a feature, or have one right below them, wherever they stand. */
export const calledFeatures = (outline: Outline): readonly Feature[] =>
  outline.sections
    .filter((section) => section.children.length === 0 && section.role !== 'boilerplate' && !isSkipped(section))
    .filter((section) => CALLED.test(section.title) || linesOf(outline, section).some((line) => tellsStory(line.body)))
    .flatMap((section) =>
      isListOfStories(outline, section)
        ? itemFeatures(outline, section, 'functional')
        : [headingFeature(section, 'functional')],
    );

/** Lines of plain text that say what must be, in a document that has no other form. */
export const dutyLines = (outline: Outline): readonly Feature[] => {
  const lines = outline.lines.filter((line) => line.kind === 'text' && DUTY.test(line.body) && line.body.length > 20);
  const isSkippedLine = (line: DocumentLine): boolean => {
    const section = outline.sectionAt[line.n];
    return section !== undefined && (isSkipped(section) || section.role === 'boilerplate');
  };
  const kept = lines.filter((line) => !isSkippedLine(line));
  if (kept.length < LEAST) return [];
  return kept.map((line) => {
    const section = outline.sectionAt[line.n];
    const place = { fromLine: line.n, toLine: line.n, ...(section && { section }) };
    return { ...itemParts(line.body), kind: 'functional', ...place };
  });
};

const DUTY =
  /\b(?:must|shall|should|can|will|needs? to|deve(?:m|rá|rão)?|pode(?:m|rá)?|precisam?|permitir|as an? |como (?:um |uma |o |a )?\p{L}+,)/iu;
const LEAST = 3;

/** A document that is a list of sentences that say what must be (`1. The system must …`), under no heading that calls it so. */
export const dutyFeatures = (outline: Outline): readonly Feature[] =>
  outline.sections
    .filter((section) => section.role === 'other' && !isSkipped(section))
    .flatMap((section) => {
      const features = itemFeatures(outline, section, 'functional');
      const duties = features.filter((feature) => DUTY.test(`${feature.title} ${feature.lead}`));
      return duties.length >= LEAST && duties.length * 2 > features.length ? features : [];
    });

const roadmapFeatures = (outline: Outline, section: Section): readonly Feature[] => {
  const labelled = section.children.length === 0 ? labelledItems(outline, section) : [];
  return labelled.length > 0 ? labelled : featuresIn(outline, section, 'functional');
};

/** Requirements of a role's sections, without those that an id already defines. */
export const featuresOf = (outline: Outline, role: SectionRole, taken: readonly Definition[]): readonly Feature[] => {
  const kind = KIND_OF[role];
  if (!kind) return [];
  const owned = ownedLines(outline, taken);
  const found = sectionsFor(outline, role).flatMap((section) =>
    role === 'roadmap' ? roadmapFeatures(outline, section) : featuresIn(outline, section, kind),
  );
  return found.filter(
    (feature) => feature.title !== '' && !owned.subarray(feature.fromLine, feature.toLine + 1).includes(1),
  );
};
