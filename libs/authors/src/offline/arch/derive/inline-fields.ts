import { textAt } from '../text/text-at.js';
import { addField, type FoundField } from './add-field.js';
import { entityFor, findEntity, type DraftEntity, type Reading } from './draft.js';
import { fieldsFromList } from './field-list.js';
import { actsIn, mentionsIn } from './mentions.js';
import { readPhrase, tokensOf } from './noun-phrase.js';
import { verbOf } from './verbs.js';

interface Line {
  readonly text: string;
  readonly line: number;
}

const FOLLOWING =
  /\b(?:following|seguintes?)\s+(?:[\p{L}-]+\s+){0,2}(?:fields?|attributes?|data|campos?|dados|atributos?|informações)[^:]{0,90}:\s*(.+)$/iu;
const WITH =
  /\b(?:with|com|containing|contendo|informando|including|incluindo|by providing|providing|com os campos|with the fields)\s+(?!status\s+[A-Z])([^.;:]+)/iu;
const PARENTHESES = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)/;
const HAS =
  /^\s*(?:cada|todo|toda|um|uma|o|a|each|every|an?|the|all)?\s*([\p{L}_ -]{2,40}?)\s+(?:has|have|stores?|holds?|records?|contains?|consists? of|is described by|tem|possui|contém|guarda|é composto por|é descrit[oa] por)\s+(?!to\b|been\b|que\b|no mínimo|at least|many|vári|muit)(.+?)\.?$/iu;
const ONE_OF =
  /\b(?:an?|the|um|uma|o|a)\s+([\p{L}_ -]{2,30}?)\s+(?:that is|which is|is|being|que é|que seja|é|sendo)\s+(?:one of|um d[eo]s?|uma d[ae]s?)\s*:?\s*(.+?)\.?$/iu;

const put = (reading: Reading, entity: DraftEntity, fields: readonly FoundField[]): boolean => {
  for (const field of fields) addField(reading, entity, field);
  return fields.length > 0;
};

const listAt = (reading: Reading, text: string, line: number): readonly FoundField[] =>
  fieldsFromList(text.replace(/\s*[.;:]\s*$/, ''), { line, language: reading.draft.language });

/** A thing's name in front of `has`; made when it is new, as long as the words are a thing and not a clause. */
const ownerOf = (reading: Reading, name: string): DraftEntity | undefined => {
  const { language } = reading.draft;
  const known = mentionsIn(reading.draft, name).at(-1)?.entity;
  const tokens = tokensOf(name);
  if (known || tokens.length > 3 || verbOf(textAt(tokens, tokens.length - 1), language)) return known;
  const phrase = readPhrase({ tokens, language }, 0, true);
  return phrase?.length === tokens.length ? entityFor(reading, phrase) : undefined;
};

const readHas = (reading: Reading, { text, line }: Line): boolean => {
  const match = HAS.exec(text);
  const fields = match ? listAt(reading, textAt(match, 2), line) : [];
  if (!match || fields.length === 0) return false;
  const owner = ownerOf(reading, textAt(match, 1));
  return owner ? put(reading, owner, fields) : false;
};

const readOneOf = (reading: Reading, { text, line }: Line, subject: DraftEntity): boolean => {
  const match = ONE_OF.exec(text);
  const values = textAt(match, 2)
    .split(/\s*,\s*(?:ou |or )?|\s+(?:ou|or)\s+/)
    .map((v) => v.replace(/["'“”*`.]/g, '').trim())
    .filter((v) => v !== '');
  if (!match || values.length < 2 || values.some((v) => v.split(' ').length > 3)) return false;
  addField(reading, subject, {
    label: textAt(match, 1),
    spec: { type: 'enum', values: [...new Set(values)] },
    line,
    excerpt: text,
  });
  return true;
};

const CARRIES = new Set(['create', 'update', 'list', 'manage', 'read']);

/** Verbs with which a text says what a thing is made of: to delete something *with backup* tells nothing of its fields. */
const carrier = (reading: Reading, text: string): boolean =>
  tokensOf(text)
    .slice(0, 12)
    .some((t) => CARRIES.has(verbOf(t, reading.draft.language)?.kind ?? ''));

/** `Criar novo livro (título, autor)`: the verb comes first and makes or changes the subject itself. */
const makes = (reading: Reading, text: string, subject: DraftEntity): boolean => {
  const act = actsIn(text, reading.draft.language)[0];
  return (
    act?.place === 0 &&
    (act.verb.kind === 'create' || act.verb.kind === 'update') &&
    act.thing !== undefined &&
    findEntity(reading.draft, act.thing) === subject
  );
};

const readWith = (reading: Reading, { text, line }: Line, subject: DraftEntity): boolean => {
  if (!carrier(reading, text)) return false;
  const inside = makes(reading, text, subject) ? PARENTHESES.exec(text)?.[1] : undefined;
  const lists = [WITH.exec(text)?.[1], inside].filter((l): l is string => l !== undefined);
  return lists
    .map((list) => listAt(reading, list, line))
    .filter((f) => f.length > 1)
    .some((f) => put(reading, subject, f));
};

/** `Registrar nome, fabricante, validade e preço`: three or more names right after the verb. */
const readBare = (reading: Reading, { text, line }: Line, subject: DraftEntity): boolean => {
  const list = /\b(?:registrar|cadastrar|informar|record|capture|register|enter)\s+(.+)$/iu.exec(text)?.[1];
  const fields = list === undefined ? [] : listAt(reading, list.split(/\s+(?:com|with)\s+/).at(-1) ?? '', line);
  return fields.length >= 3 && put(reading, subject, fields);
};

const readFollowing = (reading: Reading, { text, line }: Line, subject: DraftEntity): boolean => {
  const list = FOLLOWING.exec(text)?.[1];
  if (list === undefined) return false;
  const owner = mentionsIn(reading.draft, text.split(':')[0] ?? '').at(-1)?.entity ?? subject;
  return put(reading, owner, listAt(reading, list, line));
};

/** Fields that a sentence names in passing, tried from the clearest form to the vaguest. */
export const readInlineFields = (reading: Reading, at: Line, subject: DraftEntity): void => {
  const forms = [readFollowing, readOneOf, (r: Reading, l: Line): boolean => readHas(r, l), readWith, readBare];
  forms.some((form) => form(reading, at, subject));
};
