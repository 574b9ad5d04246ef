import { textAt } from '../text/text-at.js';
import { ascii } from '../text/identifiers.js';
import { addRelation } from './add-field.js';
import { entityFor, findByKey, findEntity, type Draft, type DraftEntity, type Reading } from './draft.js';
import { actsIn, mentionsIn } from './mentions.js';
import { declaredPhrase, keyOf, phraseOf, readPhrase, tokensOf, type NounPhrase } from './noun-phrase.js';
import { claimedThing } from './relations.js';
import { withoutActor, withoutPurpose } from './clauses.js';
import {
  ACTOR,
  CREATE,
  fromAccount,
  fromBearer,
  fromCommand,
  fromManaged,
  fromOccasion,
  proper,
  type Candidate,
} from './sentence-things.js';
import { topicOf, type Topic } from './title.js';
import type { Language } from '../text/language.js';
import { infinitiveOf, verbOf, type Verb } from './verbs.js';

/** What a requirement is about, and what its title says is done with it. */
export interface Subject {
  readonly entity: DraftEntity;
  readonly verbs: readonly Verb[];
}

const fromTopic = (topic: Topic): Candidate | undefined =>
  topic.thing
    ? { phrase: topic.thing, verbs: topic.verbs, ...(topic.parent ? { parent: topic.parent } : {}) }
    : undefined;

/** Titles that say how good things are, not what they are. */
const QUALITY =
  /^(impedir|evitar|garantir|permitir|prevent|ensure|allow|enforce|zero|100%|production|performance|seguran[cç]a|security|usab|escalab|scalab|conform|compliance|rnf)/i;
/** What shows things is none of them. */
const REPORT = /^(?:relatorios?|reports?|dashboards?|paineis|painel|estatisticas?|indicadores)\b/i;
const NO_THING = [REPORT, QUALITY];
const isLoan = (title: string): boolean => tokensOf(title).some((t) => /\p{Ll}\p{Lu}/u.test(t));

/** `Reserva de área` are two words. */
const wordsOf = (label: string): number => label.split(/ (?:d[aeo]s? )?/).length;

/** A title is trusted for a new entity when it does something to it, or is a short name in the document's own language. */
const isTelling = (draft: Draft, title: string, topic: Topic): boolean => {
  const bare = ascii(title).trim();
  if (!topic.thing || NO_THING.some((pattern) => pattern.test(bare))) return false;
  if (isLoan(textAt(title.split(/\s[–—-]\s/), 0))) return false;
  if (topic.verbs.length > 0 || topic.parent !== undefined) return true;
  return mentionsIn(draft, title).length === 0 && wordsOf(topic.thing.label) <= 2;
};

const DESCRIPTION =
  /^\s*(?:\*\*)?(?:descri[cç][aã]o|description|resumo|summary|objetivo|goal)(?:\*\*)?\s*:?(?:\*\*)?\s*/i;
