import type { SqlToken } from './sql-tokens.js';

/** One statement's tokens, without its semicolon. */
export type Statement = readonly SqlToken[];

const isWord = (token: SqlToken | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toLowerCase());

const BODIED = ['trigger', 'procedure', 'function', 'event'];
const OTHERS = ['table', 'view', 'index', 'type'];
const isBodied = (tokens: readonly SqlToken[]): boolean =>
  isWord(tokens[0], 'create', 'alter') &&
  isWord(
    tokens.slice(1, 8).find((token) => isWord(token, ...BODIED, ...OTHERS)),
    ...BODIED,
  );

/** `BEGIN … END` of a trigger: its semicolons end no statement. */
class Splitter {
  readonly statements: Statement[] = [];
  private open: SqlToken[] = [];
  private depth = 0;

  take(token: SqlToken, previous: SqlToken | undefined): void {
    const ends = (token.kind === 'sign' && token.text === ';') || this.isBatchEnd(token, previous);
    if (ends && this.depth === 0) return this.close();
    this.open.push(token);
    if (isBodied(this.open)) this.nest(token);
  }
  close(): void {
    if (this.open.length > 0) this.statements.push(this.open);
    this.open = [];
    this.depth = 0;
  }
  private nest(token: SqlToken): void {
    if (isWord(token, 'begin', 'case')) this.depth += 1;
    if (isWord(token, 'end') && this.depth > 0) this.depth -= 1;
  }
  private isBatchEnd(token: SqlToken, previous: SqlToken | undefined): boolean {
    return isWord(token, 'go') && previous !== undefined && previous.line < token.line;
  }
}

export const statementsOf = (tokens: readonly SqlToken[]): readonly Statement[] => {
  const splitter = new Splitter();
  tokens.forEach((token, i) => {
    splitter.take(token, tokens[i - 1]);
  });
  splitter.close();
  return splitter.statements;
};

/** Walks over tokens; what it is asked for and does not find it leaves where it is. */
export class Cursor {
  private at = 0;
  constructor(private readonly tokens: readonly SqlToken[]) {}

  get done(): boolean {
    return this.at >= this.tokens.length;
  }
  get line(): number {
    return this.peek()?.line ?? this.tokens.at(-1)?.line ?? 1;
  }
  peek(ahead = 0): SqlToken | undefined {
    return this.tokens[this.at + ahead];
  }
  next(): SqlToken | undefined {
    const token = this.tokens[this.at];
    this.at += 1;
    return token;
  }
  /** Whether these words stand here, in any case. */
  sees(...words: readonly string[]): boolean {
    return words.every((word, i) => isWord(this.peek(i), word));
  }
  seesSign(sign: string): boolean {
    return this.peek()?.kind === 'sign' && this.peek()?.text === sign;
  }
  accept(...words: readonly string[]): boolean {
    if (!this.sees(...words)) return false;
    this.at += words.length;
    return true;
  }
  acceptSign(sign: string): boolean {
    if (!this.seesSign(sign)) return false;
    this.at += 1;
    return true;
  }
  /** An identifier, without its schema: `public.film` → `film`. */
  name(): string | undefined {
    const token = this.peek();
    if (token?.kind !== 'word' && token?.kind !== 'name') return undefined;
    this.at += 1;
    return this.seesSign('.') ? this.afterDot(token.text) : token.text;
  }
  private afterDot(schema: string): string {
    this.at += 1;
    return this.name() ?? schema;
  }
  /** Whether the parentheses that begin here end before the statement does. */
  closes(): boolean {
    let depth = 0;
    for (const token of this.tokens.slice(this.at)) {
      if (token.kind !== 'sign') continue;
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (depth === 0) return true;
    }
    return false;
  }
  /** The tokens inside the parentheses that begin here; undefined where none begin. */
  group(): readonly SqlToken[] | undefined {
    if (!this.acceptSign('(')) return undefined;
    const from = this.at;
    for (let depth = 1; !this.done;) {
      const token = this.next();
      if (token?.kind !== 'sign') continue;
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      if (depth === 0) return this.tokens.slice(from, this.at - 1);
    }
    return this.tokens.slice(from);
  }
  rest(): readonly SqlToken[] {
    const rest = this.tokens.slice(this.at);
    this.at = this.tokens.length;
    return rest;
  }
}

/** The parts of a list, told apart by the commas outside of parentheses. */
export const listed = (tokens: readonly SqlToken[]): readonly (readonly SqlToken[])[] => {
  const parts: SqlToken[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    const sign = token.kind === 'sign' ? token.text : '';
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    if (sign === ',' && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
};

/** The identifiers of a list of columns; `name(10)` and `name DESC` count as `name`. */
export const namesIn = (tokens: readonly SqlToken[]): readonly string[] =>
  listed(tokens).flatMap((part) => new Cursor(part).name() ?? []);
