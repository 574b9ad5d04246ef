const SINGLE = /[\\'\p{Cc}\u2028\u2029\p{Surrogate}]/gu;
const DOUBLE = /[\\"\p{Cc}\u2028\u2029\p{Surrogate}]/gu;

const escaped = (char: string): string => {
  if (char === '\n') return '\\n';
  if (/[\\'"]/.test(char)) return `\\${char}`;
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
};

const count = (text: string, char: string): number => text.split(char).length - 1;

/** Any text as a string literal of TypeScript, in the quotes that need fewer escapes (single, when both need as many). */
export const quoted = (text: string): string =>
  count(text, "'") > count(text, '"') ? `"${text.replace(DOUBLE, escaped)}"` : `'${text.replace(SINGLE, escaped)}'`;

/** A name as a key of an object literal; `__proto__` would set what the object inherits. */
export const keyed = (name: string): string => {
  if (name === '__proto__') return `[${quoted(name)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
};

const MAX_COMMENT = 90;

/** Outside text for the middle of a comment: one line that can neither end the comment nor begin a tag of its own. */
export const commented = (text: string): string =>
  text
    .replace(/[\s\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replace(/[*/@{}`\\<>]/g, ' ')
    .replace(/ +/g, ' ')
    .trim()
    .slice(0, MAX_COMMENT);

const HTML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Outside text for HTML, also inside attributes. */
export const htmlText = (text: string): string => oneLine(text).replace(/[&<>"']/g, (char) => HTML[char] ?? '');

/** One line, without characters that control or turn around what stands beside them. */
export const oneLine = (text: string): string =>
  text.replace(/[\s\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]+/gu, ' ').trim();

/** Outside text in Markdown: shown as it is, never taken for markup. */
export const markdownText = (text: string): string =>
  oneLine(text).replace(/[\\`*_{}[\]()#+!|<>~&:.-]/g, (char) => (/[-.:()+!]/.test(char) ? char : `\\${char}`));
