import { textAt } from '../text/text-at.js';
import { readFieldSpec, type FieldSpec } from './field-spec.js';
import type { FoundField } from './add-field.js';
import { typeByName } from './field-names.js';
import { infinitiveOf, verbOf } from './verbs.js';
import { ascii, column as columnName } from '../text/identifiers.js';
import type { Language } from '../text/language.js';

const NAME = /^[\p{L}_$][\p{L}\p{N} _./$'’-]{0,59}$/u;
/** `start date`, `order number`: what the last word names is a value, whatever verb stands before it. */
const NAMES =
  /\s(?:dates?|times?|numbers?|codes?|names?|types?|prices?|status|ids?|address|reason|amount|rate|value|year|month|day|hour|e-?mail|phone|limit|level|note|notes)$/i;
/** A field's name: a few words, none of them a verb in front. */
const isName = (text: string, language: Language): boolean => {
  const words = text.split(/\s+/);
  const first = verbOf(textAt(words, 0), language);
  const isCommand =
    first !== undefined && !first.noun && ascii(textAt(words, 0)).toLowerCase() === first.slug && !NAMES.test(text);
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

const article = /^(?:o|a|os|as|um|uma|the|an?|its?|their|my|our|seu|sua|meu|minha|each|cada)\s+/i;
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
    .split(
      /\s*[,;](?![^(]*\))\s*(?:(?:e|and|ou|or)\s+)?(?:(?:além d[aeo]s?|in addition to)\s+)?|\s+(?:e|and|bem como|as well as|além d[aeo]s?|in addition to|\+)\s+(?![^(]*\))/,
    )
    .map((p) => p.replace(/[.:]+$/, '').trim())
    .filter((p) => p !== '' && p.toLowerCase() !== 'etc');

const STOP =
  /\b(that|which|when|que|quando|é|são|is|are|deve|devem|must|should|can|pode|podem|para|from|by|via|sem|without|cada|with|com|conforme|até|after|before|após|ser|be)\b/iu;

/** Parts of a thing, not values of it: `address (street, city)`. */
const PART =
  /^(?:nome|name|rua|street|n[uú]mero|number|bairro|cidade|city|estado|cep|zip|zip code|postcode|postal code|country|pa[ií]s|in[ií]cio|fim|start|end|from|to|first|last|latitude|longitude|telefone|phone|e-?mail|e\.?g\.?|ex\.?|etc\.?|width|height|largura|altura)\b/iu;

/** `internal policies (…)` holds several of them. */
const isSeveral = (label: string): boolean =>
  label.split(' ').some((word) => /s$/i.test(word) && !/^(status|class|access|process|address|business)$/i.test(word));

/** `severity (low, medium, high)`: a few words beside a name, none of which says anything else of it, are its values. */
const choicesOf = (label: string, inside: string): FieldSpec | undefined => {
  if (isSeveral(label)) return undefined;
  const values = inside.split(/\s*[,/|;]\s*|\s+(?:ou|or)\s+/).map((v) => v.replace(/^(?:ou|or|e|and)\s+/, '').trim());
  const isValue = (v: string): boolean => /^[\p{L}\p{N}][\p{L}\p{N} _-]{0,23}$/u.test(v) && v.split(' ').length <= 3;
  if (values.length < 2 || values.some((v) => !isValue(v) || PART.test(v) || typeByName(columnName(v)) !== 'string'))
    return undefined;
  return { type: 'enum', values: [...new Set(values)] };
};

const YES_NO = /\s+\(?(?:yes\s?\/\s?no|sim\s?\/\s?n[ãa]o|y\/n|s\/n|true\s?\/\s?false)\)?$/iu;

/** One name of a list, with what stands in parentheses behind it. Undefined for what can't be a field's name. */
export const fieldFromName = (
  text: string,
  at: { readonly line: number; readonly language: Language },
): FoundField | undefined => {
  const choice = YES_NO.exec(text);
  const { name, inside } = partsOf(text.replace(YES_NO, ''));
  const label = tidy(name);
  if (!isLabel(label, at.language)) return undefined;
  const spec =
    inside === ''
      ? {}
      : (rangeOf(inside) ?? readFieldSpec(inside) ?? choicesOf(label, inside) ?? { description: inside });
  return { label, spec: choice ? { type: 'boolean', ...spec } : spec, line: at.line, excerpt: text };
};

/** `credits (1-10)` are numbers. */
const rangeOf = (inside: string): FieldSpec | undefined => {
  const [, min, max] = /^(\d{1,6})\s*(?:-|–|\.\.|to|a|até)\s*(\d{1,9})$/iu.exec(inside.trim()) ?? [];
  return min === undefined || Number(max) < Number(min)
    ? undefined
    : { type: 'integer', min: Number(min), max: Number(max) };
};

const NO_LABEL =
  /^(ciclo de|life ?cycle|mesm[oa]s? |same |(?:busca|pesquisa|filtros?|search|filter(?:ing|s)?) (?:por|pel[oa]s?|by) )|['’]s\b/i;
const isLabel = (label: string, language: Language): boolean =>
  label.length > 1 &&
  label.split(' ').length <= 4 &&
  isName(label, language) &&
  !STOP.test(label) &&
  !NO_LABEL.test(label);

/** Every name of a running list (`name, description and status`); none unless each part can be one. */
export const fieldsFromList = (
  text: string,
  at: { readonly line: number; readonly language: Language },
): readonly FoundField[] => {
  const found = splitNames(text).map((part) => fieldFromName(part, at));
  return found.every((f): f is FoundField => f !== undefined) ? found : [];
};

/** The names that a sentence begins with, up to where it goes on with another verb: `title, author, and track the loan`. */
export const leadingFields = (
  text: string,
  at: { readonly line: number; readonly language: Language },
): readonly FoundField[] => {
  const parts = splitNames(text.replace(/\s*[.;:]\s*$/, ''));
  const found = parts.map((part) => fieldFromName(part, at));
  const end = found.indexOf(undefined);
  const isVerb = end > 1 && goesOn(textAt(parts, end), at.language);
  const names = end < 0 ? found : isVerb ? found.slice(0, end) : [];
  return names.filter((f) => f !== undefined);
};

const goesOn = (part: string, language: Language): boolean => {
  const first = part.split(/\s+/)[0] ?? '';
  const verb = verbOf(first, language) ?? (language === 'pt' ? infinitiveOf(first) : undefined);
  return verb?.noun === false;
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
