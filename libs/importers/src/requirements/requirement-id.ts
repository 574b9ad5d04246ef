import type { Requirement } from './requirement.js';
import { headingWords, plain, withoutLeadingSigns, withoutNumbering } from './words.js';

export type Kind = Requirement['kind'];

const FAMILIES: readonly { readonly kind: Kind; readonly names: readonly string[] }[] = [
  { kind: 'functional', names: ['RF', 'FR', 'US', 'HU', 'REQ', 'RQ', 'F', 'FEAT', 'FUNC', 'RU'] },
  { kind: 'rule', names: ['RN', 'BR', 'RULE', 'RNG'] },
  { kind: 'non-functional', names: ['RNF', 'NFR', 'NF', 'RQNF', 'QR'] },
  { kind: 'use-case', names: ['UC', 'CDU', 'CSU', 'CU'] },
];

const KIND_OF = new Map(FAMILIES.flatMap((f) => f.names.map((name) => [name, f.kind] as const)));
const STORY_FAMILIES = new Set(['US', 'HU']);

export interface RequirementId {
  /** As written, without spaces and emphasis. */
  readonly id: string;
  /** Equal for spellings of the same id: `RF-01`, `RF1`, `RF 001`. */
  readonly key: string;
  readonly family: string;
  readonly kind: Kind;
  /** A user story: functional only where nothing else is. */
  readonly story: boolean;
}

const ID = /^([A-Z]{1,5})((?:[-_][A-Z]{2,12}){0,2})( ?#|[-_ .]?)(\d{1,5}(?:\.\d{1,4}){0,3}[a-z]?)(?![\p{L}\p{N}])/u;

const number = (text: string): string =>
  text
    .split('.')
    .map((part) => part.replace(/^0+(?=\d)/, ''))
    .join('.');

/** What stands between letters and number, as the id is written from then on: `US#12` is US-12. */
const SPELLED: Readonly<Record<string, string>> = { ' ': '', '#': '-', ' #': '-' };

const made = (match: RegExpExecArray | RegExpMatchArray): RequirementId | undefined => {
  const [, family = '', middle = '', separator = '', digits = ''] = match;
  const kind = middle.startsWith('-NF') ? 'non-functional' : KIND_OF.get(family);
  if (!kind) return undefined;
  const id = `${family}${middle}${SPELLED[separator] ?? separator}${digits}`;
  return {
    id,
    key: `${family}${middle.replaceAll('_', '-')}-${number(digits)}`,
    family,
    kind,
    story: STORY_FAMILIES.has(family),
  };
};

export interface LeadingId extends RequirementId {
  /** What follows the id and its separator. */
  readonly rest: string;
  /** What stood between id and rest: `:`, `-`, `.`, `` (a mere space), … */
  readonly separator: string;
}

const STORY_WORDS =
  /^(user story|use case|hist[óo]ria(?: de usu[áa]rio)?|est[óo]ria|caso de uso|requirement|requisito(?: funcional)?|feature|funcionalidade) (?:n[º°o.]{1,2} ?)?(\d{1,4})(?=[\s:.)—–-]|$)/iu;

const spelled = (text: string): { id: RequirementId; length: number } | undefined => {
  const match = STORY_WORDS.exec(text);
  if (!match) return undefined;
  const [all, word = '', digits = ''] = match;
  const use = /^(use case|caso de uso)/i.test(word);
  const story = /^(user story|hist|est)/i.test(word);
  const family = use ? 'UC' : story ? 'US' : 'REQ';
  const id = made([all, family, '', '-', digits] as unknown as RegExpMatchArray);
  return id && { id, length: all.length };
};

const idAt = (text: string): { id: RequirementId; length: number } | undefined => {
  const match = ID.exec(text);
  const id = match ? made(match) : undefined;
  return match && id ? { id, length: match[0].length } : spelled(text);
};

/** Several ids or a range at the start (`RF040-046: …`, `RF001, RF002`, `RF001 e RF002`) name requirements, they define none. */
const namesSeveral = (rest: string): boolean =>
  /^\s*[-–—/]\s*\d/.test(rest) || /^\s*(?:,|\/|e\b|and\b|&|a\b|to\b|até\b|–|-)\s*(?:[A-Z]{1,5}[-_ ]?)\d/u.test(rest);

const SEPARATOR = /^\s*(?:\)|\])?\s*([:.)–—|-]|→)?\s*/u;

const startOf = (text: string): string => {
  const bare = withoutLeadingSigns(withoutNumbering(withoutLeadingSigns(plain(text))));
  const unwrapped = /^[[(]/.test(bare) ? bare.slice(1) : bare;
  return /^(?:requirement|requisito)\s+(?=[A-Z]{1,5}[-_ ]?\d)/i.exec(unwrapped)
    ? unwrapped.replace(/^\S+\s+/, '')
    : unwrapped;
};

/** The id that a heading, an item, a cell or a paragraph begins with, if it defines one. */
export const leadingId = (text: string): LeadingId | undefined => {
  const bare = startOf(text);
  const found = idAt(bare);
  if (!found) return undefined;
  const after = bare.slice(found.length);
  if (namesSeveral(after)) return undefined;
  const match = SEPARATOR.exec(after);
  return { ...found.id, separator: match?.[1] ?? '', rest: after.slice(match?.[0].length ?? 0).trim() };
};

const ANYWHERE =
  /(?<![\p{L}\p{N}_-])([A-Z]{1,5})((?:[-_][A-Z]{2,12}){0,2})([-_#]?)(\d{1,5}(?:\.\d{1,4}){0,3})(?:([-–]| a | to | até )([A-Z]{0,5}-?)(\d{1,5}))?(?![\p{L}\p{N}])/gu;

const MAX_RANGE = 100;

const expand = (match: RegExpMatchArray): string[] => {
  const first = made(match);
  if (!first) return [];
  const last = Number(match[7] ?? Number.NaN);
  const start = Number(match[4]);
  if (!(last > start) || last - start > MAX_RANGE) return [first.key];
  return Array.from({ length: last - start + 1 }, (_, i) => `${first.family}-${String(start + i)}`);
};

/** Keys of every requirement that a text names, ranges (`RF031-034`) spelled out, in order, once each. */
export const mentionedKeys = (text: string): readonly string[] => {
  const keys = new Set<string>();
  const seen = new Set<string>();
  for (const match of text.matchAll(ANYWHERE)) {
    if (seen.has(match[0])) continue;
    seen.add(match[0]);
    for (const key of expand(match)) keys.add(key);
  }
  return [...keys];
};

/** A title without its trailing notes: `(Priority: P1)`, `(Alta)`. */
export const cleanTitle = (text: string): string =>
  headingWords(text.slice(0, 300).replace(/\s*\((?:priority|prioridade)[^()]{0,40}\)\s*$/iu, ''));
