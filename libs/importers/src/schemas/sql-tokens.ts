/** A piece of SQL that means something; comments and white space are gone. */
export interface SqlToken {
  /** `name` is a quoted identifier, without its quotes; `text` a string, likewise. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign';
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

/** A backslash keeps the next character in a text of MySQL, and in `E'…'`. */
const ESCAPED = String.raw`'[^'\\]*(?:(?:''|\\[\s\S])[^'\\]*)*'`;
/** Elsewhere it is a character like others; before a quote that a letter follows it can only mean the quote itself. */
const PLAIN = String.raw`'[^']*(?:(?:''|(?<=\\)'(?=[\p{L}\p{N}]))[^']*)*'`;

const pieces = (text: string): RegExp =>
  new RegExp(
    [
      String.raw`(?<blank>\s+|--[^\n]*|#(?<=^[ \t]*#)[^\n]*|/\*[\s\S]*?\*/)`,
      String.raw`(?<dollar>\$(?<tag>(?:[A-Za-z_]\w*)?)\$[\s\S]*?\$\k<tag>\$)`,
      `(?<text>[eE]${ESCAPED}|[nNbB]?${text})`,
      '(?<name>"(?:[^"]|"")*"|`[^`]*`|\\[[\\p{L}_][^\\]\\n]*\\])',
      String.raw`(?<number>\d+(?:\.\d+)?)`,
      String.raw`(?<word>[\p{L}_][\p{L}\p{N}_$]*)`,
      String.raw`(?<sign>::|[\s\S])`,
    ].join('|'),
    'gmuy',
  );

const OF_MYSQL = /`|\bauto_increment\b|\bengine\s*=/i;
const MYSQL_PIECE = pieces(ESCAPED);
const PLAIN_PIECE = pieces(PLAIN);

const unescaped = (literal: string, isMysql: boolean): string => {
  const text = literal.slice(literal.indexOf("'") + 1, -1).replaceAll("''", "'");
  return isMysql || /^e/i.test(literal) ? text.replace(/\\(['"\\])/g, '$1') : text.replaceAll("\\'", "'");
};

const unquoted = (name: string): string => name.slice(1, -1).replaceAll('""', '"');

const KINDS = ['word', 'name', 'text', 'number', 'sign'] as const;

interface Found {
  readonly groups: Readonly<Record<string, string | undefined>>;
  readonly line: number;
  readonly isMysql: boolean;
}

const tokenOf = ({ groups, line, isMysql }: Found): SqlToken | undefined => {
  const { dollar } = groups;
  if (dollar !== undefined) return { kind: 'text', text: dollar, line };
  const kind = KINDS.find((one) => groups[one] !== undefined);
  if (kind === undefined) return undefined;
  const raw = groups[kind] ?? '';
  return { kind, text: kind === 'text' ? unescaped(raw, isMysql) : kind === 'name' ? unquoted(raw) : raw, line };
};

const linesIn = (text: string): number => {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 1;
  return lines;
};

/** Every token of a script, whatever the dialect; what is no token of any is a sign. Never throws. */
export const sqlTokens = (sql: string): readonly SqlToken[] => {
  const tokens: SqlToken[] = [];
  const isMysql = OF_MYSQL.test(sql);
  let line = 1;
  for (const match of sql.matchAll(isMysql ? MYSQL_PIECE : PLAIN_PIECE)) {
    const token = tokenOf({ groups: match.groups ?? {}, line, isMysql });
    if (token) tokens.push(token);
    line += linesIn(match[0]);
  }
  return tokens;
};
