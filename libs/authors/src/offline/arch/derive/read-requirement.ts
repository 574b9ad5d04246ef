import { textAt } from '../text/text-at.js';
import { plain, blocksOf, type Block, type BlockOf } from '../text/markdown.js';
import type { Language } from '../text/language.js';
import { addField, type FoundField } from './add-field.js';
import { entitiesInCode } from './code-blocks.js';
import { addRule, entityFor, findByKey, type DraftEntity, type Reading } from './draft.js';
import { fieldFromBullet, fieldFromName, fieldsFromList, fieldsFromTable } from './field-list.js';
import { readInlineFields } from './inline-fields.js';
import { mentionsIn } from './mentions.js';
import { declaredPhrase, keyOf } from './noun-phrase.js';
import { applyVerb, readBulletOperation, readSentenceOperations } from './operations.js';
import { linkNamedFields, readRelations } from './relations.js';
import { withNestedFields } from './nested-fields.js';
import { readRule } from './rules.js';
import { isStateLabel, readSpokenStates, readStates, readTitleState } from './states.js';
import { firstSentence, isSentence, subjectOf, type Subject } from './subject.js';

/** Parts of a requirement that tell of other things: examples, gains, progress. */
const ASIDE =
  /^(exemplos?|examples?|benef[ií]cios?|benefits?|status v|refer[eê]ncias?|references?|why this|por que|independent test|priorid|priority|atores?|actors?|pr[eé]-?condi|preconditions?|postcond|padr[aã]o|pattern|fluxo|flow|canais|channels|protocolos?|t[íi]tulo|title|id$|depend|quality req|requisitos n[aã]o|rules that concern|regras que lhe|esfor[cç]o|effort|valor de neg|business value)/i;
const FIELD_LABEL =
  /^(?:(?:campos?|atributos?|dados|propriedades?|configura[cç](?:[aã]o|[oõ]es)|informa[cç][oõ]es|fields?|attributes?|data|propert(?:y|ies)|columns?|colunas?|information)(?:\s+(?:obrigat[oó]rios?|principais|required|main))?)(?:\s+(?:d[oae]s?|of(?: the| an?)?|for(?: the| an?)?)\s+(.+))?$/iu;
