import type { DocumentLine } from './document-lines.js';
import { leadingId } from './requirement-id.js';
import { roleOf, type SectionRole } from './sections.js';
import { plain } from './words.js';

const UNDERLINE = /^(?:={3,}|-{3,})$/;

const isAlone = (lines: readonly DocumentLine[], at: number): boolean => {
  const before = lines[at - 1];
  return before === undefined || before.kind === 'blank';
};

const hasUnderline = (lines: readonly DocumentLine[], at: number): boolean => {
  const below = lines[at + 1];
  return below?.kind === 'rule' && UNDERLINE.test(below.body) && isAlone(lines, at);
};

/** `Title` over `=====`: a paragraph of one line with a line of signs right below it. */
const withUnderlined = (lines: readonly DocumentLine[]): readonly DocumentLine[] =>
  lines.map((line, at) =>
    line.kind === 'text' && line.body.length <= LONGEST && hasUnderline(lines, at)
      ? { ...line, kind: 'heading', level: lines[at + 1]?.body.startsWith('=') ? 1 : 2 }
      : line,
  );

const LONGEST = 80;
const NUMBER = /^(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?[ \t]+(?=\p{L})/u;
const SENTENCE = /[.;!?,]$|:|\b(?:must|can|shall|should|will|deve(?:m|rá|rão)?|pode(?:m|rá)?)\b/iu;

interface Numbered {
  readonly numbers: readonly number[];
  readonly words: string;
}

const numberedOf = (line: DocumentLine): Numbered | undefined => {
  if ((line.kind !== 'text' && line.kind !== 'item') || line.indent > 3) return undefined;
  const text = plain(line.text);
  const match = NUMBER.exec(text);
  return match ? { numbers: (match[1] ?? '').split('.').map(Number), words: text.slice(match[0].length) } : undefined;
};

const isTitle = (words: string): boolean => words.length <= LONGEST && !SENTENCE.test(words) && !leadingId(words);

const USEFUL: ReadonlySet<SectionRole> = new Set(['features', 'non-functional', 'rules', 'stories', 'use-cases']);

const isUseful = (line: DocumentLine): boolean => line.kind === 'heading' && USEFUL.has(roleOf(line.body));

/** Chapters are counted through; a list that begins at 1 again below one of them stays a list. */
const isChapter = ({ numbers, words }: Numbered, last: number): boolean =>
  numbers.length > 1 || (numbers[0] ?? 0) > last || roleOf(words) !== 'other';

/** `3.1 Functional requirements` is a heading; `3.1.2 The system shall …` is an item of the list below it. */
const dressed = (line: DocumentLine, last: number): DocumentLine => {
  const numbered = numberedOf(line);
  if (!numbered) return line;
  const { numbers, words } = numbered;
  if (isTitle(words) && isChapter(numbered, last))
    return { ...line, kind: 'heading', level: Math.min(numbers.length + 1, 6), body: words };
  return numbers.length > 1 && line.kind === 'text' ? { ...line, kind: 'item', body: words, ordered: true } : line;
};

const withNumbered = (lines: readonly DocumentLine[]): readonly DocumentLine[] => {
  let last = 0;
  return lines.map((given) => {
    const line = dressed(given, last);
    if (line.kind === 'heading' && line.level === 2) last = numberedOf(given)?.numbers[0] ?? last;
    return line;
  });
};

/** The lines that stand over everything else: what the document calls itself. */
const withTitle = (lines: readonly DocumentLine[]): readonly DocumentLine[] => {
  const first = lines.findIndex((line) => line.kind === 'heading');
  const said = lines.slice(0, first).filter((line) => line.kind !== 'blank');
  const isName = said.length <= 2 && said.every((line) => line.kind === 'text' && isTitle(plain(line.body)));
  if (!isName) return lines;
  const names = new Set(said);
  return lines.map((line) => (names.has(line) ? { ...line, kind: 'heading', level: 1, body: plain(line.body) } : line));
};

/** `#RF`: a heading whose space was forgotten. */
const TIGHT = /^(#{1,6})(?=[\p{L}\d])([^#]{1,60})$/u;
const isTight = (line: DocumentLine): boolean => line.kind === 'text' && TIGHT.test(line.body);

const loosened = (line: DocumentLine): DocumentLine => {
  const [, marks = '', words = ''] = line.kind === 'text' ? (TIGHT.exec(line.body) ?? []) : [];
  return words === '' ? line : { ...line, kind: 'heading', level: marks.length, body: words.trim() };
};

/**
 * Headings of plain text and of what word processors export: underlined, or numbered where a document has none of Markdown's and the
 * numbers lead to a chapter of requirements. A document that has headings stays as it is.
 */
export const withPlainHeadings = (given: readonly DocumentLine[]): readonly DocumentLine[] => {
  const lines = given[0]?.kind === 'rule' ? given : withUnderlined(given);
  if (lines.some((line) => line.kind === 'heading')) return lines;
  if (lines.some((line) => isTight(line) && isAlone(lines, line.n - 1))) return lines.map(loosened);
  const numbered = withNumbered(lines);
  return numbered.some(isUseful) ? withTitle(numbered) : lines;
};
