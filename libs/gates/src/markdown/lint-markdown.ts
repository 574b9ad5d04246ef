import { posix } from 'node:path';
import type { Finding } from '@squados/contracts';
import type { TextFile } from '../pool/job.js';
import { readMarkdown, type Heading, type MarkdownDocument } from './blocks.js';
import { WORD_RULES } from './wording.js';

/** A section that a document must have, by what its heading says, in either language. */
export interface SectionRule {
  /** For people: `Context / Contexto`. */
  readonly name: string;
  readonly heading: RegExp;
}

export interface MarkdownRules {
  readonly sections?: readonly SectionRule[];
  /** Paths (under `app-artefacts/`) that a link may lead to. Absent: links are not checked. */
  readonly known?: ReadonlySet<string>;
  /** Folders that others fill: a link into one is taken as good. */
  readonly foreign?: readonly string[];
  /** Text that the document quotes and did not write (criteria, titles): a line that holds one is not judged by its words. */
  readonly quoted?: readonly string[];
}

type Place = (line: number, rule: string, message: string) => Finding;

/** Emphasis, quotes and characters that nobody sees: a document is not asked to repeat a control sequence. */
const normalised = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[\s\p{Cc}\p{Cf}\p{Cs}*_`"'“”]+/gu, ' ')
    .trim();

const checkWords = (document: MarkdownDocument, quoted: readonly string[], place: Place): Finding[] => {
  const exempt = quoted.map(normalised).filter((text) => text.length > 3);
  return document.prose.flatMap(({ line, text }) => {
    if (/^\s*>/.test(text)) return [];
    const hits = WORD_RULES.flatMap((rule) => {
      const hit = rule.pattern.exec(text)?.[0].trim();
      return hit === undefined ? [] : [{ ...rule, hit }];
    });
    if (hits.length === 0 || exempt.some((quote) => normalised(text).includes(quote))) return [];
    return hits.map(({ rule, hit, remedy }) => place(line, rule, `"${hit}" leaves something open: ${remedy}`));
  });
};

/** The line behind a section: where the next heading of its level or above stands. */
const endOfSection = (document: MarkdownDocument, heading: Heading): number =>
  document.headings.find((other) => other.line > heading.line && other.level <= heading.level)?.line ?? Infinity;

const isEmpty = (document: MarkdownDocument, heading: Heading): boolean => {
  const end = endOfSection(document, heading);
  const titles = new Set(document.headings.map((h) => h.line));
  const inside = (line: number): boolean => line > heading.line && line < end;
  return (
    !document.prose.some(({ line }) => inside(line) && !titles.has(line)) &&
    !document.blocks.some(({ line }) => inside(line))
  );
};

/** A short section may be one line: `- Status: accepted`, `**Status:** accepted`. */
const labelsOf = (document: MarkdownDocument): string[] =>
  document.prose.flatMap(
    ({ text }) =>
      /^\s*(?:[-*+]\s+)?(?:\*\*|__)?([\p{L} ]{3,40}?)(?:\*\*|__)?\s*:(?:\*\*|__)?\s*\S/u.exec(text)?.[1] ?? [],
  );

const checkSections = (document: MarkdownDocument, sections: readonly SectionRule[], place: Place): Finding[] => {
  const titles = [...document.headings.map(({ title }) => title), ...labelsOf(document)];
  const missing = sections.filter(({ heading }) => !titles.some((title) => heading.test(title)));
  const empty = document.headings.filter((heading) => isEmpty(document, heading));
  return [
    ...(document.headings.length === 0 ? [place(1, 'no-heading', 'the document has no heading')] : []),
    ...missing.map(({ name }) => place(1, 'missing-section', `section "${name}" is missing`)),
    ...empty.map(({ title, line }) => place(line, 'empty-section', `section "${title}" is empty`)),
  ];
};

const LINK = /!?\[[^\]\n]{0,500}\]\(\s*<?([^)\s>]{1,500})>?(?:\s+["'(][^)\n]{0,300})?\)/g;
const DEFINITION = /^ {0,3}\[[^\]\n]{1,200}\]:\s*<?(\S{1,500}?)>?\s*$/;

const targetsIn = (text: string): string[] => {
  const defined = DEFINITION.exec(text)?.[1];
  return [...[...text.matchAll(LINK)].map((m) => m[1] ?? ''), ...(defined === undefined ? [] : [defined])];
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

interface Reach {
  readonly from: string;
  readonly known: ReadonlySet<string>;
  readonly foreign: readonly string[];
  readonly anchors: ReadonlySet<string>;
}

const leadsSomewhere = (resolved: string, { known, foreign }: Reach): boolean =>
  known.has(resolved) ||
  foreign.some((folder) => `${resolved}/`.startsWith(folder)) ||
  [...known].some((path) => path.startsWith(`${resolved}/`));

const resolvedFrom = (from: string, path: string): string =>
  posix.normalize(path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), path)).replace(/\/$/, '');

/** What is wrong with a link's target, if anything. */
const checkTarget = (target: string, reach: Reach): string | undefined => {
  if (/^(?:https?|mailto):/i.test(target)) return undefined;
  if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(target)) return `link "${target}" is neither a file nor a web address`;
  const [path = '', anchor = ''] = decoded(target).split('#', 2);
  if (path === '')
    return reach.anchors.has(anchor.toLowerCase()) ? undefined : `link "#${anchor}": no such heading in this document`;
  const resolved = resolvedFrom(reach.from, path);
  return leadsSomewhere(resolved, reach) ? undefined : `link "${target}" leads to ${resolved}, which does not exist`;
};

const checkLinks = (document: MarkdownDocument, reach: Reach, place: Place): Finding[] =>
  document.prose.flatMap(({ line, text }) =>
    targetsIn(text).flatMap((target) => {
      const words = checkTarget(target, reach);
      return words === undefined ? [] : [place(line, 'broken-link', words)];
    }),
  );

const linkFindings = (
  document: MarkdownDocument,
  from: string,
  { rules, place }: { rules: MarkdownRules; place: Place },
): Finding[] => {
  if (!rules.known) return [];
  const anchors = new Set(document.headings.map((h) => h.anchor));
  return checkLinks(document, { from, known: rules.known, foreign: rules.foreign ?? [], anchors }, place);
};

/** Holds one document to its rules: sections present and filled, nothing left open, links that lead somewhere, fences closed. */
export const lintMarkdown = (file: TextFile, rules: MarkdownRules): readonly Finding[] => {
  const document = readMarkdown(file.text);
  const place: Place = (line, rule, message) => ({ path: file.path, line, rule, severity: 'error', message });
  return [
    ...checkSections(document, rules.sections ?? [], place),
    ...checkWords(document, rules.quoted ?? [], place),
    ...linkFindings(document, file.path, { rules, place }),
    ...document.blocks
      .filter((b) => !b.closed)
      .map((b) => place(Math.max(1, b.line - 1), 'unclosed-block', 'the fenced block is never closed')),
  ];
};

const label = (criterion: string): string | undefined =>
  /^\s*\[?((?:CA|AC|RN|RF|FR|SC|US|UC|RNF|NFR)[-_ ]?\d+(?:\.\d+)*)\b/i.exec(criterion)?.[1];

/** Criteria that none of the documents mentions, by their text or by the label they begin with (`CA-01`). */
export const unmentionedCriteria = (files: readonly TextFile[], criteria: readonly string[]): readonly string[] => {
  const whole = normalised(
    files
      .map((f) => f.text)
      .join('\n')
      .replaceAll('\\', ''),
  );
  return criteria.filter((criterion) => {
    const text = normalised(criterion.replaceAll('\\', ''));
    const mark = label(criterion);
    return text !== '' && !whole.includes(text) && !(mark !== undefined && whole.includes(normalised(mark)));
  });
};
