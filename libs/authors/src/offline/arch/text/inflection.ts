import { textAt } from './text-at.js';
import type { Language } from './language.js';

type Rule = readonly [pattern: RegExp, replacement: string];

const EN_IRREGULAR: Readonly<Record<string, string>> = {
  people: 'person',
  children: 'child',
  men: 'man',
  women: 'woman',
  feet: 'foot',
  teeth: 'tooth',
  mice: 'mouse',
  criteria: 'criterion',
  analyses: 'analysis',
  bases: 'base',
  indices: 'index',
  shelves: 'shelf',
  leaves: 'leaf',
  halves: 'half',
  knives: 'knife',
  heroes: 'hero',
  caches: 'cache',
  quizzes: 'quiz',
  buses: 'bus',
  statuses: 'status',
  bonuses: 'bonus',
  viruses: 'virus',
  campuses: 'campus',
  axes: 'axis',
};
const EN_SAME = new Set([
  'series',
  'species',
  'equipment',
  'information',
  'news',
  'staff',
  'feedback',
  'metadata',
  'data',
  'software',
  'hardware',
  'stock',
  'inventory',
]);
const EN_SINGULAR: readonly Rule[] = [
  [/(ss|us|is)$/, '$1'],
  [/ies$/, 'y'],
  [/(ss|x|sh|ch)es$/, '$1'],
  [/s$/, ''],
];
const EN_PLURAL: readonly Rule[] = [
  [/([^aeiou])y$/, '$1ies'],
  [/(s|x|z|sh|ch)$/, '$1es'],
  [/$/, 's'],
];

const PT_IRREGULAR: Readonly<Record<string, string>> = {
  meses: 'mês',
  países: 'país',
  gases: 'gás',
  mãos: 'mão',
  pães: 'pão',
  cães: 'cão',
  cidadãos: 'cidadão',
  irmãos: 'irmão',
  órgãos: 'órgão',
  grãos: 'grão',
  alemães: 'alemão',
  bênçãos: 'bênção',
  árvores: 'árvore',
  torres: 'torre',
  fósseis: 'fóssil',
  úteis: 'útil',
  hectares: 'hectare',
  répteis: 'réptil',
  fáceis: 'fácil',
  difíceis: 'difícil',
  males: 'mal',
  servers: 'server',
  drivers: 'driver',
  containers: 'container',
  tokens: 'token',
  mestres: 'mestre',
  padres: 'padre',
  alqueires: 'alqueire',
  chaves: 'chave',
  oscilações: 'oscilação',
  hifens: 'hífen',
  títulos: 'título',
};
const PT_SAME = new Set([
  'ônibus',
  'lápis',
  'vírus',
  'status',
  'atlas',
  'pires',
  'tênis',
  'campus',
  'bônus',
  'ônus',
  'óculos',
  'férias',
  'parabéns',
  'crm',
  'tórax',
  'pix',
]);
const PT_SINGULAR: readonly Rule[] = [
  [/(ss|ês|ás|ús|us)$/, '$1'],
  [/(õe|ãe|ão)s$/, 'ão'],
  [/(io|[^aeiou]ow|li|gi|mi|ki|ke)ns$/, '$1n'],
  [/ns$/, 'm'],
  [/ais$/, 'al'],
  [/(éi|ei)s$/, 'el'],
  [/óis$/, 'ol'],
  [/uis$/, 'ul'],
  [/([^aeiouáéíóúâêô])is$/, '$1il'],
  [/(w|m)ares$/, '$1are'],
  [/([oae])res$/, '$1r'],
  [/([aeiouáéíóú])zes$/, '$1z'],
  [/s$/, ''],
];
const PT_PLURAL: readonly Rule[] = [
  [/ão$/, 'ões'],
  [/m$/, 'ns'],
  [/([áéíóúâêô].*)[ei]l$/, '$1eis'],
  [/al$/, 'ais'],
  [/el$/, 'éis'],
  [/ol$/, 'óis'],
  [/ul$/, 'uis'],
  [/il$/, 'is'],
  [/([rz])$/, '$1es'],
  [/([sx])$/, '$1'],
  [/$/, 's'],
];

const invert = (map: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(map).map(([plural, singular]) => [singular, plural]));

