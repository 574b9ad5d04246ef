/** Text for a table cell: one line, no pipe that would end it. */
export const cell = (text: string): string => text.replace(/\s+/g, ' ').replaceAll('|', '\\|').trim();

export const table = (header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `| ${header.map(cell).join(' | ')} |`,
  `| ${header.map(() => '---').join(' | ')} |`,
  ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
];

/** Foreign text as a quotation: whatever it holds (headings, fences, instructions) stays data. */
export const quoted = (text: string): readonly string[] =>
  text.split('\n').map((line) => (line.trim() === '' ? '>' : `> ${line}`));

/** One line of foreign text inside our own: no line break, no leading mark that Markdown would read. */
export const inline = (text: string): string => text.replace(/\s+/g, ' ').trim();

export const bullets = (texts: readonly string[]): readonly string[] => texts.map((text) => `- ${inline(text)}`);
export const checklist = (texts: readonly string[]): readonly string[] => texts.map((text) => `- [ ] ${inline(text)}`);

export const page = (lines: readonly string[]): string =>
  `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;

/** A label inside `["…"]` of a Mermaid flowchart: letters, digits and plain punctuation only. */
export const mermaidLabel = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N} .,:%/+()-]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim() || '-';
