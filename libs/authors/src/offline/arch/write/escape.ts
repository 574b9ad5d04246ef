/** A text as a PostgreSQL string literal. Control characters have no place in one. */
export const sqlText = (text: string): string => `'${oneLine(text).replaceAll("'", "''")}'`;

/** Without line breaks and control characters; one blank for each run. */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** A text behind `--`: nothing in it can end the comment. */
export const sqlComment = (text: string): string => `-- ${oneLine(text)}`;

/** A label in a Mermaid diagram: letters, digits and harmless punctuation only, so that no text can become syntax. */
export const mermaidText = (text: string, max = 80): string =>
  oneLine(text)
    .replace(/[^\p{L}\p{N} .,/()+=?!–—-]/gu, ' ')
    .replace(/--+/g, '–')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, max)
    .trim() || '?';

/** A text as one paragraph of Markdown: what would be markup is shown, not obeyed. */
export const markdownText = (text: string): string =>
  oneLine(text)
    .replace(/\\/g, '\\\\')
    .replace(/([`*_[\]<>|~])/g, '\\$1')
    .replace(/^([#+-]|\d+[.)])/, '\\$1');

/** A text in a cell of a Markdown table. */
export const cell = (text: string): string => markdownText(text) || '–';

/** Code in a line of Markdown, for names of our own making. */
export const code = (text: string): string => `\`${oneLine(text).replaceAll('`', "'")}\``;