const META = /^(prioridade|priority|depende de|depends on|status)\b/i;
/** The first sentence of the text, without its label. */
export const firstSentence = (text: string): string =>
  (
    text
      .split(/\n\s*\n|\n(?=\s*[-*\d#|])/)
      .map((p) =>
        p
          .replace(DESCRIPTION, '')
          .replace(/\*\*|`/g, '')
          .replace(/\s+/g, ' ')
          .trim(),
      )
      .find((p) => p !== '' && !META.test(p) && !/^#{1,6}\s/.test(p)) ?? ''
  ).split(/(?<=[.!?])\s+(?=\p{Lu})/u)[0] ?? '';

/** What a sentence acts on: a thing that the model knows before a new one. */
const fromSentence = (draft: Draft, text: string): Candidate | undefined => {
  const acts = actsIn(text, draft.language).filter((a) => a.thing && !ACTOR.test(a.thing.label));
  const act = acts.find((a) => a.thing && findEntity(draft, a.thing)) ?? acts.find((a) => !a.verb.noun) ?? acts[0];
  return act?.thing ? { phrase: act.thing, verbs: [act.verb] } : undefined;
};

const passive = (draft: Draft, text: string): Candidate | undefined => {
  const act = actsIn(text, draft.language).find((a) => a.passive);
  if (!act) return undefined;
  const tokens = tokensOf(text).slice(0, act.place);
  const from = tokens.findLastIndex((t) => /^(que|that|os|as|the|o|a)$/i.test(t));
  const phrase = readPhrase({ tokens, language: draft.language }, from < 0 ? 0 : from + 1);
  return phrase ? { phrase, verbs: [act.verb] } : undefined;
};

const fromMention = (draft: Draft, text: string): Candidate | undefined => {
  const mention = mentionsIn(draft, text)[0]?.entity;
  return mention
    ? { phrase: { label: mention.label, labelPlural: mention.labelPlural, key: mention.key, length: 1 }, verbs: [] }
    : undefined;
};

const ENTITY_LABEL = /^\s*(?:[-*]\s*)?\*{0,2}(?:entidade|entity|objeto|object)\*{0,2}\s*:\*{0,2}\s*(.+)$/im;

const fromLabel = ({ source, draft }: Reading): Candidate | undefined => {
  const named = ENTITY_LABEL.exec(source.text)?.[1];
  const phrase = named === undefined ? undefined : declaredPhrase(named.replace(/[*`"]/g, ''), draft.language);
  return phrase ? { phrase, verbs: [] } : undefined;
};

const MODAL = /^(?:can|may|must|shall|should|will|pode[m]?|deve[m]?)$/i;
const ARTICLE = /^(?:an?|the|um|uma|o|a|os|as)$/i;
const OF = /^(?:d[aeo]s?|of)$/i;
const LINK = /^(?:d[aeo]s?|of|to|in|on|for|with|em|n[oa]s?|para|por|com|and|e)$/i;

const isCommand = ([first = '', second = '']: readonly string[], language: Language): boolean =>
  ARTICLE.test(second) || verbOf(first, language)?.noun === false || infinitiveOf(first) !== undefined;

const before = (words: readonly string[], ends: (word: string, at: number) => boolean): readonly string[] => {
  const end = words.findIndex((word, at) => at > 0 && ends(word, at));
  return end < 0 ? words : words.slice(0, end);
};

const withoutArticle = (words: readonly string[]): readonly string[] =>
  words.length > 1 && ARTICLE.test(textAt(words, 0)) ? words.slice(1) : words;

/** What of a title may name its thing: the words before `can` or `must`, without the verb in front; at most three. */
const thingWords = (title: string, language: Language): readonly string[] => {
  const all = tokensOf(title.replace(NORMATIVE, '').replace(/\s*\([^()]*\)/g, ' ')).filter((t) =>
    /[\p{L}\p{N}]/u.test(t),
  );
  const words = before(all, (word) => MODAL.test(word));
  const rest = words.length > 1 && isCommand(words, language) ? words.slice(1) : words;
  const kept = withoutArticle(rest).slice(0, 3);
  return before(kept, (word, at) => LINK.test(word) && (!OF.test(word) || at === kept.length - 1));
};

const lastResort = (reading: Reading): Candidate | undefined => {
  const { draft, source } = reading;
  const [first] = draft.entities;
  if (first) return { phrase: { ...first, length: 1 }, verbs: [] };
  const words = thingWords(source.title, draft.language);
  const said = words.length === 0 ? source.id : words.join(' ');
  const label = said.charAt(0).toUpperCase() + said.slice(1);
  if (words.length === 1) return { phrase: phraseOf([label], draft.language, 1), verbs: [] };
  return { phrase: { label, labelPlural: label, key: label.toLowerCase(), length: 1 }, verbs: [] };
};

const NORMATIVE =
  /^(?:the |this |o |a )?(?:system|application|app|platform|service|api|sistema|aplica[cç][aã]o|plataforma|aplicativo|solu[cç][aã]o) (?:must|shall|should|will|deve|deverá|devem)\b/i;

/** The sentence that a requirement is, where it has no title of its own: its title then is cut out of it. */
const sentenceOf = ({ source }: Reading): string | undefined => {
  if (isSentence(source.title)) return source.title;
  const first = firstSentence(source.text);
  const words = source.title.toLowerCase().slice(0, 24);
  return NORMATIVE.test(first) && first.toLowerCase().includes(words) ? first : undefined;
};

/** A requirement whose title is a whole sentence (`The system MUST …`). */
export const isSentence = (title: string): boolean =>
  /\b(must|shall|should|deve|devem|deverá|can|pode|podem)\b/i.test(title) || title.split(' ').length > 13;
const PER = /\b(?:for|of)\s+(?:each|every)\s+|\b(?:para|de)\s+(?:cada|todo|toda)\s+/i;

const fromEach = (draft: Draft, text: string): Candidate | undefined => {
  const match = PER.exec(text);
  const phrase = match
    ? readPhrase({ tokens: tokensOf(text.slice(match.index + match[0].length)), language: draft.language }, 0)
    : undefined;
  return phrase ? { phrase, verbs: [] } : undefined;
};

/** `The system MUST allow an authenticated customer to …`: who may do it is not what it is about. */
const LEAD =
  /^.*?\b(?:must|shall|should|deve|deverá|can|pode)\b\s*(?:be able to\s+)?(?:(?:allow|let|permit|enable)\s+(?:(?:[\p{L}-]+\s+){1,5}?to\s+|(?:an?|the)\s+(?:[\p{L}-]+\s+){1,3}?(?=(?:view|see|create|edit|list|search|register|return|cancel)\b)|(?:an?|the)?\s*(?:[\p{L}-]+\s+){1,2}?(?=\p{L}+))|permitir\s+(?:que\s+|a[os]?\s+(?:[\p{L}-]+\s+){1,2}?(?=\p{L}+[aei]r\b))?|store and\s+|treat\s+|derive\s+|expose,?\s*)?/iu;

const ofSentence = (reading: Reading, full: string): readonly (() => Candidate | undefined)[] => {
  const { draft, source } = reading;
  const text = full.replace(LEAD, '');
  return [
    () => fromBearer(draft, full),
    () => fromMention(draft, text),
    () => proper(fromEach(draft, text)),
    () => fromOccasion(draft, full),
    () => proper(fromSentence(draft, text)),
    () => proper(passive(draft, text)),
    () => fromCommand(draft, text),
    () => fromManaged(draft, text),
    () => fromMention(draft, source.text),
    () => fromAccount(draft, full),
    () => lastResort(reading),
  ];
};

/** `Register a vehicle`: the title's own thing is what the requirement brings. */
const makesItself = (draft: Draft, { thing, verbs }: Topic): boolean =>
  thing !== undefined && !findEntity(draft, thing) && !verbs.some((v) => v.kind === 'action');

/** `Lend a book`, of whose text `A loan belongs to one book` is the news: the requirement is about loans. */
const fromClaim = ({ draft, source }: Reading, topic: Topic): Candidate | undefined => {
  const claimed = claimedThing(source.text.replace(/\*\*|`/g, ''), draft.language);
  if (!claimed || topic.verbs.length === 0 || topic.thing?.key.includes(claimed.key)) return undefined;
  return makesItself(draft, topic) || findByKey(draft, claimed.key) ? undefined : { phrase: claimed, verbs: [CREATE] };
};

/** `Return a book`, when it is loans that can be returned: the thing whose states know the action. */
const fromTransition = (reading: Reading, topic: Topic): Candidate | undefined => {
  const { draft, source } = reading;
  const slugs = topic.verbs.filter((v) => v.kind === 'action').map((v) => v.slug);
  const known = topic.thing ? findEntity(draft, topic.thing) : undefined;
  const holder = draft.entities.find(
    (e) =>
      e !== known &&
      e.states?.transitions.some((t) => slugs.includes(t.action)) &&
      (known
        ? e.relations.some((r) => r.target === known.name)
        : mentionsIn(draft, `${source.text} ${source.criteria.join(' ')}`).some((m) => m.entity === e)),
  );
  return holder
    ? {
        phrase: { label: holder.label, labelPlural: holder.labelPlural, key: holder.key, length: 1 },
        verbs: topic.verbs,
      }
    : undefined;
};

const DOCUMENT = /^(order|quote|invoice|request|claim|bill|loan|report)$/i;
/** `Order bread`, in a text that speaks of orders: the document, not the bread. */
const fromDocument = ({ draft, source }: Reading): Candidate | undefined => {
  const [word = '', next] = tokensOf(source.title);
  const spoken = new RegExp(String.raw`\b(?:an?|the|each|every|\w+ed)\s+${word.toLowerCase()}s?\b`, 'i');
  if (
    draft.language !== 'en' ||
    !DOCUMENT.test(word) ||
    next === undefined ||
    !spoken.test(`${source.text} ${source.criteria.join(' ')}`)
  )
    return undefined;
  return { phrase: phraseOf([word], 'en', 1), verbs: [CREATE] };
};

/** `Permitir cadastro de clientes`, `Support adding trainers` are about what is permitted. */
const PERMITS =
  /^(?:support|allow|enable)\s+(?=(?:add|edit|creat|updat|delet|remov|list|view|search|brows|manag)\p{L}*[\s,])|^(?:permitir|possibilitar)\s+(?:[oa]s?\s+)?(?=\p{L}{4,}(?:ção|ções|mento|agem|nio|nia|ro|ca|sa|in)\s+d[aeo]s?\s)/iu;

const ofTitle = (spoken: Reading): readonly (() => Candidate | undefined)[] => {
  const { draft } = spoken;
  const title = spoken.source.title.replace(PERMITS, '');
  const reading = { ...spoken, source: { ...spoken.source, title } };
  const source = { ...reading.source, text: withoutActor(reading.source.text) };
  const topic = topicOf(source.title, draft.language);
  const sentence = withoutPurpose(firstSentence(source.text));
  return [
    () => fromLabel(reading),
    () => fromClaim(reading, topic),
    () => fromDocument(reading),
    () => fromTransition(reading, topic),
    () => (topic.thing && findEntity(draft, topic.thing) ? fromTopic(topic) : undefined),
    () => (isTelling(draft, source.title, topic) ? fromTopic(topic) : undefined),
    () => fromMention(draft, source.title),
    () => proper(fromSentence(draft, sentence)),
    () => proper(passive(draft, sentence)),
    () => (source.userStory === undefined ? undefined : proper(fromSentence(draft, withoutActor(source.userStory)))),
    () => fromMention(draft, sentence),
    () => fromMention(draft, source.text),
    () => (QUALITY.test(ascii(source.title)) ? undefined : proper(fromTopic(topic))),
    () => fromAccount(draft, source.title),
    () => lastResort(reading),
  ];
};

/** `Deploy de Oráculos`, with oracles known: the deploy is a thing of its own that belongs to one. */
const apart = (draft: Draft, found: Candidate): Candidate => {
  const [, head, tail] = /^(.+?) de (.+)$/.exec(found.phrase.label) ?? [];
  if (head === undefined || tail === undefined || findEntity(draft, found.phrase)) return found;
  const parent = findByKey(draft, keyOf(tail, draft.language));
  if (!parent) return found;
  const phrase = phraseOf(head.split(' '), draft.language, found.phrase.length);
  return {
    ...found,
    phrase,
    parent: { label: parent.label, labelPlural: parent.labelPlural, key: parent.key, length: 1 },
  };
};

const RULE_ID = /^(?:RN|BR|RULE|REGRA|RNF)[-_ ]?\d/i;

/** A rule speaks of things; it brings none. */
const ofRule = (reading: Reading): readonly (() => Candidate | undefined)[] => {
  const { draft, source } = reading;
  return [
    () => fromMention(draft, source.title),
    () => fromMention(draft, source.text),
    () => (draft.entities.length > 0 ? lastResort(reading) : undefined),
  ];
};

const optionsOf = (reading: Reading, sentence: string | undefined): readonly (() => Candidate | undefined)[] => {
  const usual = sentence === undefined ? ofTitle(reading) : ofSentence(reading, sentence);
  return RULE_ID.test(reading.source.id) ? [...ofRule(reading), ...usual] : usual;
};

const candidates = (reading: Reading): Candidate | undefined => {
  const { draft, source } = reading;
  const sentence = sentenceOf(reading);
  const options = optionsOf(reading, sentence);
  const verbs = sentence === undefined ? topicOf(source.title.replace(PERMITS, ''), draft.language).verbs : [];
  for (const option of options) {
    const found = option();
    if (found) return apart(draft, { ...found, verbs: found.verbs.length > 0 ? found.verbs : verbs });
  }
  return undefined;
};

/** A new thing that is part of another (`campos ao formulário`) belongs to it. */
const linkParent = (reading: Reading, entity: DraftEntity, parent: NounPhrase): void => {
  const owner = entityFor(reading, parent);
  if (owner === entity) return;
  addRelation(entity, { target: owner, required: true, cascade: true });
};

/** Finds what a requirement is about; every requirement is about something. */
export const subjectOf = (reading: Reading): Subject | undefined => {
  const found = candidates(reading);
  if (!found) return undefined;
  const isNew = findEntity(reading.draft, found.phrase) === undefined;
  const knownParent = found.parent ? findEntity(reading.draft, found.parent) : undefined;
  const entity = entityFor(reading, found.phrase);
  if (found.parent && isNew && (knownParent || !/^\p{Lu}\p{L}*\p{Lu}/u.test(found.parent.label)))
    linkParent(reading, entity, found.parent);
  return { entity, verbs: found.verbs };
};
