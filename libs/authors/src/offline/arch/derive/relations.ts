import { textAt } from '../text/text-at.js';
import { addRelation } from './add-field.js';
import { entityFor, findByKey, type DraftEntity, type Reading } from './draft.js';
import { mentionsIn } from './mentions.js';
import type { Language } from '../text/language.js';
import { keyOf, phraseOf, readPhrase, tokensOf, type NounPhrase } from './noun-phrase.js';

const BELONGS = {
  pt: /\b(n[ãa]o\s+(?:pode[m]?\s+)?)?(?:pertenc(?:e|em|er)|refere(?:m)?-se|se\s+refere(?:m)?|est(?:á|ão)\s+(?:vinculad|associad|ligad)[oa]s?|é\s+(?:vinculad|associad|feit)[oa]|vincula-se|referencia(?:m)?|(?:é|são)\s+de)\s+(?:a|ao|à|aos|às|com|por|de)?\s*/iu,
  en: /\b((?:does|do|must|may|can)(?:\s+not|n't)\s+|cannot\s+|never\s+)?(?:belongs?\s+to|refers?\s+to|(?:is|are)\s+(?:linked|associated|tied|related|attached|assigned)\s+(?:to|with)|references|(?:is|are)\s+(?:made|held|placed|owned)\s+by|(?:is|are)\s+for)\s+/i,
};
const HAS_MANY = {
  pt: /\b(?:tem|têm|possui|possuem|pode(?:m)?\s+ter|contém|reúne)\s+(?:v[áa]ri[oa]s|muit[oa]s|um[a]?\s+ou\s+mais|zero\s+ou\s+mais|divers[oa]s|múltipl[oa]s|n)\s+/iu,
  en: /\b(?:has|have|can\s+have|may\s+have|contains?|holds?)\s+(?:many|several|multiple|one\s+or\s+more|zero\s+or\s+more|any\s+number\s+of)\s+/i,
};
const OPTIONAL = /\b(pode|podem|may|can|optionally|opcionalmente|zero ou|zero or|at most one|no máximo um)\b/i;

const subjectBefore = (reading: Reading, text: string, fallback: DraftEntity | undefined): DraftEntity | undefined => {
  const known = mentionsIn(reading.draft, text)[0]?.entity;
  if (known) return known;
  const tokens = tokensOf(text);
  const phrase =
    tokens.length <= 6 && /^(cada|todo|toda|um|uma|o|a|each|every|an?|the)$/i.test(textAt(tokens, 0))
      ? readPhrase({ tokens, language: reading.draft.language }, 0)
      : undefined;
  return phrase ? entityFor(reading, phrase) : fallback;
};

/** `one book and one member`: every thing of the list. */
const phrasesAfter = (reading: Reading, text: string): readonly DraftEntity[] => {
  const parts = text.split(
    /[.;,]|\s+(?:e|and|bem como)\s+(?=(?:a\s+|ao\s+|à\s+|to\s+)?(?:um|uma|one|an?|the|exactly|exatamente)\b)/i,
  );
  const first = phraseAfter(reading, textAt(parts, 0));
  const more = parts
    .slice(1)
    .filter((p) => /^\s*(?:a\s+|ao\s+|à\s+|to\s+)?(?:um|uma|one|an?|the)\s/i.test(p))
    .flatMap((p) => phraseAfter(reading, p.trim().replace(/^(?:a|ao|à|to)\s+(?=um|one|an?\s)/i, '')) ?? []);
  return first ? [first, ...more] : [];
};

const phraseAfter = (reading: Reading, text: string): DraftEntity | undefined => {
  const tokens = tokensOf(text);
  const known = mentionsIn(reading.draft, tokens.slice(0, 5).join(' '))[0];
  const phrase = readPhrase({ tokens, language: reading.draft.language }, 0);
  if (known && (!phrase || known.place <= 2)) return known.entity;
  return phrase ? entityFor(reading, phrase) : undefined;
};

interface Claim {
  readonly from: DraftEntity;
  readonly to: DraftEntity;
  readonly denied: boolean;
  readonly text: string;
  readonly line: number;
}

const claimsIn = (
  reading: Reading,
  at: { readonly text: string; readonly line: number },
  subject: DraftEntity | undefined,
): readonly Claim[] => {
  const match = BELONGS[reading.draft.language].exec(at.text);
  if (!match) return [];
  const from = subjectBefore(reading, at.text.slice(0, match.index).trim(), subject);
  const targets = from ? phrasesAfter(reading, at.text.slice(match.index + match[0].length)) : [];
  return targets.flatMap((to) =>
    from ? [{ from, to, denied: match[1] !== undefined && match[1].trim() !== '', text: at.text, line: at.line }] : [],
  );
};

/** The thing that a text says belongs to another (`A loan belongs to one book`), in its own words. */
export const claimedThing = (text: string, language: Language): NounPhrase | undefined => {
  const sentence = text.split(/(?<=[.!?])\s+|\n/).find((s) => BELONGS[language].test(s)) ?? '';
  const match = BELONGS[language].exec(sentence);
  if (!match || textAt(match, 1) !== '') return undefined;
  const words = tokensOf(sentence.slice(0, match.index)).filter((t) => /[\p{L}\p{N}]/u.test(t));
  const isOne = /^(cada|todo|toda|um|uma|each|every|an?)$/i.test(textAt(words, 0));
  return isOne && words.length > 1 && words.length < 6 ? phraseOf(words.slice(1), language, words.length) : undefined;
};

const readMany = (reading: Reading, text: string, subject: DraftEntity | undefined): void => {
  const match = HAS_MANY[reading.draft.language].exec(text);
  if (!match) return;
  const owner = subjectBefore(reading, text.slice(0, match.index).trim(), subject);
  const part = owner ? phraseAfter(reading, text.slice(match.index + match[0].length)) : undefined;
  if (owner && part && owner !== part) addRelation(part, { target: owner, required: true });
};

/** `Each loan refers to one member`, `um projeto tem várias tarefas`: relations that sentences state; one both stated and denied is a contradiction. */
export const readRelations = (
  reading: Reading,
  sentences: readonly { readonly text: string; readonly line: number }[],
  subject: DraftEntity | undefined,
): void => {
  const claims = sentences.flatMap((s) => claimsIn(reading, s, subject));
  for (const claim of claims.filter((c) => !c.denied)) state(reading, claim, claims);
  for (const { text } of sentences) readMany(reading, text, subject);
};

const SIZELESS: readonly string[] = ['min', 'max', 'values', 'default', 'unique'];

/** `doctor`, named as a field before the text introduced doctors, is one of them. */
export const linkNamedFields = (reading: Reading): void => {
  const { draft } = reading;
  for (const entity of draft.entities)
    for (const field of [...entity.fields]) {
      const target = field.type === 'string' ? findByKey(draft, keyOf(field.label, draft.language)) : undefined;
      if (!target || target === entity || SIZELESS.some((key) => key in field)) continue;
      entity.fields.splice(entity.fields.indexOf(field), 1);
      addRelation(entity, { target, required: field.required });
    }
};

const state = (reading: Reading, claim: Claim, all: readonly Claim[]): void => {
  const denial = all.find((c) => c.denied && c.from === claim.from && c.to === claim.to);
  if (!denial) return addRelation(claim.from, { target: claim.to, required: !OPTIONAL.test(claim.text) });
  const message =
    reading.draft.language === 'pt'
      ? `${claim.from.label} pertence e não pertence a ${claim.to.label} (linhas ${claim.line} e ${denial.line})`
      : `${claim.from.label} both belongs and does not belong to ${claim.to.label} (lines ${claim.line} and ${denial.line})`;
  reading.contradictions.push({ requirement: reading.source.id, message, line: denial.line, excerpt: denial.text });
};
