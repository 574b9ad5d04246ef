import { textAt } from '../text/text-at.js';
import { addField, type FoundField } from './add-field.js';
import { withoutCondition, withoutPurpose } from './clauses.js';
import { entityFor, findEntity, type DraftEntity, type Reading } from './draft.js';
import { fieldsFromList, leadingFields } from './field-list.js';
import { actsIn, mentionsIn } from './mentions.js';
import { readPhrase, tokensOf } from './noun-phrase.js';
import { spokenChain } from './spoken-chain.js';
import { isStateName, readStates } from './states.js';
import { verbOf } from './verbs.js';

interface Line {
  readonly text: string;
  readonly line: number;
}

const FOLLOWING =
  /\b(?:following|seguintes?)\s+(?:[\p{L}-]+\s+){0,2}(?:fields?|attributes?|data|campos?|dados|atributos?|informações)[^:]{0,90}:\s*(.+)$/iu;
const WITH =
  /\b(?:with|com|containing|contendo|informando|indicando|stating|giving|including|incluindo|by providing|providing|specifying|especificando|choosing|escolhendo|selecting|selecionando):?\s+(?!status\s+[A-Z])(?:(?:the|its|their|o|os|as|seus?|suas?)\s+(?=\p{L}))?([^.;:]+)/iu;
const PARENTHESES = /\(([^()]*(?:\([^()]*\)[^()]*)*)\)/;
const HAS =
  /^\s*(?:cada|todo|toda|um|uma|o|a|each|every|an?|the|all)?\s*([\p{L}_ -]{2,40}?)\s+(?:(?:must|shall|should|will)\s+(?:have|store|hold|contain|include)|has|have|stores?|holds?|records?|contains?|includes?|consists? of|is described by|deve(?:m|rá)?\s+(?:ter|conter|possuir|incluir)|tem|têm|possui|possuem|contém|guarda|inclui|é composto por|é descrit[oa] por)\s*:?\s+(?!to\b|been\b|que\b|n[oa] m[íi]nimo|no m[áa]ximo|at least|at most|up to|at[ée]\b|pelo menos|exactly|exatamente|between|entre|[oa]s? mesm|the same|many|vári|muit)(.+?)\.?$/iu;
const ONE_OF =
  /\b(?:an?|the|um|uma|o|a)\s+([\p{L}_ -]{2,30}?)\s+(?:that is|which is|is|being|que é|que seja|é|sendo)\s+(?:one of|um d[eo]s?|uma d[ae]s?)\s*:?\s*(.+?)\.?$/iu;

/** Of each thing, by the words `each` or `every`: `for each doctor: name, specialty`, `Para cada pedido o sistema guarda …`. */
const OF_EACH =
  /\b(?:for|of|about|on|de|para|sobre)\s+(?:each|every|cada|tod[oa](?:\s+[oa])?)\s+([\p{L}_ -]{2,40}?)\s*(?::|,?\s+(?:the\s+\p{L}+\s+|o\s+\p{L}+\s+|a\s+\p{L}+\s+|we\s+)?(?:must\s+|shall\s+|will\s+|deve(?:m|rá|rão)?\s+)?(?:ser\s+|be\s+)?(?:stores?|records?|keeps?|holds?|registers?|stored|recorded|kept|armazena(?:r|d[oa]s)?|guarda(?:r|d[oa]s)?|registra(?:r|d[oa]s)?|mant[ée]m|manter|mantid[oa]s|informad[oa]s)\b:?)\s+(.+?)\.?$/iu;

const isStates = ({ label, spec }: FoundField): boolean => isStateName(label) && (spec.values?.length ?? 0) > 1;

