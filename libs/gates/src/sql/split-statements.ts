/** One statement of a script: its text and the line (from 1) on which its first word stands. */
export interface Statement {
  readonly sql: string;
  readonly line: number;
}

interface Cursor {
  readonly text: string;
  at: number;
}

const endOf = (text: string, from: number, mark: string): number => {
  const found = text.indexOf(mark, from);
  return found === -1 ? text.length : found + mark.length;
};

const skipBlockComment = (text: string, from: number): number => {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from;
  let depth = 0;
  for (let hit = edge.exec(text); hit !== null; hit = edge.exec(text)) {
    depth += hit[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return text.length;
};

/** A string in quotes; the quote doubled is part of it, and in an E'' string a backslash takes the next character along. */
const skipQuoted = (text: string, from: number, escapes: boolean): number => {
  const quote = text.charAt(from);
  for (let i = from + 1; i < text.length; i += 1) {
    const c = text.charAt(i);
    if (escapes && c === '\\') i += 1;
    else if (c === quote && text.charAt(i + 1) === quote) i += 1;
    else if (c === quote) return i + 1;
  }
  return text.length;
};

const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;
const WORD = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y;
const SPACE = /\s+/y;

const matchAt = (pattern: RegExp, cursor: Cursor): string | undefined => {
  pattern.lastIndex = cursor.at;
  return pattern.exec(cursor.text)?.[0];
};

interface Token {
  readonly end: number;
  /** Upper case, if the token is a word. */
  readonly word?: string;
  /** White space or a comment. */
  readonly blank?: boolean;
}

const blankToken = (cursor: Cursor): Token | undefined => {
  const { text, at } = cursor;
  const space = matchAt(SPACE, cursor);
  if (space !== undefined) return { end: at + space.length, blank: true };
  if (text.startsWith('--', at)) return { end: endOf(text, at, '\n'), blank: true };
  return text.startsWith('/*', at) ? { end: skipBlockComment(text, at), blank: true } : undefined;
};

const quotedToken = (cursor: Cursor): Token | undefined => {
  const { text, at } = cursor;
  const c = text.charAt(at);
  if (c === "'" || c === '"') return { end: skipQuoted(text, at, false) };
  if (/[eE]/.test(c) && text.charAt(at + 1) === "'") return { end: skipQuoted(text, at + 1, true) };
  const dollar = c === '$' ? matchAt(DOLLAR, cursor) : undefined;
  return dollar === undefined ? undefined : { end: endOf(text, at + dollar.length, dollar) };
};

const nextToken = (cursor: Cursor): Token => {
  const special = blankToken(cursor) ?? quotedToken(cursor);
  if (special) return special;
  const word = matchAt(WORD, cursor);
  return word === undefined ? { end: cursor.at + 1 } : { end: cursor.at + word.length, word: word.toUpperCase() };
};

/** psql's rule: inside CREATE FUNCTION or PROCEDURE a body `BEGIN ATOMIC … END` holds semicolons of its own. */
const bodyDepth = (head: readonly string[], word: string, depth: number): number => {
  const creates = head[0] === 'CREATE' && (head.includes('FUNCTION') || head.includes('PROCEDURE'));
  if (!creates) return 0;
  if (word === 'BEGIN' || (word === 'CASE' && depth > 0)) return depth + 1;
  return word === 'END' ? Math.max(0, depth - 1) : depth;
};

class Splitter {
  readonly #statements: Statement[] = [];
  readonly #cursor: Cursor;
  #start: number | undefined;
  #head: string[] = [];
  #depth = 0;
  #line = 1;
  #counted = 0;

  constructor(text: string) {
    this.#cursor = { text, at: 0 };
  }

  all(): Statement[] {
    const cursor = this.#cursor;
    while (cursor.at < cursor.text.length) this.#step();
    this.#close(cursor.text.length);
    return this.#statements;
  }

  #step(): void {
    const cursor = this.#cursor;
    const { end, word, blank } = nextToken(cursor);
    const isEnd = cursor.text.charAt(cursor.at) === ';' && this.#depth === 0;
    if (isEnd) this.#close(cursor.at);
    else if (blank !== true) this.#take(word);
    cursor.at = end;
  }

  #take(word: string | undefined): void {
    this.#start ??= this.#cursor.at;
    if (word === undefined) return;
    if (this.#head.length < 4) this.#head.push(word);
    this.#depth = bodyDepth(this.#head, word, this.#depth);
  }

  #close(end: number): void {
    if (this.#start !== undefined) {
      this.#statements.push({
        sql: this.#cursor.text.slice(this.#start, end).trimEnd(),
        line: this.#lineAt(this.#start),
      });
    }
    this.#start = undefined;
    this.#head = [];
    this.#depth = 0;
  }

  #lineAt(offset: number): number {
    const { text } = this.#cursor;
    for (let i = text.indexOf('\n', this.#counted); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) {
      this.#line += 1;
      this.#counted = i + 1;
    }
    return this.#line;
  }
}

/** Splits a PostgreSQL script at its semicolons, by PostgreSQL's rules for strings, dollar quotes, comments and atomic bodies. */
export const splitStatements = (script: string): readonly Statement[] =>
  new Splitter(script.replace(/^\uFEFF/, '')).all();

/** The line within a statement at a position that PostgreSQL reports (characters from 1), added to the statement's own line. */
export const lineAt = (statement: Statement, position: number | undefined): number => {
  if (position === undefined) return statement.line;
  const before = [...statement.sql].slice(0, Math.max(0, position - 1)).join('');
  return statement.line + before.split('\n').length - 1;
};
