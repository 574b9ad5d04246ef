/** A fenced block of a Markdown document; `line` is where its first line of content stands, from 1. */
export interface FencedBlock {
  readonly language: string;
  readonly line: number;
  readonly text: string;
  readonly closed: boolean;
}

export interface Heading {
  readonly level: number;
  readonly title: string;
  readonly line: number;
  /** As a link to it is written: `#visão-geral` → `visão-geral`. */
  readonly anchor: string;
}

export interface MarkdownDocument {
  readonly headings: readonly Heading[];
  readonly blocks: readonly FencedBlock[];
  /** Lines outside fences, front matter and HTML comments, with their number; inline code is blanked out. */
  readonly prose: readonly { readonly line: number; readonly text: string }[];
}

const FENCE = /^ {0,3}(`{3,}|~{3,})\s*([^\s`]*)/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;

const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');

/** The same heading twice gets `-1`, `-2`, … as on the usual hosts. */
const withAnchors = (headings: readonly Omit<Heading, 'anchor'>[]): Heading[] => {
  const seen = new Map<string, number>();
  return headings.map((heading) => {
    const anchor = anchorOf(heading.title);
    const n = seen.get(anchor) ?? 0;
    seen.set(anchor, n + 1);
    return { ...heading, anchor: n === 0 ? anchor : `${anchor}-${n}` };
  });
};

const isClosing = (line: string, fence: string): boolean => {
  const mark = line.trim();
  return mark.length >= fence.length && mark === fence.charAt(0).repeat(mark.length);
};

const frontMatterEnd = (lines: readonly string[]): number => {
  if (lines[0] !== '---') return 0;
  const end = lines.indexOf('---', 1);
  return end === -1 ? 0 : end + 1;
};

const blanked = (line: string): string => line.replace(/(`+)[^`]*\1/g, (code) => ' '.repeat(code.length));

class Reader {
  readonly #lines: readonly string[];
  readonly #headings: Omit<Heading, 'anchor'>[] = [];
  readonly #blocks: FencedBlock[] = [];
  readonly #prose: { line: number; text: string }[] = [];
  #at: number;
  #inComment = false;

  constructor(text: string) {
    this.#lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
    this.#at = frontMatterEnd(this.#lines);
  }

  read(): MarkdownDocument {
    while (this.#at < this.#lines.length) this.#step(this.#lines[this.#at] ?? '');
    return { headings: withAnchors(this.#headings), blocks: this.#blocks, prose: this.#prose };
  }

  #step(line: string): void {
    const fence = this.#inComment ? null : FENCE.exec(line);
    if (fence) this.#fenced(fence[1] ?? '```', fence[2] ?? '');
    else this.#plain(this.#withoutComments(line));
  }

  #plain(text: string): void {
    this.#at += 1;
    const heading = HEADING.exec(text);
    if (heading) this.#headings.push({ level: heading[1]?.length ?? 1, title: heading[2] ?? '', line: this.#at });
    if (text.trim() !== '') this.#prose.push({ line: this.#at, text: blanked(text) });
  }

  #fenced(fence: string, language: string): void {
    const from = this.#at + 1;
    let end = from;
    while (end < this.#lines.length && !isClosing(this.#lines[end] ?? '', fence)) end += 1;
    const text = this.#lines.slice(from, end).join('\n');
    this.#blocks.push({ language: language.toLowerCase(), line: from + 1, text, closed: end < this.#lines.length });
    this.#at = end + 1;
  }

  #withoutComments(line: string): string {
    let rest = line;
    let kept = '';
    while (rest !== '') {
      const mark = this.#inComment ? '-->' : '<!--';
      const found = rest.indexOf(mark);
      if (!this.#inComment) kept += found === -1 ? rest : rest.slice(0, found);
      if (found === -1) break;
      this.#inComment = !this.#inComment;
      rest = rest.slice(found + mark.length);
    }
    return kept;
  }
}

/** Reads the structure of a Markdown document in one pass; never throws. */
export const readMarkdown = (text: string): MarkdownDocument => new Reader(text).read();