/** Values of a field that is called status are states, in their order. */
const put = (reading: Reading, entity: DraftEntity, fields: readonly FoundField[]): boolean => {
  for (const field of fields) {
    addField(reading, entity, field);
    if (!isStates(field) || entity.states) continue;
    readStates(reading, entity, { section: 'States', text: (field.spec.values ?? []).join(', '), line: field.line });
  }
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
  const isDuty = /\b(?:must|shall|should|will|dev(?:e|em|erá))\b/iu.test(text);
  if (!match || fields.length < (isDuty ? 2 : 1)) return false;
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
/** Words that bring a thing about without being its creation to the lexicon. */
const BRINGS =
  /\b(?:report|book|log|track|request|generate|issue|reserve|gerar|emitir|reservar|informar|informando|relatar|reportar|contendo|containing|stating|indicando|choosing|escolhendo|selecionando)\b/i;

/** Verbs with which a text says what a thing is made of: to delete something *with backup* tells nothing of its fields. */
const carrier = (reading: Reading, text: string): boolean =>
  BRINGS.test(text) ||
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

/** `let managers maintain rooms (number, floor, rate)`: what stands in parentheses right behind the thing is what it is made of. */
const partsBehind = (reading: Reading, text: string, subject: DraftEntity): string | undefined => {
  const match = PARENTHESES.exec(text);
  const words = tokensOf(text.slice(0, match?.index ?? 0));
  const named = mentionsIn(reading.draft, words.slice(-3).join(' ')).at(-1);
  return match && named?.entity === subject ? textAt(match, 1) : undefined;
};

/** `information of a book, such as title, author`: the names begin behind the words that introduce them. */
const SUCH_AS = /^[^,]*?,?\s+(?:such as|like|for example|e\.g\.|tais como|como por exemplo)\s+/iu;

/** `(ex: sofá, cadeira, etc.)` shows what there may be, not what it is made of. */
const EXAMPLE = /^\s*(?:ex(?:emplos?)?|e\.?\s?g|i\.?\s?e|por exemplo|for example|such as|tais como|como)\b/iu;

/** What stands behind `with`; where that is a thing (`com um barbeiro, com data e hora`), behind the next one as well. */
const withLists = (text: string): readonly string[] => {
  const list = WITH.exec(text)?.[1];
  if (list === undefined) return [];
  const [, again] = /^(?:um|uma|an?)\s[^,]*,\s*(?:com|with)\s+(.+)$/iu.exec(list) ?? [];
  return [(again ?? list).replace(SUCH_AS, '')];
};

/** `clientes (nome, telefone) e de barbeiros (nome, comissão)`: each thing with what it is made of behind it. */
const GROUP = /([\p{L}][\p{L} -]{2,60}?)\s*\(([^()]{3,200})\)/gu;

/** What leads up to the thing that a group describes: `o cadastro de`, `e de`. */
const LINKED = /^.*(?:^|[\s,])(?:d[aeo]s?|of|and|e|[oa]s?|the)\s+/iu;

/** Groups that follow each other with nothing but `and` between them. */
const adjacentGroups = (text: string): readonly RegExpMatchArray[] => {
  const all = [...text.matchAll(GROUP)];
  const follows = (group: RegExpMatchArray, at: number): boolean => {
    const last = all[at - 1];
    return last === undefined || (group.index ?? 0) - (last.index ?? 0) - last[0].length <= 2;
  };
  return all.every(follows) ? all : [];
};

const readGroups = (reading: Reading, { text, line }: Line): boolean => {
  const groups = adjacentGroups(text).map(([, words = '', list = '']) => ({
    name: words.replace(LINKED, '').trim(),
    fields: listAt(reading, list, line),
  }));
  const isEach = groups.every(({ name, fields }) => fields.length > 1 && !isStateName(name));
  if (groups.length < 2 || !isEach || !carrier(reading, text)) return false;
  const read = groups.map(({ name, fields }) => {
    const owner = ownerOf(reading, name);
    return owner ? put(reading, owner, fields) : false;
  });
  return read.includes(true);
};

const readWith = (reading: Reading, { text, line }: Line, subject: DraftEntity): boolean => {
  if (!carrier(reading, text)) return false;
  const behind = makes(reading, text, subject) ? PARENTHESES.exec(text)?.[1] : partsBehind(reading, text, subject);
  const inside = behind === undefined || EXAMPLE.test(behind) ? undefined : behind;
  const { language } = reading.draft;
  return [...withLists(text), ...(inside === undefined ? [] : [inside])]
    .map((list) => leadingFields(withoutCondition(withoutPurpose(list)), { line, language }))
    .filter((f) => f.length > 1)
    .some((f) => put(reading, subject, f));
};

const readOfEach = (reading: Reading, { text, line }: Line): boolean => {
  const match = OF_EACH.exec(text);
  const fields = match ? listAt(reading, textAt(match, 2), line) : [];
  const owner = fields.length > 1 ? ownerOf(reading, textAt(match, 1)) : undefined;
  return owner ? put(reading, owner, fields) : false;
};

/** `status (open, closed)`, `situação: aberta, resolvida`, wherever a sentence says it of the subject. */
const STATUS = /\b(status|situa[cç][aã]o|estado|state)\s*(?:\(|:\s)\s*([^().:]{3,200}?)(?:\)|[.;]|$)/iu;

/** `Um agendamento pode estar: pendente, confirmado ou cancelado`: single words behind a colon. */
const MAY_BE =
  /\b(?:pode(?:m)?\s+(?:estar|ficar|ser)|(?:can|may)\s+be(?:\s+in)?|is\s+(?:either|one\s+of))\s*:\s*((?:\p{L}+(?:,\s*|\s+(?:ou|e|or|and)\s+)){1,9}\p{L}+)\s*(?:[.;]|$)/iu;

const readStatus = (reading: Reading, { text, line }: Line, subject: DraftEntity): void => {
  const said = spokenChain(text) ?? STATUS.exec(text)?.[2] ?? MAY_BE.exec(text)?.[1];
  if (said === undefined || subject.states) return;
  readStates(reading, subject, { section: 'States', text: said, line });
};

/** `List appointments by doctor, day and status`, `filtrar por cliente ou data`: what narrows the list of a thing that has no fields yet is one of them. */
const BY =
  /\b(?:by|por|pel[oa]s?)\s+((?:(?:the|its|o|a|os|as)\s+)?\p{L}[^.;:()]*?)(?=,?\s+(?:with|in|on|at|com|em|no|na|using|e permitir|and allow)\b|[.;:(]|$)/iu;

const readBy = (reading: Reading, { text, line }: Line, subject: DraftEntity): boolean => {
  const act = actsIn(text, reading.draft.language).find((a) => a.verb.kind === 'list');
  const about = (act?.thing ? findEntity(reading.draft, act.thing) : undefined) ?? subject;
  if (!act || about.fields.length > 0) return false;
  const list = withoutPurpose(textAt(BY.exec(text), 1)).replace(/\s+(?:ou|or)\s+(?:(?:por|by)\s+)?/gi, ', ');
  const fields = listAt(reading, list, line);
  const named = fields.filter((f) => !isStateName(f.label));
  return fields.length > 1 && put(reading, about, named);
};

/** `Registrar nome, fabricante, validade e preço`: three or more names right after the verb. */
const readBare = (reading: Reading, { text, line }: Line, subject: DraftEntity): boolean => {
  const list = /\b(?:registrar|cadastrar|informar|record|capture|register|enter)\s+(.+)$/iu.exec(text)?.[1];
  const named = withoutPurpose(list ?? '')
    .split(/\s+(?:com|with)\s+/)
    .at(-1);
  const fields = listAt(reading, named ?? '', line);
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
  const forms = [
    readFollowing,
    (r: Reading, l: Line): boolean => readOfEach(r, l),
    readOneOf,
    (r: Reading, l: Line): boolean => readHas(r, l),
    (r: Reading, l: Line): boolean => readGroups(r, l),
    readWith,
    readBy,
    readBare,
  ];
  forms.some((form) => form(reading, at, subject));
  readStatus(reading, at, subject);
};
