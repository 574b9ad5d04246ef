/** A piece of SQL that means something; comments and white space are gone. */
export interface SqlToken {
  /** `name` is a quoted identifier, without its quotes; `text` a string, likewise. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const PIECE = new RegExp(
  [
    String.raw`(?<blank>\s+|--[^\n]*|#(?<=^[ \t]*#)[^\n]*|/\*[\s\S]*?\*/)`,
    String.raw`(?<dollar>\$(?<tag>[A-Za-z_]*)\$[\s\S]*?\$\k<tag>\$)`,
    String.raw`(?<text>[eEnN]?'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*')`,
    '(?<name>"(?:[^"]|"")*"|`[^`]*`|\\[[A-Za-z_][^\\]\\n]*\\])',
    String.raw`(?<number>\d+(?:\.\d+)?)`,
    String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
    String.raw`(?<sign>::|[\s\S])`,
  ].join('|'),
  'gmuy',
);

const unescaped = (literal: string): string =>
  literal
    .slice(literal.indexOf("'") + 1, -1)
    .replaceAll("''", "'")
    .replace(/\\(['"\\])/g, '$1');

const unquoted = (name: string): string => name.slice(1, -1).replaceAll('""', '"');

const KINDS = ['word', 'name', 'text', 'number', 'sign'] as const;

const tokenOf = (groups: Readonly<Record<string, string | undefined>>, line: number): SqlToken | undefined => {
  const { dollar } = groups;
  if (dollar !== undefined) return { kind: 'text', text: dollar, line };
  const kind = KINDS.find((one) => groups[one] !== undefined);
  if (kind === undefined) return undefined;
  const raw = groups[kind] ?? '';
  return { kind, text: kind === 'text' ? unescaped(raw) : kind === 'name' ? unquoted(raw) : raw, line };
};

const linesIn = (text: string): number => {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
};

/** Every token of a script, whatever the dialect; what is no token of any is a sign. Never throws. */
export const sqlTokens = (sql: string): readonly SqlToken[] => {
  const tokens: SqlToken[] = [];
  let line = 1;
  for (const match of sql.matchAll(PIECE)) {
    const token = tokenOf(match.groups ?? {}, line);
    if (token) tokens.push(token);
    line += linesIn(match[0]);
  }
  return tokens;
};
