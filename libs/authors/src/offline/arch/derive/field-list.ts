import { textAt } from '../text/text-at.js';
import { readFieldSpec, type FieldSpec } from './field-spec.js';
import type { FoundField } from './add-field.js';
import { verbOf } from './verbs.js';
import { ascii } from '../text/identifiers.js';
import type { Language } from '../text/language.js';

const NAME = /^[\p{L}_$][\p{L}\p{N} _./$'’-]{0,59}$/u;
/** A field's name: a few words, none of them a verb in front. */
const isName = (text: string, language: Language): boolean => {
  const words = text.split(/\s+/);
  const first = verbOf(textAt(words, 0), language);
  const isCommand = first !== undefined && !first.noun && ascii(textAt(words, 0)).toLowerCase() === first.slug;
  return NAME.test(text) && words.length <= 5 && !(isCommand && words.length > 1);
};

interface Parts {
  readonly name: string;
  readonly inside: string;
  readonly after: string;
}

/** `title (text, required): its name`, `title: text, required`, `title — text`. */
const partsOf = (text: string): Parts => {
  const paren = /^([^():]+?)\s*\((.*?)\)\s*[:.—–-]?\s*([^()]*)$/su.exec(text);
  if (paren) return { name: textAt(paren, 1), inside: textAt(paren, 2), after: textAt(paren, 3) };
  const other = /^([^:]+?)\s*(?::|\s[—–-])\s+(.*)$/su.exec(text);
  return other
    ? { name: textAt(other, 1), inside: textAt(other, 2), after: '' }
    : { name: text, inside: '', after: '' };
};

const firstChoice = (name: string): string => {
  const parts = name.split('/');
  return parts.length > 1 && parts.every((p) => p.trim() === p.trim().toUpperCase())
    ? parts.join(' ')
    : (parts[0] ?? name);
};

const article = /^(?:o|a|os|as|um|uma|the|an?|its?|their|seu|sua|each|cada)\s+/i;
const OF_THING = /\s+(?:d[aeo]s?(?: cada| um| uma)?|of (?:the|an?|each))\s+\p{Lu}[^/]*$/u;
const tidy = (name: string): string =>
  firstChoice(
    name
      .replace(/[.;:]+$/, '')
      .replace(article, '')
      .replace(OF_THING, '')
      .trim(),
  );

const withNote = (spec: FieldSpec, note: string): FieldSpec =>
  note.trim() === '' ? spec : { ...spec, description: spec.description ?? note.trim() };

/** A bullet that says of itself that it is a field, by the words in its parentheses or after its colon. */
export const fieldFromBullet = (
  text: string,
  at: { readonly line: number; readonly language: Language },
): FoundField | undefined => {
  const { name, inside, after } = partsOf(text);
  const spec = inside === '' ? undefined : readFieldSpec(inside, 'strict');
  if (!spec || !isName(name, at.language)) return undefined;
  return { label: tidy(name), spec: withNote(spec, after), line: at.line, excerpt: text };
};

/** Commas and `and`/`e` at the top level part a list of names. */
export const splitNames = (text: string): readonly string[] =>
  text
    .split(/\s*[,;](?![^(]*\))\s*(?:(?:e|and|ou|or)\s+)?|\s+(?:e|and|bem como|as well as)\s+(?![^(]*\))/)
    .map((p) => p.replace(/[.:]+$/, '').trim())
    .filter((p) => p !== '');

const STOP =
  /\b(that|which|when|que|quando|é|são|is|are|deve|devem|must|should|can|pode|podem|para|from|by|via|sem|without|cada|with|com|conforme|até|after|before|após|ser|be)\b/iu;

/** One name of a list, with what stands in parentheses behind it. Undefined for what can't be a field's name. */
export const fieldFromName = (
  text: string,
  at: { readonly line: number; readonly language: Language },
): FoundField | undefined => {
  const { name, inside } = partsOf(text);
  const label = tidy(name);
  if (
    label.length < 2 ||
    label.split(' ').length > 4 ||
    !isName(label, at.language) ||
    STOP.test(label) ||
    /^(ciclo de|life ?cycle)/i.test(label)
  )
    return undefined;
  const spec = inside === '' ? {} : (readFieldSpec(inside) ?? { description: inside });
  return { label, spec, line: at.line, excerpt: text };
};

/** Every name of a running list (`name, description and status`); none unless each part can be one. */
export const fieldsFromList = (
  text: string,
  at: { readonly line: number; readonly language: Language },
): readonly FoundField[] => {
  const found = splitNames(text).map((part) => fieldFromName(part, at));
  return found.every((f): f is FoundField => f !== undefined) ? found : [];
};

const HEADERS: Readonly<Record<'name' | 'type' | 'required' | 'unique' | 'note', RegExp>> = {
  name: /^(campo|field|atributo|attribute|nome do campo|field name|coluna|column|propriedade|property)s?$/i,
  type: /^(tipo|type|formato|format|tipo de dado|data type)s?$/i,
  required: /^(obrigat[oó]rio|required|mandatory)\??$/i,
  unique: /^([uú]nico|unique)\??$/i,
  note: /^(regras?|rules?|restri[cç][oõ]es|constraints?|valida[cç][aã]o|validation|limites?|limits?|tamanho|size|descri[cç][aã]o|description|valores|values|notes?|observa[cç][oõ]es)$/i,
};
const YES = /^(sim|s|yes|y|true|x|✓|✔|✅|required|obrigat[oó]rio)$/i;

const column = (header: readonly string[], key: keyof typeof HEADERS): number =>
  header.findIndex((h) => HEADERS[key].test(h.trim()));
const flagOf = (row: readonly string[], at: number): boolean | undefined =>
  at < 0 ? undefined : YES.test(textAt(row, at).trim());

/** Rows of a table `Field | Type | Required | …` (`Campo | Tipo | Obrigatório`); none when its header is not one of fields. */
export const fieldsFromTable = (table: {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly line: number;
}): readonly FoundField[] => {
  const name = column(table.header, 'name');
  const type = column(table.header, 'type');
  if (name < 0 || (type < 0 && column(table.header, 'required') < 0)) return [];
  const notes = table.header.flatMap((h, i) => (HEADERS.note.test(h.trim()) ? [i] : []));
  return table.rows.flatMap((row, i) => {
    const label = tidy(textAt(row, name));
    if (!NAME.test(label)) return [];
    const spec = rowSpec(row, { type, notes });
    const required = flagOf(row, column(table.header, 'required'));
    const unique = flagOf(row, column(table.header, 'unique'));
    const flags = { ...(required === undefined ? {} : { required }), ...(unique === undefined ? {} : { unique }) };
    return [{ label, spec: { ...spec, ...flags }, line: table.line + 2 + i, excerpt: row.join(' | ') }];
  });
};

const rowSpec = (
  row: readonly string[],
  at: { readonly type: number; readonly notes: readonly number[] },
): FieldSpec => {
  const typed = readFieldSpec(textAt(row, at.type)) ?? {};
  return at.notes.reduce<FieldSpec>((spec, i) => {
    const cell = textAt(row, i).trim();
    const more = cell === '' || cell === '-' ? undefined : readFieldSpec(cell);
    return more ? { ...more, ...spec } : withNote(spec, cell === '-' ? '' : cell);
  }, typed);
};
