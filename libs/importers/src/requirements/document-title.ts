import type { Section } from './sections.js';
import { fold } from './words.js';

const GENERIC =
  /^(?:product requirements? document|software requirements specification|documento de requisitos(?: de software)?|especificacao de requisitos(?: de software)?|prd|srs|requirements?|requisitos(?: funcionais)?|feature specification|especificacao)(?: \((?:prd|srs)\))?$/;
const PREFIX =
  /^(?:feature specification|product requirements? document(?: \(prd\))?|prd|especifica[cç][aã]o|documento de requisitos)\s*[:–—-]\s*/i;

const SUFFIX =
  /\s+[–—-]\s+(?:product requirements? document|prd|software requirements specification|documento de requisitos)$/i;

const fromName = (name: string): string =>
  (name.split(/[/\\]/).at(-1) ?? name)
    .replace(/(?:\.(?:md|markdown|txt|feature|pt|en|utf16))+$/i, '')
    .replace(/[_-]+/g, ' ')
    .trim() || name;

const isGeneric = (title: string): boolean => GENERIC.test(fold(title).trim()) || title === '';

/** The product's name for people: the document's own title, or its file name where it has none. */
export const titleOf = (
  name: string,
  sections: readonly Section[],
  defining: (section: Section) => boolean,
): string => {
  const tops = sections.filter((section) => section.level === 1);
  const title = tops.find((section) => !isGeneric(section.title));
  if (!title || title.role === 'boilerplate' || (tops.length > 1 && defining(title)))
    return specific(sections) ?? fromName(name);
  return title.title.replace(PREFIX, '').replace(SUFFIX, '').trim() || fromName(name);
};

/** `Software Requirements Specification` followed by `Revenue Management System`: the second is the name. */
const specific = (sections: readonly Section[]): string | undefined => {
  const [first, second] = sections;
  if (!first || !second || first.level !== 1 || !isGeneric(first.title)) return undefined;
  return second.fromLine - first.fromLine <= 2 && second.role !== 'boilerplate' ? second.title : undefined;
};
