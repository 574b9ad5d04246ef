import type { DocumentLine } from './document-lines.js';
import { cleanTitle, leadingId, type LeadingId } from './requirement-id.js';
import { isBoilerplate, type Section } from './sections.js';
import { tableDefinitions } from './table-definitions.js';
import { fold, plain } from './words.js';

export type Form = 'headings' | 'tables' | 'list' | 'free-form';

/** A place of the document that defines a requirement; its text follows from the lines it owns. */
export interface Definition {
  readonly id: Pick<LeadingId, 'id' | 'key' | 'family' | 'kind' | 'story'>;
  readonly form: Form;
  readonly title: string;
  readonly fromLine: number;
  toLine: number;
  /** Text that stands on the defining line itself, or the row's cells. */
  readonly lead: string;
  readonly section?: Section;
  /** Lines below the defining one that belong to it, nested definitions left out. */
  readonly body: DocumentLine[];
  readonly priority?: string;
  readonly actor?: string;
  readonly criteria?: readonly string[];
}

export interface Outline {
  readonly lines: readonly DocumentLine[];
  readonly sections: readonly Section[];
  /** Index = line number. */
  readonly sectionAt: readonly (Section | undefined)[];
}

const headingDefinition = (section: Section, line: DocumentLine): Definition | undefined => {
  const id = leadingId(line.body);
  if (!id || isBoilerplate(section.parent)) return undefined;
  return {
    id,
    form: 'headings',
    title: cleanTitle(id.rest),
    fromLine: line.n,
    toLine: section.toLine,
    lead: '',
    body: [],
    ...(section.parent && { section: section.parent }),
  };
};

export const headingDefinitions = (outline: Outline): readonly Definition[] =>
  outline.sections.flatMap((section) => {
    const line = outline.lines[section.fromLine - 1];
    const found = line && headingDefinition(section, line);
    return found ? [found] : [];
  });

const LISTS_OTHERS =
  /^(?:depend|pre-?requisit|prerequisit|relacionad|related|referenc|ver tambem|see also|rastreab|trace|covers|cobre|requisitos (?:relacionados|associados|atendidos))/;

/** Labels such as `**Dependências**:` above a list: the ids in it are other requirements'. */
const isReferenceLabel = (line: DocumentLine): boolean =>
  (line.kind === 'text' || line.kind === 'heading') && LISTS_OTHERS.test(fold(plain(line.body)).slice(0, 60));

