/** A document with more lines than this was not written by people. */
export const MAX_LINES = 200_000;

/** Counts lines without splitting, so that a file of line feeds costs no memory. */
export const countLines = (text: string): number => {
  let count = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) count++;
  }
  return count;
};

/** One line of a document, classified once; everything after reads these. Lines count from 1. */
export interface DocumentLine {
  readonly n: number;
  readonly text: string;
  readonly kind: 'blank' | 'heading' | 'code' | 'fence' | 'table' | 'item' | 'text' | 'rule';
  /** Heading level 1–6. */
  readonly level?: number;
  /** Heading words, item text without its bullet, or the line trimmed. */
  readonly body: string;
  /** Columns before the first character that is no space; tabs count 4. */
  readonly indent: number;
  readonly ordered?: boolean;
  readonly checkbox?: boolean;
  /** Info word of the fence that a code line lies in (`gherkin`, `json`, …). */
  readonly info?: string;
}

const indentOf = (line: string): number => {
  let columns = 0;
  for (const char of line) {
    if (char === ' ') columns += 1;
    else if (char === '\t') columns += 4;
    else break;
  }
  return columns;
};

const headingOf = (trimmed: string): { level: number; body: string } | undefined => {
  const match = /^#{1,6}(?=[ \t]|$)/.exec(trimmed);
  if (!match) return undefined;
  let end = trimmed.length;
  while (end > match[0].length && trimmed[end - 1] === '#') end--;
  return { level: match[0].length, body: trimmed.slice(match[0].length, end).trim() };
};

const BULLET = /^(?:(?:[-*+•]|\d{1,4}[.)])[ \t\u00a0]+|<li>[ \t]*)/i;

const TAGS = ['<br>', '<br/>', '<br />', '</li>', '<ul>', '</ul>', '<ol>', '</ol>'];

/** A line without the tags that it ends with. */
const withoutTags = (text: string): string => {
  let bare = text;
  for (let i = 0; i < 4; i++) {
    const tag = TAGS.find((end) => bare.endsWith(end));
    if (tag === undefined) break;
    bare = bare.slice(0, -tag.length).trimEnd();
  }
  return bare;
};

const itemOf = (trimmed: string): { body: string; ordered: boolean; checkbox: boolean } | undefined => {
  const match = BULLET.exec(trimmed);
  if (!match) return undefined;
  const rest = trimmed.slice(match[0].length).trim();
  const box = /^\[[ xX]\][ \t]*/.exec(rest);
  return { body: box ? rest.slice(box[0].length) : rest, ordered: /^\d/.test(trimmed), checkbox: box !== null };
};

const isRule = (trimmed: string): boolean => /^(?:-{3,}|\*{3,}|_{3,}|={3,})$/.test(trimmed);

const classify = (text: string, n: number): DocumentLine => {
  const trimmed = withoutTags(text.trim());
  const indent = indentOf(text);
  const base = { n, text, indent, body: trimmed };
  if (trimmed === '') return { ...base, kind: 'blank' };
  const heading = indent < 4 ? headingOf(trimmed) : undefined;
  if (heading) return { ...base, kind: 'heading', ...heading };
  if (isRule(trimmed)) return { ...base, kind: 'rule' };
  if (trimmed.startsWith('|')) return { ...base, kind: 'table' };
  const item = itemOf(trimmed);
  return item ? { ...base, kind: 'item', ...item } : { ...base, kind: 'text' };
};

interface Fence {
  readonly mark: string;
  readonly info: string;
}

const fenceOf = (line: string): Fence | undefined => {
  const match = /^(`{3,}|~{3,})/.exec(line.trim());
  if (!match) return undefined;
  const mark = match[0];
  return { mark, info: line.trim().slice(mark.length).trim().split(/\s/)[0]?.toLowerCase() ?? '' };
};

const closes = (line: string, open: Fence): boolean => {
  const fence = fenceOf(line);
  return (
    fence !== undefined && fence.info === '' && fence.mark[0] === open.mark[0] && fence.mark.length >= open.mark.length
  );
};

/** Splits a text in lines (LF, CRLF, CR) and classifies each; what lies in a code fence is code, whatever it looks like. */
export const documentLines = (text: string): readonly DocumentLine[] => {
  const lines: DocumentLine[] = [];
  let open: Fence | undefined;
  for (const [index, raw] of text.split(/\r\n|\n|\r/).entries()) {
    const n = index + 1;
    const base = { n, text: raw, body: raw.trim(), indent: indentOf(raw) };
    if (open) {
      lines.push({ ...base, kind: closes(raw, open) ? 'fence' : 'code', info: open.info });
      if (closes(raw, open)) open = undefined;
      continue;
    }
    open = fenceOf(raw);
    lines.push(open ? { ...base, kind: 'fence', info: open.info } : classify(raw, n));
  }
  return lines;
};

/** First line of a git conflict (`<<<<<<<` … `=======` … `>>>>>>>`) outside code. */
export const conflictLine = (lines: readonly DocumentLine[]): number | undefined => {
  const texts = lines.filter((line) => line.kind !== 'code');
  const end = texts.findLastIndex((line) => line.text.startsWith('>>>>>>> '));
  const middle = texts.slice(0, Math.max(0, end)).findLastIndex((line) => /^={7}\s*$/.test(line.text));
  return texts.slice(0, Math.max(0, middle)).find((line) => line.text.startsWith('<<<<<<< '))?.n;
};

/** A task of a work plan: `- [ ] T001 [P] [US1] …`, bold or not. */
const TASK = /^\*{0,2}T\d{2,4}\b/;

/** How many tasks it lists: a plan of work (spec-kit's tasks.md) says what to type, not what the product must do. */
export const countTasks = (lines: readonly DocumentLine[]): number =>
  lines.filter(({ checkbox, body }) => checkbox && TASK.test(body)).length;
