import { textAt } from '../text/text-at.js';
import type { Language } from '../text/language.js';
import { isAspect, isContainer, phraseOf, readPhrase, tokensOf, type NounPhrase } from './noun-phrase.js';
import { infinitiveOf, verbOf, type Verb } from './verbs.js';

/** What a title (or a short sentence) is about: the thing, whose part it is, and what is done with it. */
export interface Topic {
  readonly thing?: NounPhrase;
  readonly parent?: NounPhrase;
  readonly verbs: readonly Verb[];
  /** The words that led to the verbs began the text: it is an instruction or a process. */
  readonly leads: boolean;
}

const NUMBERED = /^\s*(?:fase|phase|etapa|step|sprint|m[oó]dulo|module)\s+\d+\s*[:.–—-]\s*/i;
const ID = /^\s*\[?[A-Z]{1,6}(?:[-_][A-Z]{2,12}){0,2}[-_ ]?\d+(?:\.\d+)*\]?\s*[:.–—-]\s*/;
const OF_PT = /^(de|do|da|dos|das|ao|aos|à|às|a|no|na|nos|nas|em|por|para|sobre|pel[oa]s?)$/i;
const PART_OF: Readonly<Record<Language, RegExp>> = {
  pt: /^(do|da|dos|das|de|ao|aos|à|às|no|na|nos|nas|por|entre)$/i,
  en: /^(of|to|in|for|from|within|per|on)$/i,
};
const INSIDE = /^(dentro)$/i;
const JOIN = /^(,|e|and|\/|&|ou|or)$/i;

