import type { FieldType } from '@squados/contracts';
import type { SqlToken } from './sql-tokens.js';

type Value = string | number | boolean;

const isSign = (token: SqlToken | undefined, ...signs: readonly string[]): boolean =>
  token?.kind === 'sign' && signs.includes(token.text);

const plain = (tokens: readonly SqlToken[]): SqlToken | undefined => {
  const [first, second, third] = tokens.filter((token) => !isSign(token, '(', ')'));
  const isNegative = isSign(first, '-') && second?.kind === 'number' && third === undefined;
  if (isNegative) return { ...second, text: `-${second.text}` };
  return second === undefined || isSign(second, '::') ? first : undefined;
};

const booleanOf = ({ text }: SqlToken): boolean | undefined => {
  if (/^(true|t|1|y|yes|b1)$/i.test(text)) return true;
  return /^(false|f|0|n|no|b0)$/i.test(text) ? false : undefined;
};

const numberOf = ({ text }: SqlToken, type: FieldType): number | undefined => {
  const value = text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) && (type === 'decimal' || Number.isInteger(value)) ? value : undefined;
};

const TEXTUAL: ReadonlySet<FieldType> = new Set(['string', 'text', 'enum']);

/** The value that a column has of its own where it is a plain one; `null` says there is none. Undefined: it can't be told beforehand. */
export const defaultValue = (tokens: readonly SqlToken[], type: FieldType): Value | null | undefined => {
  const token = plain(tokens);
  if (!token) return undefined;
  return token.kind === 'word' && /^null$/i.test(token.text) ? null : valueOf(token, type);
};

const valueOf = (token: SqlToken, type: FieldType): Value | undefined => {
  if (type === 'boolean') return booleanOf(token);
  if (type === 'integer' || type === 'decimal') return numberOf(token, type);
  return TEXTUAL.has(type) && token.kind === 'text' ? token.text : undefined;
};
