import type { SqlToken } from './sql-tokens.js';

/** One statement's tokens, without its semicolon. */
export type Statement = readonly SqlToken[];

export const isWord = (token: SqlToken | undefined, ...words: readonly string[]): boolean =>
  token?.kind === 'word' && words.includes(token.text.toLowerCase());

const BODIED = ['trigger', 'procedure', 'function', 'event', 'package'];
const OTHERS = ['table', 'view', 'index', 'type'];
const isBodied = (tokens: readonly SqlToken[]): boolean =>
  isWord(tokens[0], 'create', 'alter') &&
  isWord(
    tokens.slice(1, 8).find((token) => isWord(token, ...BODIED, ...OTHERS)),
    ...BODIED,
  );

/** Words that begin a statement on a line of their own where no semicolon ends the one before (SQL Server). */
const STARTS: ReadonlyMap<string, readonly string[]> = new Map([
  ['create', ['table', 'type', 'view', 'index', 'unique', 'procedure', 'function', 'trigger', 'sequence']],
  ['alter', ['table']],
  ['insert', ['into']],
  ['comment', ['on']],
]);
const CONDITIONS = ['if', 'begin', 'else'];

const isSign = (token: SqlToken | undefined, sign: string): boolean => token?.kind === 'sign' && token.text === sign;

interface Beside {
  readonly before: SqlToken | undefined;
  readonly after: SqlToken | undefined;
}

const beginsLine = (token: SqlToken, { before }: Beside): boolean => before === undefined || before.line < token.line;
const isAlone = (token: SqlToken, beside: Beside): boolean =>
  beginsLine(token, beside) && (beside.after === undefined || beside.after.line > token.line);

/** `GO` (SQL Server) and `/` (Oracle) on a line of their own end whatever is open. */
const endsBatch = (token: SqlToken, beside: Beside): boolean =>
  (isWord(token, 'go') || isSign(token, '/')) && isAlone(token, beside);

const isStart = (token: SqlToken, { after }: Beside): boolean =>
  token.kind === 'word' && isWord(after, ...(STARTS.get(token.text.toLowerCase()) ?? []));

/** How far a word of a program leads into its blocks, or out of them. */
const stepOf = (token: SqlToken, { before, after }: Beside): number => {
  if (isWord(token, 'end')) return isWord(after, 'if', 'loop', 'while', 'repeat', 'for') ? 0 : -1;
  if (isWord(token, 'begin')) return isWord(after, 'tran', 'transaction', 'work') ? 0 : 1;
  return isWord(token, 'case') && !isWord(before, 'end') ? 1 : 0;
};

/** `BEGIN … END` of a trigger: its semicolons end no statement; those of a script with `GO` or `/` lines end none of its programs. */
class Splitter {
  readonly statements: Statement[] = [];
  private open: SqlToken[] = [];
  private depth = 0;
  private brackets = 0;

  constructor(private readonly batches: ReadonlySet<string>) {}

  take(token: SqlToken, beside: Beside): void {
    if (endsBatch(token, beside)) return this.close();
    if (isSign(token, ';') && this.isOver()) return this.close();
    if (this.beginsAnew(token, beside)) this.close();
    this.open.push(token);
    this.brackets = Math.max(0, this.brackets + (isSign(token, '(') ? 1 : isSign(token, ')') ? -1 : 0));
    if (isBodied(this.open)) this.depth = Math.max(0, this.depth + stepOf(token, beside));
  }
  close(): void {
    if (this.open.length > 0) this.statements.push(this.open);
    this.open = [];
    this.depth = 0;
    this.brackets = 0;
  }
  private isOver(): boolean {
    if (this.batches.has('/') && isWord(this.open[0], 'declare', 'begin')) return false;
    return this.batches.size > 0 ? !isBodied(this.open) : this.depth === 0;
  }
  private beginsAnew(token: SqlToken, beside: Beside): boolean {
    if (this.brackets > 0 || this.open.length === 0 || !isStart(token, beside)) return false;
    if (isBodied(this.open)) return this.batches.has('/') && beginsLine(token, beside);
    return beginsLine(token, beside) || isWord(this.open[0], ...CONDITIONS);
  }
}

export const statementsOf = (tokens: readonly SqlToken[]): readonly Statement[] => {
  const besideOf = (i: number): Beside => ({ before: tokens[i - 1], after: tokens[i + 1] });
  const ends = tokens.filter((token, i) => endsBatch(token, besideOf(i)));
  const splitter = new Splitter(new Set(ends.map(({ text }) => text.toLowerCase())));
  tokens.forEach((token, i) => {
    splitter.take(token, besideOf(i));
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
  /** The schema of the identifier that stands here: `public` of `public.film`. */
  qualifier(): string | undefined {
    let found: string | undefined;
    for (let i = 0; isSign(this.peek(i + 1), '.'); i += 2) found = this.peek(i)?.text;
    return found;
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