const OWNED_FIELDS = /^(.+?)(?:'s)?\s+(?:fields|attributes|data|properties|columns|model)$/i;
const ENTITY_SECTION =
  /^(key entities|entidades(?: principais)?|entities|dados|requisitos de dados|data model|modelo de dados|data)\b/i;
const HAS_LABEL =
  /^(?:cada|todo|toda|um|uma|o|a|each|every|an?|the)\s+(.+?)\s+(?:(?:must|shall|should|will)\s+(?:have|contain|store|include)|(?:deve|deverá)\s+(?:ter|conter|possuir|incluir)|has|have|has the following fields|contains|stores|tem|terá|possui|possuirá|contém|conterá|guarda)(?:\s+.*)?$/iu;

interface Walk {
  readonly reading: Reading;
  readonly subject: DraftEntity;
}

const declared = (reading: Reading, text: string): DraftEntity | undefined => {
  const phrase = declaredPhrase(text, reading.draft.language);
  return phrase ? entityFor(reading, phrase) : undefined;
};

const fieldOwner = ({ reading, subject }: Walk, section: string): DraftEntity | undefined => {
  const named = FIELD_LABEL.exec(section);
  if (named) return named[1] === undefined ? subject : (declared(reading, named[1]) ?? subject);
  const owned = OWNED_FIELDS.exec(section) ?? HAS_LABEL.exec(section);
  return owned ? (declared(reading, textAt(owned, 1)) ?? subject) : undefined;
};

/** Whose fields stand under a label: the one it names, else the requirement's subject. */
const ownerUnder = (walk: Walk, section: string): DraftEntity => {
  const { reading, subject } = walk;
  return fieldOwner(walk, section) ?? findByKey(reading.draft, keyOf(section, reading.draft.language)) ?? subject;
};

const readEntityBullet = ({ reading }: Walk, item: BlockOf<'item'>): boolean => {
  const [, name, rest] = /^([^:]{2,40}):\s+(.+)$/.exec(item.text) ?? [];
  if (name === undefined || rest === undefined || !ENTITY_SECTION.test(item.section)) return false;
  const entity = declared(reading, textAt(name.split('/'), 0));
  if (entity) readEntityFields(reading, entity, { text: rest, line: item.line });
  return entity !== undefined;
};

const readEntityFields = (
  reading: Reading,
  entity: DraftEntity,
  at: { readonly text: string; readonly line: number },
): void => {
  const fields = fieldsFromList(at.text, { line: at.line, language: reading.draft.language });
  if (fields.length < 2) return readInlineFields(reading, at, entity);
  for (const field of fields) addField(reading, entity, field);
};

const yesNo = ({ text, line }: BlockOf<'item'>): FoundField => ({
  label: textAt(OR_NOT.exec(text), 1),
  spec: { type: 'boolean' },
  line,
  excerpt: text,
});

const readListedFields = (walk: Walk, item: BlockOf<'item'>): boolean => {
  const owner = fieldOwner(walk, item.section);
  if (!owner) return false;
  const at = { line: item.line, language: walk.reading.draft.language };
  const whole = OR_NOT.test(item.text) ? yesNo(item) : fieldFromName(item.text, at);
  const found = item.text.replace(/\([^()]*\)/g, '').match(/,|\s(?:e|and)\s/)
    ? fieldsFromList(item.text, at)
    : whole
      ? [whole]
      : [];
  for (const field of found) addField(walk.reading, owner, field);
  return found.length > 0;
};

/** `Estado (disponível ou não)` is yes or no, not a way through states. */
const OR_NOT = /\(([^()]+?),?\s+(?:ou n[ãa]o|or not)\)\.?$/iu;

const readItemStates = (walk: Walk, item: BlockOf<'item'>): boolean => {
  if (OR_NOT.test(item.text)) return false;
  const parts = splitLabel(item.text);
  const own =
    parts && isStateLabel(parts.label) ? { text: parts.rest, section: parts.label, line: item.line } : undefined;
  if (own && readStates(walk.reading, walk.subject, own)) return true;
  return readStates(walk.reading, ownerUnder(walk, item.section), item);
};

const readItem = (walk: Walk, item: BlockOf<'item'>): void => {
  const { reading, subject } = walk;
  const at = { line: item.line, language: reading.draft.language };
  if (readItemStates(walk, item) || readEntityBullet(walk, item)) return;
  const field = fieldFromBullet(item.text, at);
  if (field) return addField(reading, ownerUnder(walk, item.section), field);
  if (readListedFields(walk, item) || ASIDE.test(item.section)) return;
  readBulletOperation(reading, item.text, subject);
  readText(walk, { text: item.text, line: item.line });
};

const splitLabel = (text: string): { readonly label: string; readonly rest: string } | undefined => {
  const [, label, rest] = /^([^:→]{2,50}):\s+(.+)$/.exec(text) ?? [];
  return label === undefined || rest === undefined ? undefined : { label, rest };
};

const readText = ({ reading, subject }: Walk, at: { readonly text: string; readonly line: number }): void => {
  for (const text of toSentences(at.text)) readInlineFields(reading, { text, line: at.line }, subject);
  readSentenceOperations(reading, at.text);
  readSpokenStates(reading, statedEntity(reading, at.text) ?? subject, { ...at, section: '' });
};

/** The entity named nearest before the state's word: `campos ao formulário enquanto este estiver em estado DRAFT`. */
const statedEntity = (reading: Reading, text: string): DraftEntity | undefined => {
  const place = text.search(/\b(?:status|estado|situação|state|estiver|becomes?)\b/i);
  return (
    mentionsIn(reading.draft, place < 0 ? text : text.slice(0, place)).at(-1)?.entity ??
    mentionsIn(reading.draft, text)[0]?.entity
  );
};

const readTable = (walk: Walk, table: BlockOf<'table'>): void => {
  const owner = ownerUnder(walk, table.section);
  for (const field of fieldsFromTable(table)) addField(walk.reading, owner, field);
};

const readCode = ({ reading, subject }: Walk, block: BlockOf<'code'>): void => {
  for (const found of entitiesInCode(block)) {
    const named =
      found.name === undefined ? undefined : declared(reading, found.name.replace(/([a-z])([A-Z])/g, '$1 $2'));
    const owner = named ?? codeOwner(reading, block.section, subject);
    if (owner) for (const field of found.fields) addField(reading, owner, field);
  }
};

const codeOwner = (reading: Reading, section: string, subject: DraftEntity): DraftEntity | undefined =>
  mentionsIn(reading.draft, section)[0]?.entity ?? (ASIDE.test(section) ? undefined : subject);

const readLabelled = (
  walk: Walk,
  block: { readonly text: string; readonly section: string; readonly line: number },
): void => {
  const { reading, subject } = walk;
  if (readStates(reading, subject, block)) return;
  if (readLabelledFields(walk, block) || ASIDE.test(block.section)) return;
  readText(walk, block);
};

const readLabelledFields = (
  walk: Walk,
  block: { readonly text: string; readonly section: string; readonly line: number },
): boolean => {
  const owner = block.text === '' ? undefined : fieldOwner(walk, block.section);
  if (!owner) return false;
  const fields = fieldsFromList(block.text, { line: block.line, language: walk.reading.draft.language });
  for (const field of fields) addField(walk.reading, owner, field);
  return fields.length > 0;
};

const readBlock = (walk: Walk, block: Block): void => {
  if (block.kind === 'item') readItem(walk, block);
  else if (block.kind === 'table') readTable(walk, block);
  else if (block.kind === 'code') readCode(walk, block);
  else if (block.kind === 'paragraph') readLabelled(walk, splitParagraph(block));
  else readLabelled(walk, labelText(block));
};

const GOES_ON = /\s(?:with|com|including|incluindo|containing|contendo)$/i;

/** A sentence up to its colon is no label: `Every gadget has a colour that is one of: red, green`. */
const labelText = (
  block: BlockOf<'label'>,
): { readonly text: string; readonly section: string; readonly line: number } =>
  block.rest !== '' && (block.text.split(' ').length > 4 || GOES_ON.test(block.text))
    ? { text: `${block.text}: ${block.rest}`, section: '', line: block.line }
    : { text: block.rest, section: block.text, line: block.line };

const splitParagraph = (
  block: BlockOf<'paragraph'>,
): { readonly text: string; readonly section: string; readonly line: number } => {
  const parts = splitLabel(block.text);
  return parts && isStateLabel(parts.label) ? { text: parts.rest, section: parts.label, line: block.line } : block;
};

interface Sentence {
  readonly text: string;
  readonly line: number;
}

const toSentences = (text: string): readonly string[] =>
  text
    .split(/(?<=[.!?])\s+(?=\p{Lu})/u)
    .map((s) => s.trim())
    .filter((s) => s !== '');

/** Blocks that state no rule: asides (but for the rules that the product owner appends) and fields, whose words are read elsewhere. */
const isSilent = (b: Exclude<Block, { readonly kind: 'code' | 'table' }>, language: Language): boolean => {
  if (b.kind === 'label') return false;
  const isAside = ASIDE.test(b.section) && !/^(rules that|regras que)/i.test(b.section);
  return isAside || (b.kind === 'item' && fieldFromBullet(b.text, { line: b.line, language }) !== undefined);
};

const sentencesOf = (
  blocks: readonly Block[],
  criteria: readonly string[],
  language: Language,
): readonly Sentence[] => [
  ...blocks.flatMap((b) => {
    if (b.kind === 'table') return b.rows.map((r) => ({ text: r.join(' — '), line: b.line }));
    if (b.kind === 'code' || isSilent(b, language)) return [];
    return toSentences(b.kind === 'label' ? b.rest : b.text).map((text) => ({ text, line: b.line }));
  }),
  ...criteria.map((text) => ({ text: plain(text), line: 0 })),
];

const BOILERPLATE =
  /^(technical design document|architecture diagrams|api contracts defined|database schema designed|integration points|documento de design|diagramas de arquitetura|contratos de api)/i;

/** `Priority: Must`, `Critério de aceite: …`: cells of a row beside its text; the criteria are read as criteria. */
const BESIDE =
  /^(?:prioridade|priority|moscow|acceptance criteri(?:a|on)|crit[ée]rios? de (?:aceite|aceita[cç][aã]o)|atore?s?|actors?|depend[êe]ncias?|dependenc(?:y|ies)):\s/i;

const isBeside = (block: Block, criteria: readonly string[]): boolean =>
  block.kind === 'item' &&
  BESIDE.test(block.text) &&
  (criteria.length > 0 || !/^(?:acceptance|crit)/i.test(block.text));

const readTitle = (reading: Reading, { entity, verbs }: Subject): void => {
  for (const verb of verbs) applyVerb(reading, entity, verb);
  const action = verbs.find((v) => v.kind === 'action')?.slug;
  readTitleState(reading, entity, action);
};

/** Folds one requirement into the draft: entities, fields, states, relations, operations, rules; never nothing. */
export const readRequirement = (reading: Reading): void => {
  const subject = subjectOf(reading);
  if (!subject) return;
  const walk: Walk = { reading, subject: subject.entity };
  const blocks = withNestedFields(blocksOf(reading.source.text)).filter(
    (block) => !isBeside(block, reading.source.criteria),
  );
  const criteria = reading.source.criteria.filter(
    (c) => !BOILERPLATE.test(c) && !BESIDE.test(c.replace(/^\(\p{L}+\) /u, '')),
  );
  readTitle(reading, subject);
  for (const block of blocks) readBlock(walk, block);
  const said = isSentence(reading.source.title) ? [plain(reading.source.title)] : [];
  readSentenceOperations(reading, firstSentence(reading.source.text));
  for (const text of [
    ...said,
    ...(reading.source.userStory === undefined ? [] : [reading.source.userStory]),
    ...criteria.map(plain),
  ])
    readText(walk, { text, line: 0 });
  const sentences = sentencesOf(blocks, [...said, ...criteria], reading.draft.language);
  readRelations(reading, sentences, subject.entity);
  linkNamedFields(reading);
  for (const { text } of sentences) readRule(reading, text, subject.entity);
  keepTrace(reading, subject.entity, blocks);
};

/** A requirement from which nothing else came is kept as a rule, so that no requirement is lost. */
const keepTrace = (reading: Reading, entity: DraftEntity, blocks: readonly Block[]): void => {
  const { draft, source } = reading;
  const contributed = draft.entities.some(
    (e) =>
      e.requirements[0] === source.id ||
      e.fields.some((f) => f.source === source.id) ||
      e.operations.some((o) => o.requirement === source.id),
  );
  if (contributed || draft.rules.some((r) => r.requirement === source.id)) return;
  const text =
    firstSentence(source.text) ||
    source.title ||
    blocks.map((b) => (b.kind === 'item' ? b.text : '')).find((t) => t !== '') ||
    source.id;
  const bare = text.replace(/^[-*+]\s+(?:\[[ xX]\]\s+)?/, '');
  addRule(reading, { text: bare, kind: 'other', entity: entity.name });
};
