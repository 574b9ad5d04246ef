import { textAt } from './text-at.js';
import { createHash } from 'node:crypto';

const LETTERS: Readonly<Record<string, string>> = {
  đ: 'd',
  Đ: 'D',
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  ð: 'd',
  ı: 'i',
};

/** Latin letters without their accents; what has no Latin form is left as it is. */
export const ascii = (text: string): string => (isAscii(text) ? text : withoutAccents(text));

const isAscii = (text: string): boolean => /^[\u0000-\u007f]*$/.test(text);

const withoutAccents = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐßøØæÆœłŁþðı]/g, (c) => LETTERS[c] ?? c);

/** The words of a name, whatever its style: `dueDate`, `due_date`, `Due date` → due, date. ASCII, lower case. */
export const nameWords = (text: string): readonly string[] =>
  ascii(text)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((w) => w !== '');

/** Eight hex digits that stand for a text; the same text, the same digits. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

const wordsOr = (text: string, prefix: string): readonly string[] => {
  const words = nameWords(text);
  if (words.length === 0) return [prefix, digest(text)];
  return /^\d/.test(textAt(words, 0)) ? [prefix, ...words] : words;
};

const MAX_IDENTIFIER = 48;
/** Names longer than PostgreSQL would keep whole (with our suffixes) are cut and told apart by a digest. */
const fit = (name: string, full: string): string =>
  name.length <= MAX_IDENTIFIER ? name : `${name.slice(0, MAX_IDENTIFIER - 9)}_${digest(full)}`;

const LINKS = new Set(['de', 'do', 'da', 'dos', 'das', 'e', 'a', 'o', 'the', 'and']);
const withoutLinks = (words: readonly string[]): readonly string[] => {
  const kept = words.filter((w, i) => i === 0 || !LINKS.has(w));
  return kept.length > 0 ? kept : words;
};

export const pascal = (text: string): string =>
  wordsOr(text, 'entity')
    .map((w) => w.charAt(0).toUpperCase() + w.slice(1))
    .join('')
    .slice(0, MAX_IDENTIFIER);
export const snake = (text: string): string => fit(wordsOr(text, 'field').join('_'), text);
/** As `snake`, without the small words in the middle: `data de devolução` → `data_devolucao`. */
export const column = (text: string): string => fit(withoutLinks(wordsOr(text, 'field')).join('_'), text);
export const kebab = (text: string): string => snake(text).replaceAll('_', '-');

/** Reserved in PostgreSQL (SQL keywords of class R, and those that can't name a table or function). */
const RESERVED = new Set(
  (
    'all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both case cast char character check ' +
    'coalesce collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema ' +
    'current_time current_timestamp current_user dec decimal default deferrable desc distinct do else end except exists extract false fetch ' +
    'float for foreign freeze from full grant greatest group grouping having ilike in initially inner inout int integer intersect interval ' +
    'into is isnull join json lateral leading least left like limit localtime localtimestamp national natural nchar none normalize not ' +
    'notnull null nullif numeric offset on only or order out outer overlaps overlay placing position precision primary real references ' +
    'returning right row select session_user setof similar smallint some substring symmetric system_user table tablesample then time ' +
    'timestamp to trailing treat trim true union unique user using values varchar variadic verbose when where window with'
  ).split(' '),
);
export const isReserved = (name: string): boolean => RESERVED.has(name);