const cleaned = (text: string): string =>
  text
    .replace(ID, '')
    .replace(NUMBERED, '')
    .replace(/["“”«»]/g, ' ')
    .replace(/\([^()]*\)/g, ' ')
    .trim();

/** Titles say the thing first and comment on it behind a dash; each part is tried in turn. */
export const segmentsOf = (title: string): readonly string[] =>
  cleaned(title)
    .split(/\s+[–—-]\s+|:\s+/)
    .map((s) => s.replace(NUMBERED, '').trim())
    .filter((s) => s !== '');

interface Cursor {
  readonly tokens: readonly string[];
  readonly language: Language;
  at: number;
}

/** `Reserva de áreas comuns`: a form of the verb that stands before `de` is a noun, the event itself. */
const isEvent = (verb: Verb, tokens: readonly string[], at: number): boolean =>
  !verb.noun && !/[aei]r$/i.test(textAt(tokens, at)) && /^(?:de|do|da|dos|das)$/i.test(textAt(tokens, at + 1));

const verbAt = (cursor: Cursor, first: boolean): Verb | undefined => {
  const { tokens, language, at } = cursor;
  const word = textAt(tokens, at);
  const verb = isVisit(cursor) ? undefined : verbOf(word, language);
  if (verb) return isPlural(cursor, word) ? undefined : asNoun(verb, cursor);
  return first && language === 'pt' ? infinitiveOf(word) : undefined;
};

/** `Agendar consulta`: what is made an appointment for, not another verb. */
const isVisit = ({ tokens, at }: Cursor): boolean =>
  /^consultas?$/i.test(textAt(tokens, at)) && /[aei]r$/i.test(textAt(tokens, at - 1));

/** `Reviews`, alone, are things; nobody writes that something reviews. */
const isPlural = ({ tokens, language }: Cursor, word: string): boolean =>
  language === 'en' && tokens.length === 1 && /s$/.test(word);

const asNoun = (verb: Verb, { tokens, at }: Cursor): Verb | undefined => {
  if (!isEvent(verb, tokens, at)) return verb;
  return verb.kind === 'action' ? undefined : { ...verb, noun: true };
};

const ADJECTIVE =
  /^(autom[aá]tic[oa]|din[aâ]mic[oa]|multimodal|iterativ[oa]|ass[ií]ncron[oa]|central|complet[oa]|manual|semântic[oa]|massa|lote)s?$/i;

/** `Criar, editar e excluir`, `Ingestão Multimodal de`: the verbs in front; moves to what they act on. */
const leadingVerbs = (cursor: Cursor): Verb[] => {
  const verbs: Verb[] = [];
  for (;;) {
    const verb = verbAt(cursor, verbs.length === 0);
    if (!verb || (verb.noun && cursor.language === 'en')) break;
    verbs.push(verb);
    cursor.at++;
    skip(cursor, ADJECTIVE);
    const next = cursor.at;
    skip(cursor, JOIN);
    if (cursor.at === next || verbAt(cursor, false)) continue;
    if (!verb.noun) cursor.at = next;
    break;
  }
  return verbs;
};

const skip = (cursor: Cursor, words: RegExp): void => {
  while (words.test(textAt(cursor.tokens, cursor.at))) cursor.at++;
};

/** `Loan management`, `Book registration and listing`: in English the process stands behind the thing. */
const trailingVerbs = (cursor: Cursor, end: number): readonly Verb[] => {
  const verbs: Verb[] = [];
  for (let i = end; i < cursor.tokens.length; i++) {
    const verb = verbOf(textAt(cursor.tokens, i), cursor.language);
    if (verb) verbs.push(verb);
    else if (!JOIN.test(textAt(cursor.tokens, i))) break;
  }
  return verbs;
};

const cutAtProcess = (tokens: readonly string[]): readonly string[] => {
  const at = tokens.findIndex((t, i) => i > 0 && verbOf(t, 'en')?.noun === true);
  return at < 0 ? tokens : tokens.slice(0, at);
};

/** Mixed-case and all-caps single words name products and techniques, not things. */
const isProperName = (phrase: NounPhrase): boolean =>
  /\p{Ll}\p{Lu}/u.test(phrase.label) || /^[\p{Lu}\p{N}]{2,}$/u.test(phrase.label);

const parentOf = (cursor: Cursor): NounPhrase | undefined => {
  const { tokens, language } = cursor;
  let at = cursor.at;
  if (INSIDE.test(textAt(tokens, at))) at++;
  if (!PART_OF[language].test(textAt(tokens, at))) return undefined;
  const phrase = readPhrase({ tokens, language }, at + 1, true);
  return phrase && !isProperName(phrase) ? phrase : undefined;
};

const nounAt = (cursor: Cursor): NounPhrase | undefined => {
  const { tokens, language, at } = cursor;
  const verb = language === 'pt' ? verbOf(textAt(tokens, at), language) : undefined;
  if (verb && isEvent(verb, tokens, at)) return phraseOf([textAt(tokens, at)], language, 1);
  const visible = language === 'en' ? cutAtProcess(tokens.slice(at)) : tokens.slice(at);
  const phrase = readPhrase({ tokens: visible, language }, 0, true);
  return phrase && !isProperName(phrase) && !isContainer(phrase.label) ? phrase : undefined;
};

/** `Biblioteca Central de Validações`, `Identidade e Configuração do Oráculo`: steps over words that only hold or show the thing. */
const skipShells = (cursor: Cursor): boolean => {
  const { tokens, language } = cursor;
  const from = /^(o|a|os|as|the|an?)$/i.test(textAt(tokens, cursor.at)) ? cursor.at + 1 : cursor.at;
  const isShell = (w: string | undefined): boolean =>
    w !== undefined &&
    (isContainer(w) || isAspect(w) || verbOf(w, language)?.noun === true || ADJECTIVE.test(w) || JOIN.test(w));
  let at = from;
  while (isShell(tokens[at])) at++;
  const link = language === 'pt' ? OF_PT : /^(of|for)$/i;
  if (at === from || !link.test(textAt(tokens, at))) return false;
  cursor.at = at + 1;
  return true;
};

const shellVerbs = (cursor: Cursor, from: number): readonly Verb[] =>
  cursor.tokens.slice(from, cursor.at).flatMap((w) => verbOf(w, cursor.language) ?? []);

/** What is done, up to the thing that it is done to. */
const processOf = (cursor: Cursor): readonly Verb[] => {
  const verbs = leadingVerbs(cursor);
  if (verbs.some((v) => v.noun) && cursor.language === 'pt' && OF_PT.test(textAt(cursor.tokens, cursor.at)))
    cursor.at++;
  const from = cursor.at;
  return skipShells(cursor) ? [...verbs, ...shellVerbs(cursor, from)] : verbs;
};

/** `Place an order`: a word before an article is a verb, known or not. */
const withoutCommand = (tokens: readonly string[], language: Language): readonly string[] => {
  const isCommand = language === 'en' && /^an?$/i.test(textAt(tokens, 1)) && !verbOf(textAt(tokens, 0), language);
  return isCommand && tokens.length > 2 ? tokens.slice(2) : tokens;
};

const topicOfSegment = (segment: string, language: Language): Topic => {
  const cursor: Cursor = { tokens: withoutCommand(tokensOf(segment), language), language, at: 0 };
  const verbs = processOf(cursor);
  const thing = nounAt(cursor);
  cursor.at += thing?.length ?? 0;
  const trailing = language === 'en' ? trailingVerbs(cursor, cursor.at) : [];
  cursor.at += trailing.length;
  const parent = thing ? parentOf(cursor) : undefined;
  return {
    ...(thing ? { thing } : {}),
    ...(parent ? { parent } : {}),
    verbs: [...verbs, ...trailing],
    leads: verbs.length > 0,
  };
};

/** What a title is about. Undefined thing: it names none (`Production-grade from day one`). */
export const topicOf = (title: string, language: Language): Topic => {
  const topics = segmentsOf(title).map((s) => topicOfSegment(s, language));
  const main = topics.find((t) => t.thing && t.verbs.length > 0) ?? topics.find((t) => t.thing) ?? topics[0];
  return { verbs: [], leads: false, ...main };
};