const definesInline = (line: DocumentLine, id: LeadingId): boolean => {
  if (id.rest === '') return false;
  const bold = line.body.startsWith('**') || line.body.startsWith('__');
  return id.separator !== '' || bold || /^\[/.test(line.body);
};

const HEADLINE = /^(\*\*|__)(?:(?!\1).)+\1\s*:?$/;

/** A line that is bold as a whole and has its text below it is a title: `**US-1 Register members**`. */
const isHeadline = (outline: Outline, line: DocumentLine): boolean =>
  HEADLINE.test(line.body.trim()) && outline.lines[line.n]?.kind === 'text';

const inlineDefinition = (outline: Outline, line: DocumentLine): Definition | undefined => {
  const id = leadingId(line.body);
  if (!id || !definesInline(line, id)) return undefined;
  const section = outline.sectionAt[line.n];
  if (isBoilerplate(section)) return undefined;
  const title = isHeadline(outline, line) ? cleanTitle(id.rest) : '';
  return {
    id,
    form: 'list',
    title,
    fromLine: line.n,
    toLine: line.n,
    lead: title === '' ? id.rest : '',
    body: [],
    ...(section && { section }),
  };
};

const startsParagraph = (outline: Outline, line: DocumentLine): boolean => {
  const before = outline.lines[line.n - 2];
  return !before || before.kind !== 'text' || leadingId(before.body) !== undefined;
};

const isBreak = (line: DocumentLine): boolean => line.kind === 'heading' || line.kind === 'rule';

/** Follows the lines after `from` while they belong to it; blank lines neither end nor extend it. */
const endOf = (outline: Outline, from: DocumentLine, belongs: (line: DocumentLine, end: number) => boolean): number => {
  let end = from.n;
  for (let i = from.n; i < outline.lines.length; i++) {
    const line = outline.lines[i];
    if (!line || isBreak(line)) break;
    if (line.kind === 'blank') continue;
    if (!belongs(line, end)) break;
    end = line.n;
  }
  return end;
};

const isBelowItem =
  (from: DocumentLine) =>
  (line: DocumentLine, end: number): boolean =>
    line.indent > from.indent ||
    line.kind === 'code' ||
    line.kind === 'fence' ||
    (line.kind === 'text' && line.n === end + 1);

const isBelowParagraph = (line: DocumentLine): boolean => line.kind !== 'text' || leadingId(line.body) === undefined;

const canDefine = (outline: Outline, line: DocumentLine): boolean =>
  line.kind === 'item' || (line.kind === 'text' && startsParagraph(outline, line));

const inlineAt = (outline: Outline, line: DocumentLine): readonly Definition[] => {
  const definition = canDefine(outline, line) ? inlineDefinition(outline, line) : undefined;
  if (!definition) return [];
  definition.toLine = endOf(outline, line, line.kind === 'item' ? isBelowItem(line) : isBelowParagraph);
  return [definition];
};

/** Definitions in list items (`- **FR-001**: …`) and in paragraphs (`**RF-01** …`). */
export const inlineDefinitions = (outline: Outline): readonly Definition[] => {
  const found: Definition[] = [];
  let references = false;
  for (const line of outline.lines) {
    if (line.kind === 'heading' || line.kind === 'text') references = isReferenceLabel(line);
    if (!references) found.push(...inlineAt(outline, line));
  }
  return found;
};

const STRENGTH: Record<Form, number> = { headings: 0, tables: 1, list: 2, 'free-form': 3 };

/** Does a definition in a weaker form stand inside another requirement's heading section and repeat its family? Then it only names one. */
const isInside = (weak: Definition, holder: Definition | undefined): boolean =>
  holder !== undefined && weak.id.family === holder.id.family && STRENGTH[weak.form] > STRENGTH[holder.form];

const innermostByLine = (headings: readonly Definition[], count: number): readonly (Definition | undefined)[] => {
  const byLine: (Definition | undefined)[] = [];
  const open: Definition[] = [];
  let next = 0;
  for (let n = 0; n <= count; n++) {
    while ((open.at(-1)?.toLine ?? n) < n) open.pop();
    while (headings[next]?.fromLine === n) open.push(headings[next++] as Definition);
    byLine.push(open.at(-1));
  }
  return byLine;
};

/** Every definition of a document, in its order: headings, then what tables and lists add to them. */
export const findDefinitions = (outline: Outline): readonly Definition[] => {
  const headings = headingDefinitions(outline);
  const holder = innermostByLine(headings, outline.lines.length);
  const known = new Set(headings.map((d) => d.id.key));
  const all = [...headings];
  for (const weaker of [tableDefinitions(outline), inlineDefinitions(outline)]) {
    const fresh = weaker.filter((d) => !known.has(d.id.key) && !isInside(d, holder[d.fromLine]));
    for (const d of fresh) known.add(d.id.key);
    all.push(...fresh);
  }
  return all.sort((a, b) => a.fromLine - b.fromLine);
};

/** Blank lines and rulers at the end belong to nobody. */
const trimmedEnd = (definition: Definition, outline: Outline): number => {
  let end = definition.toLine;
  while (end > definition.fromLine && ['blank', 'rule'].includes(outline.lines[end - 1]?.kind ?? '')) end--;
  return end;
};

/** Gives each line below a definition to the innermost one that holds it; one pass. */
export const ownLines = (definitions: readonly Definition[], outline: Outline): void => {
  for (const definition of definitions) definition.toLine = trimmedEnd(definition, outline);
  const owner = innermostByLine(definitions, outline.lines.length);
  for (const line of outline.lines) {
    const definition = owner[line.n];
    if (definition && line.n > definition.fromLine) definition.body.push(line);
  }
};
