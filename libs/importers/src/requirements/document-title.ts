import type { Outline } from './definitions.js';
import type { DocumentLine } from './document-lines.js';
import type { Section } from './sections.js';
import { fold, plain } from './words.js';

const GENERIC =
  /^(?:product requirements? document|software requirements specification|documento de requisitos(?: de software)?|especificacao de requisitos(?: de software)?|prd|srs|requirements?|requisitos(?: funcionais)?|feature specification|especificacao)(?: \((?:prd|srs)\))?$/;
const PREFIX =
  /^(?:feature specification|product requirements? document(?: \(prd\))?|prd|especifica[cç][aã]o|documento de requisitos|requisitos(?: funcionais| do (?:sistema|projeto|produto))?|functional requirements|requirements|hist[óo]rias de usu[áa]rio|user stories|casos de uso|use cases)\s*(?:[:–—]|\s-)\s+/i;
/** `PRD.md — Product Requirements Document`: a file's name says nothing. */
const FILE_NAME = /^[\w-]{1,40}\.(?:md|txt|markdown)(?:\s*[–—:-]\s*|$)/i;

const SUFFIX =
  /\s+[–—-]\s+(?:product requirements? document|prd|software requirements specification|documento de requisitos)$/i;

const fromName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? name)
    .replace(/(?:\.(?:md|markdown|txt|feature|pt|en|utf16))+$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim() || name;

const isGeneric = (title: string): boolean => GENERIC.test(fold(title).trim()) || title === '';

const LABELLED =
  /^(?:project(?: name)?|product(?: name)?|system(?: name)?|projeto|produto|sistema|nome do (?:projeto|sistema|produto))\s*:\s*(.{2,80})$/i;
const TOP_LINES = 30;

/** `**Project:** Glory` near the top, where no heading names the product. */
const labelled = (lines: readonly DocumentLine[]): string | undefined => {
  for (const line of lines.slice(0, TOP_LINES)) {
    const said = line.kind === 'text' || line.kind === 'item' ? LABELLED.exec(plain(line.body))?.[1] : undefined;
    if (said !== undefined) return said.replace(/\s*\([^()]*\)\s*$/, '').trim();
  }
  return undefined;
};

const withoutFileName = (section: Section): Section => ({ ...section, title: section.title.replace(FILE_NAME, '') });

const bare = (title: string): string => title.replace(PREFIX, '').replace(SUFFIX, '').trim();

/** The product's name for people: the document's own title, or its file name where it has none. */
export const titleOf = (
  { name, sections: given, lines }: Pick<Outline, 'sections' | 'lines'> & { readonly name: string },
  defining: (section: Section) => boolean,
): string => {
  const sections = given.map(withoutFileName);
  const unnamed = (): string => specific(sections) ?? labelled(lines) ?? prefixed(sections) ?? fromName(name);
  const tops = sections.filter((section) => section.level === 1);
  const title = tops.find((section) => !isGeneric(section.title));
  if (!title || title.role === 'boilerplate' || (tops.length > 1 && defining(title))) return unnamed();
  return bare(title.title) || unnamed();
};

/** `## Requisitos funcionais - Horta`, in a document without a title. */
const prefixed = ([first]: readonly Section[]): string | undefined =>
  first && PREFIX.test(first.title) ? bare(first.title) || undefined : undefined;

/** `Software Requirements Specification` followed by `Revenue Management System`: the second is the name. */
const specific = (sections: readonly Section[]): string | undefined => {
  const [first, second] = sections;
  if (!first || !second || first.level !== 1 || !isGeneric(first.title)) return undefined;
  return second.fromLine - first.fromLine <= 2 && second.role !== 'boilerplate' ? second.title : undefined;
};
