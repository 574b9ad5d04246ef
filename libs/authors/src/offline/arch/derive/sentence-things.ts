import { declaredPhrase, phraseOf, readPhrase, tokensOf, type NounPhrase } from './noun-phrase.js';
import type { Draft } from './draft.js';
import { actsIn, mentionsIn } from './mentions.js';
import type { Verb } from './verbs.js';

/** What a requirement may be about. */
export interface Candidate {
  readonly phrase: NounPhrase;
  readonly verbs: readonly Verb[];
  readonly parent?: NounPhrase;
}

export const ACTOR =
  /^(?:um|uma|o|a|the|an?)?\s*(?:usu[aá]rio|user|ia|ai|llm|sistema|system|cliente final|administrador(?:es)?|administrators?)$/i;

const isProper = (phrase: NounPhrase): boolean => /^\p{Lu}\p{L}*\p{Ll}\p{Lu}/u.test(phrase.label);
export const proper = (found: Candidate | undefined): Candidate | undefined =>
  found && isProper(found.phrase) ? undefined : found;

export const CREATE: Verb = { kind: 'create', slug: 'create', noun: false };

const BEARER =
  /^(.{2,60}?)\s+(?:can|may|must|shall|should|pode[m]?|deve[m]?)\s+(?:be|ser|have|contain|include|ter|conter|possuir|incluir)\s/i;

/** `Bookings can be cancelled`: what it can be done to. */
export const fromBearer = (draft: Draft, text: string): Candidate | undefined => {
  const words = BEARER.exec(text)?.[1];
  const known = words === undefined ? undefined : mentionsIn(draft, words)[0]?.entity;
  if (known) return { phrase: { ...known, length: 1 }, verbs: [] };
  const phrase = words === undefined ? undefined : declaredPhrase(words, draft.language);
  return phrase && !ACTOR.test(phrase.label) ? proper({ phrase, verbs: [] }) : undefined;
};

/** What comes about when somebody does this to a thing. */
const EVENTS: Readonly<Record<string, string>> = {
  ...{ book: 'booking', reserve: 'reservation', rent: 'rental', order: 'order', buy: 'purchase', purchase: 'purchase' },
  ...{ reservar: 'reserva', alugar: 'aluguel', comprar: 'compra', vender: 'venda', pagar: 'pagamento' },
};

/** `book a room`: a booking, of a room; `scan a ticket`: the ticket. */
export const fromCommand = (draft: Draft, text: string): Candidate | undefined => {
  const [, verb = '', rest = ''] = /^(\p{L}+)\s+(?=(?:an?|the|um|uma|o|a|os|as)\s)(.+)$/isu.exec(text) ?? [];
  const thing = readPhrase({ tokens: tokensOf(rest), language: draft.language }, 0);
  if (!thing) return undefined;
  const event = EVENTS[verb.toLowerCase()];
  return event === undefined
    ? proper({ phrase: thing, verbs: [] })
    : { phrase: phraseOf([event], draft.language, 1), verbs: [CREATE], parent: thing };
};

const OCCASION = /^\s*(?:when|while|whenever|if|where|quando|enquanto|se|caso)\s+(?=(?:an?|the|um|uma|o|a)\s)/i;

/** `When an appointment is created, …`: what the occasion is about. */
export const fromOccasion = (draft: Draft, text: string): Candidate | undefined => {
  const rest = text.replace(OCCASION, '');
  const phrase = rest === text ? undefined : readPhrase({ tokens: tokensOf(rest), language: draft.language }, 0);
  return phrase ? proper({ phrase, verbs: [] }) : undefined;
};

const SIGNS_IN =
  /\b(?:log(?:s|ged)?[ -]?(?:in|out|on)|logout|sign(?:s|ed)?[ -]?(?:in|up|out)|authenticat\p{L}*|autentica\p{L}*|fa(?:zer|z|ça) login)(?!\p{L})/iu;

/** `Users must authenticate with e-mail and password`: who signs in is the thing where nothing else is. */
export const fromAccount = (draft: Draft, text: string): Candidate | undefined =>
  SIGNS_IN.test(text)
    ? { phrase: phraseOf([draft.language === 'pt' ? 'usuário' : 'user'], draft.language, 1), verbs: [] }
    : undefined;

const PERSON = /^(?:usu[aá]rio|user)$/i;
const CHANGES = new Set(['create', 'update', 'delete']);

/** `The owner can create users (name, e-mail, role)`: those who act are things where something is done to them. */
export const fromManaged = (draft: Draft, text: string): Candidate | undefined => {
  const act = actsIn(text, draft.language).find(
    ({ thing, verb }) => thing && PERSON.test(thing.label) && CHANGES.has(verb.kind) && !verb.noun,
  );
  return act?.thing ? { phrase: act.thing, verbs: [act.verb] } : undefined;
};
