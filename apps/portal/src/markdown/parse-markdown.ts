/** Markdown as a tree of plain values: React puts it on the page as text, so nothing in it is ever markup of ours. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string }
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'rule' };

export interface ListItem {
  readonly depth: number;
  readonly text: string;
  /** Of a task list. */
  readonly checked?: boolean;
}

interface Reading {
  readonly lines: readonly string[];
  at: number;
}

type Reader = (reading: Reading, line: string) => Block | undefined;

const FENCE = /^\s{0,3}(```+|~~~+)\s*([\w.+-]*)/;
const HEADING = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/;
const RULE = /^\s{0,3}([-*_])(\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^\s{0,3}>\s?(.*)$/;
const DIVIDER = /^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$/;

/** Reads the blocks that our authors write; anything else stays a paragraph. Linear in the text's length. */
export const parseMarkdown = (text: string): readonly Block[] => {
  const reading: Reading = { lines: text.split(/\r?\n/), at: 0 };
  const blocks: Block[] = [];
  while (reading.at < reading.lines.length) {
    const line = reading.lines[reading.at] ?? '';
    if (line.trim() === '') reading.at++;
    else blocks.push(blockAt(reading, line));
  }
  return blocks;
};

const blockAt = (reading: Reading, line: string): Block => {
  for (const read of READERS) {
    const block = read(reading, line);
    if (block) return block;
  }
  return paragraph(reading);
};

const fenced: Reader = (reading, line) => {
  const [, fence, language = ''] = FENCE.exec(line) ?? [];
  if (fence === undefined) return undefined;
  reading.at++;
  const text = takeWhile(reading, (next) => !next.trimStart().startsWith(fence));
  reading.at++;
  return { kind: 'code', language, text: text.join('\n') };
};

const heading: Reader = (reading, line) => {
  const [, marks, text = ''] = HEADING.exec(line) ?? [];
  if (marks === undefined) return undefined;
  reading.at++;
  return { kind: 'heading', level: marks.length, text };
};

const rule: Reader = (reading, line) => {
  if (!RULE.test(line)) return undefined;
  reading.at++;
  return { kind: 'rule' };
};

const quote: Reader = (reading, line) => {
  if (!QUOTE.test(line)) return undefined;
  const lines = takeWhile(reading, (next) => QUOTE.test(next));
  return { kind: 'quote', text: lines.map((next) => QUOTE.exec(next)?.[1] ?? '').join('\n') };
};

const list: Reader = (reading, line) => {
  const [, , mark] = ITEM.exec(line) ?? [];
  if (mark === undefined) return undefined;
  const lines = takeWhile(reading, (next) => next.trim() !== '' && (ITEM.test(next) || /^\s/.test(next)));
  return { kind: 'list', ordered: /\d/.test(mark), items: itemsOf(lines) };
};

const itemsOf = (lines: readonly string[]): readonly ListItem[] => {
  const items: ListItem[] = [];
  for (const line of lines) {
    const [, indent = '', , text = ''] = ITEM.exec(line) ?? [];
    const last = items.at(-1);
    if (ITEM.test(line)) items.push(itemOf(Math.floor(indent.length / 2), text));
    else if (last) items[items.length - 1] = { ...last, text: `${last.text} ${line.trim()}` };
  }
  return items;
};

const itemOf = (depth: number, text: string): ListItem => {
  const [, mark, rest = ''] = /^\[([ xX])\]\s+(.*)$/.exec(text) ?? [];
  return mark === undefined ? { depth, text } : { depth, text: rest, checked: mark !== ' ' };
};

const table: Reader = (reading, line) => {
  if (!line.includes('|') || !DIVIDER.test(reading.lines[reading.at + 1] ?? '')) return undefined;
  const rows = takeWhile(reading, (next) => next.includes('|')).map(cellsOf);
  return { kind: 'table', head: rows[0] ?? [], rows: rows.slice(2) };
};

const cellsOf = (line: string): readonly string[] =>
  line
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));

const READERS: readonly Reader[] = [fenced, heading, rule, quote, list, table];

const paragraph = (reading: Reading): Block => {
  const first = reading.lines[reading.at++] ?? '';
  const more = takeWhile(reading, (line) => line.trim() !== '' && !startsBlock(line));
  return { kind: 'paragraph', text: [first, ...more].join('\n') };
};

const startsBlock = (line: string): boolean =>
  [FENCE, HEADING, RULE, QUOTE].some((start) => start.test(line)) || ITEM.test(line);

const takeWhile = (reading: Reading, isMore: (line: string) => boolean): readonly string[] => {
  const from = reading.at;
  while (reading.at < reading.lines.length && isMore(reading.lines[reading.at] ?? '')) reading.at++;
  return reading.lines.slice(from, reading.at);
};