const TABLES = {
  en: {
    irregular: EN_IRREGULAR,
    plural: invert(EN_IRREGULAR),
    same: EN_SAME,
    toSingular: EN_SINGULAR,
    toPlural: EN_PLURAL,
  },
  pt: {
    irregular: PT_IRREGULAR,
    plural: invert(PT_IRREGULAR),
    same: PT_SAME,
    toSingular: PT_SINGULAR,
    toPlural: PT_PLURAL,
  },
} as const;

/** Puts the capitals of `model` on `word`: `ORDERS`, `Orders`, `orders`. */
const recase = (word: string, model: string): string => {
  if (model.length > 1 && model === model.toUpperCase()) return word.toUpperCase();
  return /^\p{Lu}/u.test(model) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
};

/** Acronyms (`MCP`, `SLA`) and mixed-case names (`LangFlow`) are names, not words: they keep their form. */
const isName = (word: string): boolean =>
  /^[\p{Lu}\p{N}]{2,}$/u.test(word) || /\p{Ll}\p{Lu}/u.test(word) || /\d/.test(word);

const apply = (rules: readonly Rule[], word: string): string => {
  const rule = rules.find(([pattern]) => pattern.test(word));
  return rule ? word.replace(rule[0], rule[1]) : word;
};

const inflect = (word: string, irregular: Readonly<Record<string, string>>, rules: readonly Rule[]): string =>
  Object.hasOwn(irregular, word) ? (irregular[word] ?? word) : apply(rules, word);

/** Singular of one word, in its own capitals; a word that is singular already stays. */
export const singular = (word: string, language: Language): string => {
  const table = TABLES[language];
  const lower = word.toLowerCase();
  if (
    lower.length < 3 ||
    isName(word) ||
    table.same.has(lower) ||
    (!lower.endsWith('s') && !Object.hasOwn(table.irregular, lower))
  )
    return word;
  return recase(inflect(lower, table.irregular, table.toSingular), word);
};

/** Plural of one singular word. */
export const plural = (word: string, language: Language): string => {
  const table = TABLES[language];
  const lower = word.toLowerCase();
  if (table.same.has(lower)) return word;
  if (isName(word)) return /[sS]$/.test(word) ? word : `${word}s`;
  return recase(inflect(lower, table.plural, table.toPlural), word);
};

const PREPOSITION = /^(de|do|da|dos|das|e|em|no|na|por|para|com|of|for|in|and|to|with)$/i;
/** Portuguese words end in a vowel or one of l m n r s x z; others are loans that take their plural as English does. */
const isLoan = (word: string): boolean => /[^aeiouáéíóúâêôãõàlmnrsxz]$/i.test(word) || isName(word);

const split = (phrase: string): { readonly words: readonly string[]; readonly cut: number } => {
  const words = phrase.split(' ');
  const found = words.findIndex((w, i) => i > 0 && PREPOSITION.test(w));
  return { words, cut: found < 0 ? words.length : found };
};

/** Singular of a noun phrase: in English its last word before a preposition, in Portuguese the head and its adjectives. */
export const singularPhrase = (phrase: string, language: Language): string => {
  const { words, cut } = split(phrase);
  const touches = (i: number): boolean => (language === 'pt' ? i < cut : i === cut - 1);
  return words.map((w, i) => (touches(i) ? singular(w, language) : w)).join(' ');
};

/** `Knowledge Graph`, `MCP Server` in a Portuguese text: their last word takes the plural. */
const isForeign = (words: readonly string[]): boolean =>
  isName(textAt(words, 0)) || words.some((w) => isLoan(w) && !isName(w));

/** Plural of a singular noun phrase, by the same rule. */
export const pluralPhrase = (phrase: string, language: Language): string => {
  const { words, cut } = split(phrase);
  const asEnglish = language === 'en' || (cut > 1 && isForeign(words.slice(0, cut)));
  const last = asEnglish && !isName(textAt(words, cut - 1)) ? cut - 1 : 0;
  const touches = (i: number): boolean => (asEnglish ? i === last : i < cut && (i === 0 || !isName(textAt(words, i))));
  const form = asEnglish ? 'en' : language;
  return words.map((w, i) => (touches(i) ? plural(w, isLoan(w) ? 'en' : form) : w)).join(' ');
};
