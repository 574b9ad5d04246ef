import { textAt } from './text-at.js';
/** A piece of a requirement's Markdown. `line` counts from 1 in the requirement's own text. */
export type Block =
  | { readonly kind: 'label'; readonly text: string; readonly rest: string; readonly line: number }
  | {
      readonly kind: 'item';
      readonly text: string;
      readonly raw: string;
      readonly indent: number;
      readonly ordered: boolean;
      readonly section: string;
      readonly line: number;
    }
  | { readonly kind: 'paragraph'; readonly text: string; readonly section: string; readonly line: number }
  | {
      readonly kind: 'table';
      readonly header: readonly string[];
      readonly rows: readonly (readonly string[])[];
      readonly section: string;
      readonly line: number;
    }
  | {
      readonly kind: 'code';
      readonly language: string;
      readonly body: string;
      readonly section: string;
      readonly line: number;
    };

export type BlockOf<K extends Block['kind']> = Extract<Block, { readonly kind: K }>;

/** Text without Markdown's marks: bold, code, links, HTML tags and breaks. */
export const plain = (text: string): string =>
  text
    .replace(/<br\s*\/?>/gi, '; ')
    .replace(/<[^<>]{0,80}>/g, ' ')
    .replace(/\[([^\][]*)\]\([^()]*\)/g, '$1')
    .replace(/\*\*|__|`|✅|❌/g, '')
    .replace(/(^|\s)[*_](\S[^*_]*\S|\S)[*_](?=\s|$|[.,;:!?])/g, '$1$2')
    .replace(/\s+/g, ' ')
    .trim();

const FENCE = /^\s*(```|~~~)\s*([\w+-]*)/;
const ITEM = /^(\s*)(?:[-*+•]|(\d{1,3}[.)]))\s+(?:\[[ xX]\]\s+)?(.*)$/;
const HEADING = /^\s*#{1,6}\s+(.*?)\s*#*\s*$/;
/** `**Funcionalidades**:` or `Fields of the book:`; the rest of the line is its text. */
const LABEL = /^\s*(?:\*\*([^*\n]{1,80}?):?\*\*\s*:?|(\p{Lu}[^:.\n|]{0,60}):)(?:\s+(.*))?$/u;
const ROW = /^\s*\|.*\|\s*$/;

const cells = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((c) => plain(c.replaceAll('\\|', '|')));

class BlockReader {
  private readonly blocks: Block[] = [];
  private section = '';
  private at = 0;

  constructor(private readonly lines: readonly string[]) {}

  read(): readonly Block[] {
    while (this.at < this.lines.length) this.step(textAt(this.lines, this.at));
    return this.blocks;
  }

  private step(line: string): void {
    if (line.trim() === '') this.at++;
    else if (FENCE.test(line)) this.code(line);
    else if (ROW.test(line)) this.table();
    else if (HEADING.test(line)) this.label(plain(HEADING.exec(line)?.[1] ?? ''), '');
    else if (ITEM.test(line)) this.item(line);
    else this.labelOrParagraph(line);
  }

  private code(line: string): void {
    const start = this.at;
    const [, fence = '```', language = ''] = FENCE.exec(line) ?? [];
    this.at++;
    while (this.at < this.lines.length && !textAt(this.lines, this.at).trim().startsWith(fence)) this.at++;
    const body = this.lines.slice(start + 1, this.at).join('\n');
    this.blocks.push({ kind: 'code', language: language.toLowerCase(), body, section: this.section, line: start + 1 });
    this.at++;
  }

  private table(): void {
    const start = this.at;
    while (this.at < this.lines.length && ROW.test(textAt(this.lines, this.at))) this.at++;
    const rows = this.lines.slice(start, this.at).map(cells);
    const body = rows.slice(1).filter((r) => !r.every((c) => /^:?-*:?$/.test(c)));
    this.blocks.push({ kind: 'table', header: rows[0] ?? [], rows: body, section: this.section, line: start + 1 });
  }

  private label(text: string, rest: string): void {
    this.section = text.replace(/:$/, '');
    this.blocks.push({ kind: 'label', text: this.section, rest: plain(rest), line: this.at + 1 });
    if (rest.trim() !== '') this.section = '';
    this.at++;
  }

  private item(line: string): void {
    const start = this.at;
    const [, indent = '', number, first = ''] = ITEM.exec(line) ?? [];
    const raw = [first, ...this.continuation()].join(' ');
    this.blocks.push({
      kind: 'item',
      text: plain(raw),
      raw,
      indent: indent.length,
      ordered: number !== undefined,
      section: this.section,
      line: start + 1,
    });
  }

  /** Soft-wrapped lines that belong to what the line before began; moves past them. */
  private continuation(): readonly string[] {
    const more: string[] = [];
    for (this.at++; this.at < this.lines.length; this.at++) {
      const next = textAt(this.lines, this.at);
      if (
        next.trim() === '' ||
        [FENCE, ROW, HEADING, ITEM].some((p) => p.test(next)) ||
        /^\s*\*\*[^*]+\*\*\s*:?/.test(next)
      )
        break;
      if (LABEL.test(next) && !/^\s{2,}/.test(next)) break;
      more.push(next.trim());
    }
    return more;
  }

  private labelOrParagraph(line: string): void {
    const label = LABEL.exec(line);
    if (label) return this.label(plain(label[1] ?? textAt(label, 2)), textAt(label, 3));
    const start = this.at;
    const text = plain([line.trim(), ...this.continuation()].join(' '));
    this.blocks.push({ kind: 'paragraph', text, section: this.section, line: start + 1 });
  }
}

/** Takes Markdown apart into labels, list items, paragraphs, tables and code, each with the label it stands under. */
export const blocksOf = (text: string): readonly Block[] =>
  new BlockReader(text.replace(/\r\n?/g, '\n').split('\n')).read();
