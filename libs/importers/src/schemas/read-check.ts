import type { SqlToken } from './sql-tokens.js';
import { Cursor } from './statements.js';

/** What a check says of one column, where it says nothing else. */
export interface ColumnCheck {
  readonly column: string;
  readonly values?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  /** The bounds themselves do not belong to it: above 0, below 10. */
  readonly isStrict?: true;
  readonly isNotNull?: true;
}

/** Casts and parentheses change nothing of what a plain check says: `((kind)::text = ANY ((ARRAY['a'::text])))`. */
const bare = (tokens: readonly SqlToken[]): readonly SqlToken[] => {
  const kept: SqlToken[] = [];
  const cursor = new Cursor(tokens);
  while (!cursor.done) {
    if (cursor.acceptSign('::')) skipType(cursor);
    else if (!['(', ')', '[', ']'].some((sign) => cursor.acceptSign(sign))) {
      const token = cursor.next();
      if (token) kept.push(token);
    }
  }
  return kept;
};

const skipType = (cursor: Cursor): void => {
  cursor.name();
  cursor.accept('varying');
  cursor.accept('precision');
  if (cursor.seesSign('(')) cursor.group();
  while (cursor.acceptSign('[')) cursor.acceptSign(']');
};

const numberAt = (cursor: Cursor): number | undefined => {
  const isNegative = cursor.acceptSign('-');
  const token = cursor.peek();
  if (token?.kind !== 'number') return undefined;
  cursor.next();
  return isNegative ? -Number(token.text) : Number(token.text);
};

const textsAt = (cursor: Cursor): readonly string[] | undefined => {
  const texts: string[] = [];
  do {
    const token = cursor.next();
    if (token?.kind !== 'text') return undefined;
    texts.push(token.text);
  } while (cursor.acceptSign(','));
  return texts;
};

const wordsOf = (cursor: Cursor): Omit<ColumnCheck, 'column'> | undefined => {
  if (cursor.accept('in')) return listOf(cursor);
  if (cursor.accept('is', 'not', 'null')) return { isNotNull: true };
  if (cursor.accept('between')) return rangeOf(cursor);
  const sign = signAt(cursor);
  if (sign !== '=' || !cursor.accept('any')) return boundOf(sign, numberAt(cursor));
  cursor.accept('array');
  return listOf(cursor);
};

const rangeOf = (cursor: Cursor): Omit<ColumnCheck, 'column'> | undefined => {
  const min = numberAt(cursor);
  const max = cursor.accept('and') ? numberAt(cursor) : undefined;
  return min === undefined || max === undefined ? undefined : { min, max };
};

const listOf = (cursor: Cursor): Omit<ColumnCheck, 'column'> | undefined => {
  const values = textsAt(cursor);
  return values && { values };
};

const signAt = (cursor: Cursor): string => {
  let sign = '';
  for (const one of ['>', '<', '=']) if (cursor.acceptSign(one)) sign += one;
  return sign;
};

const BOUNDS: Readonly<Record<string, (value: number) => Omit<ColumnCheck, 'column'>>> = {
  '>=': (min) => ({ min }),
  '<=': (max) => ({ max }),
  '>': (min) => ({ min, isStrict: true }),
  '<': (max) => ({ max, isStrict: true }),
};

const boundOf = (sign: string, value: number | undefined): Omit<ColumnCheck, 'column'> | undefined =>
  value === undefined ? undefined : BOUNDS[sign]?.(value);

/** The plain checks that a condition consists of; undefined when any part of it says something else. */
export const checksOf = (tokens: readonly SqlToken[]): readonly ColumnCheck[] | undefined => {
  const cursor = new Cursor(bare(tokens));
  const found: ColumnCheck[] = [];
  do {
    const column = cursor.name();
    const said = column === undefined ? undefined : wordsOf(cursor);
    if (column === undefined || !said) return undefined;
    found.push({ column, ...said });
  } while (cursor.accept('and'));
  return cursor.done ? found : undefined;
};
