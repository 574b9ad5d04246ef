import { OWNER_NAMES } from '../agents.js';
import { AGENT_PATTERN, isId, isWithin, isWithinDepth, LIMITS, SHA256_PATTERN } from '../limits.js';

/** One thing that must hold of a value, in words for the person who sent it. */
export interface Rule {
  readonly name: string;
  readonly holds: (value: unknown) => boolean;
  readonly message: string;
  readonly remedy: string;
}

const rule = (name: string, holds: (value: unknown) => boolean, words: readonly [string, string]): Rule => ({
  name,
  holds,
  message: words[0],
  remedy: words[1],
});

const isString = (value: unknown): value is string => typeof value === 'string';
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const text = (max: number): Rule =>
  rule('text', (v) => isString(v) && isWithin(v, max), [
    `must be a text of at most ${max} characters`,
    'shorten it, or put it in quotes if it is not a text',
  ]);

export const filled = (max: number): Rule =>
  rule('filled', (v) => isString(v) && /\S/u.test(v) && isWithin(v, max), [
    `must be a text of 1 to ${max} characters, not only spaces`,
    'give it a text',
  ]);

export const id: Rule = rule('id', isId, [
  `must be an id: 1 to ${LIMITS.id} characters, no control characters, not only spaces`,
  'rename it, for example BE-017',
]);

export const matching = (name: string, pattern: string, words: readonly [string, string]): Rule => {
  const expression = new RegExp(pattern, 'u');
  return rule(name, (v) => isString(v) && expression.test(v), words);
};

export const agent: Rule = matching('agent', AGENT_PATTERN, [
  'must be an agent name: lower-case letters, digits and dashes, beginning with a letter',
  `use ${OWNER_NAMES.join(', ')}, or the name of an agent of this run`,
]);

export const sha256Hex: Rule = matching('sha256', SHA256_PATTERN, [
  'must be a SHA-256 in lower-case hex, 64 characters',
  'compute it over the bytes again',
]);

export const whole = (min: number, max: number = Number.MAX_SAFE_INTEGER): Rule =>
  rule('whole', (v) => Number.isSafeInteger(v) && (v as number) >= min && (v as number) <= max, [
    `must be a whole number from ${min}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}`,
    'give a whole number in that range',
  ]);

export const amount: Rule = rule('amount', (v) => typeof v === 'number' && Number.isFinite(v) && v >= 0, [
  'must be a number from 0',
  'give a number from 0',
]);

export const flag: Rule = rule('flag', (v) => typeof v === 'boolean', ['must be true or false', 'write true or false']);

/** True or absent. */
export const mark: Rule = rule('mark', (v) => v === true, ['must be true', 'write true, or leave it out']);

export const oneOf = (words: readonly (string | number)[]): Rule =>
  rule('oneOf', (v) => (words as readonly unknown[]).includes(v), [
    `must be one of ${words.join(', ')}`,
    `use one of ${words.join(', ')}`,
  ]);

interface ListBounds {
  readonly max: number;
  readonly unique?: boolean;
}

export const listOf = (item: Rule, { max, unique = false }: ListBounds): Rule =>
  rule(
    'list',
    (v) => Array.isArray(v) && v.length <= max && v.every(item.holds) && (!unique || new Set(v).size === v.length),
    [
      `must be a list of at most ${max}${unique ? ' different' : ''} values, each of which ${item.message}`,
      `correct the value that does not fit: ${item.remedy}`,
    ],
  );

/** An object with any keys whose values all fit. */
export const recordOf = (item: Rule): Rule =>
  rule('record', (v) => isRecord(v) && Object.values(v).every(item.holds), [
    `must be an object each value of which ${item.message}`,
    `correct the value that does not fit: ${item.remedy}`,
  ]);

export const object: Rule = rule('object', isRecord, ['must be an object', 'give an object in braces']);

export const list = (max: number): Rule =>
  rule('list', (v) => Array.isArray(v) && v.length <= max && v.every(isRecord), [
    `must be a list of at most ${max} objects`,
    'give a list of objects in brackets',
  ]);

export const extra: Rule = rule('extra', (v) => isRecord(v) && isWithinDepth(v, LIMITS.depth), [
  `must be an object that nests at most ${LIMITS.depth} levels`,
  'flatten it',
]);
