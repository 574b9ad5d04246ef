import type { Json } from '../shared/service-plan.js';

/** What `ruff format` takes as the longest line; written so, nothing is left for it to change. */
export const LINE = 120;
const INDENT = '    ';

/** Lines as a file's text. Empty strings are blank lines. */
export const file = (lines: readonly string[]): string => `${lines.join('\n')}\n`;

export const indented = (lines: readonly string[]): readonly string[] =>
  lines.map((line) => (line === '' ? '' : `${INDENT}${line}`));

/** Control characters, halves of characters, and what turns a line around or ends one. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\u00a0]/gu;
const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
const hiddenEscape = (char: string): string =>
  Array.from({ length: char.length }, (_, i) => escaped(char[i] ?? '')).join('');

/** An outside text as a Python string literal, in the quotes that need fewer escapes: nothing in it can end the literal. */
export const pyString = (text: string): string => {
  const wellFormed = text.replace(/\p{Cs}/gu, '\ufffd');
  const [double, single] = [wellFormed.split('"').length, wellFormed.split("'").length];
  const quote = double > single ? "'" : '"';
  const body = wellFormed
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll('\n', '\\n')
    .replaceAll('\t', '\\t')
    .replaceAll('\r', '\\r')
    .replace(HIDDEN, (char) => ((char.codePointAt(0) ?? 0) > 0xffff ? wide(char) : hiddenEscape(char)));
  return `${quote}${body}${quote}`;
};
const wide = (char: string): string => `\\U${(char.codePointAt(0) ?? 0).toString(16).padStart(8, '0')}`;

/** A value of JSON as a Python literal on one line. */
export const pyValue = (value: Json): string => {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return pyNumber(value);
  if (typeof value === 'string') return pyString(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(pyValue).join(', ')}]`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${pyString(key)}: ${pyValue(item)}`)
    .join(', ')}}`;
};

export const pyNumber = (value: number): string => String(value).replace('e+', 'e');

/** An outside text in a docstring or a comment: one line, no quotes, no backslashes. */
export const docText = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\s]+/gu, ' ')
    .replace(/["\\]/g, "'")
    .trim() || '…';

/** `head + items + tail` on one line if it fits behind `indent` blanks, else an item per line with a comma behind each. */
export const fitted = (
  head: string,
  items: readonly string[],
  end: string | readonly [tail: string, indent: number],
): readonly string[] => {
  const [tail, indent] = typeof end === 'string' ? [end, 0] : end;
  const line = `${head}${items.join(', ')}${tail}`;
  if (line.length + indent <= LINE) return [line];
  const comma = items.length === 1 && head.endsWith('[') ? '' : ',';
  return [head, ...items.map((item) => `${INDENT}${item}${comma}`), tail];
};

/** Names of one module in an import, as sorted by `ruff` (constants, classes, the rest). */
export const importFrom = (module: string, names: readonly string[]): readonly string[] => {
  const sorted = [...new Set(names)].sort((a, b) => rank(a) - rank(b) || natural(a, b));
  const line = `from ${module} import ${sorted.join(', ')}`;
  if (line.length <= LINE) return [line];
  return [`from ${module} import (`, ...sorted.map((name) => `${INDENT}${name},`), ')'];
};

const rank = (name: string): number => {
  if (name.length > 1 && name === name.toUpperCase() && /[A-Z]/.test(name)) return 0;
  return /^[A-Z]/.test(name) ? 1 : 2;
};

/** Natural order without capitals, then with them. */
export const natural = (a: string, b: string): number =>
  compareText(naturalKey(a.toLowerCase()), naturalKey(b.toLowerCase())) || compareText(a, b);
const naturalKey = (name: string): string => name.replace(/\d+/g, (digits) => digits.padStart(12, '0'));
const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
