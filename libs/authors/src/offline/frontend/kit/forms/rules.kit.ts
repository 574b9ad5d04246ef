import type { KitFile } from '../kit-file.js';

export const formsRules: KitFile = {
  path: 'src/forms/rules.ts',
  text: `import type { Messages } from '../i18n/en';

type Words = Messages['violations'];
type Limit = 'tooShort' | 'tooLong' | 'tooSmall' | 'tooLarge';

/** Why a value is refused: the name of the message and, for limits, the limit. */
export type Violation =
  { readonly kind: Exclude<keyof Words, Limit> } | { readonly kind: Limit; readonly limit: number };

/** Judges one value as it stands in the form. An empty one is judged by \`required\` alone. */
export type Rule = (value: string) => Violation | undefined;

/** The rules of a form, by field. */
export type Rules<V> = { readonly [K in keyof V]: readonly Rule[] };

/** What is wrong, by field; a field that is not in it is fine. */
export type Violations<V> = { readonly [K in keyof V]?: Violation };

type Plain = Exclude<keyof Words, Limit>;

const unlessEmpty =
  (isValid: (value: string) => boolean, kind: Plain): Rule =>
  (value) =>
    value.trim() === '' || isValid(value.trim()) ? undefined : { kind };

const bounded =
  (isValid: (value: string) => boolean, violation: { readonly kind: Limit; readonly limit: number }): Rule =>
  (value) =>
    value.trim() === '' || isValid(value.trim()) ? undefined : violation;

/** A number as people type it: a decimal comma counts as a point. NaN when it is none. */
export const parseNumber = (value: string): number => {
  const text = value.trim().replace(',', '.');
  return /^-?\\d+(?:\\.\\d+)?$/.test(text) ? Number(text) : NaN;
};

/** Characters as people and the contract count them: an emoji is one. */
const lengthOf = (value: string): number => Array.from(value).length;

const isUrl = (value: string): boolean => {
  try {
    return new URL(value).protocol !== '';
  } catch {
    return false;
  }
};

const isJson = (value: string): boolean => {
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === 'object' && parsed !== null;
  } catch {
    return false;
  }
};

const isInstant = (value: string): boolean => !Number.isNaN(new Date(value).getTime());

export const required: Rule = (value) => (value.trim() === '' ? { kind: 'required' } : undefined);

export const minLength = (limit: number): Rule => bounded((v) => lengthOf(v) >= limit, { kind: 'tooShort', limit });
export const maxLength = (limit: number): Rule => bounded((v) => lengthOf(v) <= limit, { kind: 'tooLong', limit });

/** Not a number passes: \`integer\` or \`decimal\` says so. */
export const min = (limit: number): Rule => bounded((v) => !(parseNumber(v) < limit), { kind: 'tooSmall', limit });
export const max = (limit: number): Rule => bounded((v) => !(parseNumber(v) > limit), { kind: 'tooLarge', limit });

export const integer: Rule = unlessEmpty((v) => Number.isSafeInteger(parseNumber(v)), 'notInteger');
export const decimal: Rule = unlessEmpty((v) => Number.isFinite(parseNumber(v)), 'notNumber');

export const oneOf = (values: readonly string[]): Rule => unlessEmpty((v) => values.includes(v), 'notChoice');

export const email: Rule = unlessEmpty((v) => /^[^\\s@]+@[^\\s@]+\\.[^\\s@.]+$/.test(v), 'notEmail');
export const url: Rule = unlessEmpty(isUrl, 'notUrl');
export const uuid: Rule = unlessEmpty((v) => /^[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}$/i.test(v), 'notUuid');
export const date: Rule = unlessEmpty((v) => /^\\d{4}-\\d{2}-\\d{2}$/.test(v) && isInstant(v), 'notDate');
export const dateTime: Rule = unlessEmpty((v) => v.includes('T') && isInstant(v), 'notDateTime');
export const time: Rule = unlessEmpty((v) => /^(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?$/.test(v), 'notTime');
export const json: Rule = unlessEmpty(isJson, 'notJson');

/** @param pattern a regular expression of the contract (ECMA-262, Unicode) that must occur in the value */
export const matches = (pattern: string): Rule => {
  const expression = new RegExp(pattern, 'u');
  return unlessEmpty((v) => expression.test(v), 'notMatching');
};

/** The first violation of each field, in the order of the rules. */
export const violationsOf = <V extends Readonly<Record<keyof V, string>>>(
  values: V,
  rules: Rules<V>,
): Violations<V> => {
  const names = Object.keys(rules) as (keyof V)[];
  const found = names.flatMap((name) => {
    const violation = rules[name].map((rule) => rule(values[name])).find((it) => it !== undefined);
    return violation === undefined ? [] : [[name, violation] as const];
  });
  return Object.fromEntries(found) as Violations<V>;
};

/** A violation in words. */
export const violationText = (violation: Violation, t: Messages): string =>
  'limit' in violation ? t.violations[violation.kind](violation.limit) : t.violations[violation.kind];
`,
};
