/** Characters that could be read as something else than they are: controls, formats (bidirectional marks too), surrogates, separators. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029\ufeff]/u;

const escaped = (char: string): string => {
  const code = char.codePointAt(0) ?? 0;
  if (code >= 0xd800 && code <= 0xdfff) return '\\ufffd';
  return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
};

const NAMED: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Any text as an interpreted string literal of Go: what can't be seen is written as an escape, a lone surrogate as U+FFFD. */
export const goString = (text: string): string =>
  `"${[...text].map((c) => NAMED[c] ?? (UNSEEN.test(c) ? escaped(c) : c)).join('')}"`;

/** Outside text as part of a line comment: one line, nothing unseen. */
export const inComment = (text: string): string =>
  [...text]
    .map((c) => (UNSEEN.test(c) ? ' ' : c))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

/** A raw string literal; the text must hold no backtick (identifiers and SQL of ours do not). */
export const rawString = (text: string): string => `\`${text}\``;

/** A struct tag: `json:"due_date"`. */
export const jsonTag = (name: string): string => rawString(`json:"${name}"`);

const block = (value: string | readonly string[], indent: string): string =>
  (typeof value === 'string' ? value.split('\n') : value.flatMap((v) => v.split('\n')))
    .map((line, i) => (i === 0 || line === '' ? line : indent + line))
    .join('\n');

/**
 * Go source as a template: backslashes stay as written, and a value of several lines (or a list of lines) keeps the indent of the
 * line that it stands in. A line that holds nothing but an empty list goes.
 */
export const go = (parts: TemplateStringsArray, ...values: readonly (string | readonly string[])[]): string => {
  let out = '';
  parts.raw.map(unescaped).forEach((part, i) => {
    const text = i > 0 && isEmptyLine(out, values[i - 1], part) ? part.slice(1) : part;
    out = (text === part ? out : out.slice(0, out.lastIndexOf('\n') + 1)) + text;
    const value = values[i];
    if (value === undefined) return;
    const indent = /(?:^|\n)([\t ]*)[^\n]*$/.exec(out)?.[1] ?? '';
    out += block(value, indent);
  });
  return `${out.replace(/^\n/, '').trimEnd()}\n`;
};

/** A backtick can't stand in a template as it is; Go knows no such escape, so it is free for that. */
const unescaped = (part: string): string => part.replaceAll('\\`', '`');

const isEmptyLine = (before: string, value: string | readonly string[] | undefined, after: string): boolean =>
  typeof value === 'object' && value.length === 0 && after.startsWith('\n') && /(?:^|\n)[\t ]*$/.test(before);

/** Columns as gofmt aligns them: every cell but the last padded to the widest of its column. */
export const aligned = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths: number[] = [];
  for (const row of rows)
    row.slice(0, -1).forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, [...cell].length);
    });
  return rows.map((row) => row.map((cell, i) => (i === row.length - 1 ? cell : cell.padEnd(widths[i] ?? 0))).join(' '));
};

/** The members of a composite literal, one per line: `Name: value,`, values in one column. */
export const members = (pairs: readonly (readonly [key: string, value: string])[]): readonly string[] => {
  const runs: (readonly [string, string])[][] = [];
  let open = false;
  for (const pair of pairs) {
    const isOneLine = !pair[1].includes('\n');
    if (!open || !isOneLine) runs.push([]);
    runs.at(-1)?.push(pair);
    open = isOneLine;
  }
  return runs.flatMap((run) => aligned(run.map(([key, value]) => [`${key}:`, `${value},`])));
};

/** An import block: the standard library first, then what comes from outside, then the module's own. */
export const imports = (paths: Iterable<string>, module: string): string => {
  const all = [...new Set(paths)].sort();
  const own = all.filter((p) => p.startsWith(`${module}/`));
  const standard = all.filter((p) => !own.includes(p) && !(p.split('/')[0] ?? '').includes('.'));
  const others = all.filter((p) => !own.includes(p) && !standard.includes(p));
  const groups = [standard, others, own].filter((g) => g.length > 0);
  if (all.length === 1) return `import "${all[0] ?? ''}"`;
  return `import (\n${groups.map((g) => g.map((p) => `\t"${p}"`).join('\n')).join('\n\n')}\n)`;
};
