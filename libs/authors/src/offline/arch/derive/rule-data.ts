import { ruleHolds, type EntityModel, type RuleData, type RuleModel } from '@squados/contracts';
import { textAt } from '../text/text-at.js';
import { nameWords } from '../text/identifiers.js';
import type { Draft } from './draft.js';
import { countOf, isAccounted, partOf, type Part } from './rule-words.js';

/** The model that a sentence is read against: whole, because a rule may name what a later requirement introduces. */
interface Known {
  readonly draft: Draft;
  readonly entities: readonly EntityModel[];
}

type Reader = (text: string, known: Known) => RuleData | undefined;

/** `BR-01 Loan limit: …`: the name that a table of rules gave it says nothing of the rule. */
const LABEL = /^\s*[A-Z]{1,6}-?\d[\w.-]*(?:\s[^:]{0,80})?:\s*/;

/** Rules with their data, where they have one of the known shapes and the model holds what they name. */
export const rulesWithData = (draft: Draft, entities: readonly EntityModel[]): readonly RuleModel[] =>
  draft.rules.map((rule) => {
    const text = rule.text.replace(LABEL, '').replace(/[.\s]+$/, '');
    const data = READERS.map((read) => read(text, { draft, entities })).find((found) => found !== undefined);
    return data === undefined || !ruleHolds(data, entities) ? rule : { ...rule, data };
  });

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const HAVING = words(
  'has have having hold holds keep keeps can may must there exist exists tem possui pode podem ter deve manter mantem existir existem haver ha',
);

const AT_MOST =
  /^(.*?)(?:^|\s)(?:at most|no more than|up to|a maximum of|(?:no|um) m[áa]ximo(?: de)?|at[ée])\s+([\p{L}\d]+)\s+(.+)$/iu;
const PER = /^(.+?)\s+(?:per|for each|por|para cada)\s+(.+)$/iu;

/** `A member has at most five open loans`, `no máximo uma ordem aberta por veículo`. */
const atMost: Reader = (text, known) => {
  const found = AT_MOST.exec(text);
  if (!found) return undefined;
  const { counted, owner } = sides(textAt(found, 1), textAt(found, 3), known);
  const isWhole = isAccounted(counted.rest) && isAccounted(owner.rest, HAVING);
  const shared = isWhole ? sharedBy(only(counted), only(owner)) : undefined;
  const most = countOf(textAt(found, 2));
  if (!shared || most === undefined) return undefined;
  const states = inOrder(shared.entity, counted.states);
  return {
    kind: 'at-most',
    entity: shared.entity.name,
    per: shared.per,
    most,
    ...(states.length > 0 ? { states } : {}),
  };
};

/** The one relation that leads from what is counted to its owner. */
const sharedBy = (
  entity: EntityModel | undefined,
  owner: EntityModel | undefined,
): { readonly entity: EntityModel; readonly per: string } | undefined => {
  const [relation, second] = (entity?.relations ?? []).filter((r) => r.target === owner?.name);
  return entity && relation && !second ? { entity, per: relation.field } : undefined;
};

/** The owner stands before the count, or behind `per`. */
const sides = (before: string, after: string, known: Known): { readonly counted: Part; readonly owner: Part } => {
  const split = PER.exec(after);
  const behind = partOf(textAt(split, 2), known);
  if (only(behind) === undefined) return { counted: partOf(after, known), owner: partOf(before, known) };
  const head = partOf(before, known);
  const owner = { ...behind, rest: [...behind.rest, ...head.rest], entities: [...behind.entities, ...head.entities] };
  return { counted: partOf(textAt(split, 1), known), owner };
};

const only = (part: Part): EntityModel | undefined => (part.entities.length === 1 ? part.entities[0] : undefined);

const inOrder = (entity: EntityModel, states: readonly string[]): readonly string[] =>
  (entity.states?.states ?? []).filter((state) => states.includes(state));

const ONLY_CAN = /^(?:only|somente|apenas|s[óo])\s+(.+?)\s+(?:can|may|pode|podem)\s+(?:be|ser)\s+(.+)$/iu;
const CAN_FROM = /^(.+?)\s+(?:can|may|pode|podem)\s+(?:be|ser)\s+(.+?)\s+(?:from|a partir d[eoa]s?)\s+(.+)$/iu;

/** `A loan can be returned from the states open and overdue only`, `somente uma ordem orçada pode ser aprovada`. */
const moves: Reader = (text, known) => {
  const direct = ONLY_CAN.exec(text);
  const from = /(?<!\p{L})(?:only|somente|apenas|só)(?!\p{L})/iu.test(text) ? CAN_FROM.exec(text) : null;
  if (direct) return moved(textAt(direct, 1), { from: textAt(direct, 1), to: textAt(direct, 2) }, known);
  return from ? moved(textAt(from, 1), { from: textAt(from, 3), to: textAt(from, 2) }, known) : undefined;
};

const moved = (
  subject: string,
  texts: { readonly from: string; readonly to: string },
  known: Known,
): RuleData | undefined => {
  const entity = only(partOf(subject, known));
  const [from, to] = [partOf(texts.from, known, entity), partOf(texts.to, known, entity)];
  if (!entity || to.entities.length > 0 || !isAccounted([...from.rest, ...to.rest])) return undefined;
  return { kind: 'moves', entity: entity.name, from: inOrder(entity, from.states), to: inOrder(entity, to.states) };
};

const NEVER_SHARED =
  /\bnever (?:share|have the same|repeat)|(?<!\p{L})nunca (?:t[êe]m (?:o|a|os|as) mesm|se repete|compartilha|repete)/iu;

const PAIR = words('two no dois duas nenhum nenhuma');

/** `Two members never share a card number or an email address`. */
const unique: Reader = (text, known) => {
  const before = textAt(text.split(NEVER_SHARED), 0);
  if (before === text) return undefined;
  const entity = only(partOf(text, known));
  const fields = entity ? fieldsIn(entity, text) : [];
  const named = new Set(fields.flatMap((f) => nameWords(f.label)));
  const isOnlyThat = isAccounted(partOf(before, known).rest, new Set([...named, ...PAIR]));
  return entity && isOnlyThat ? { kind: 'unique', entity: entity.name, fields: fields.map((f) => f.name) } : undefined;
};

const fieldsIn = (entity: EntityModel, text: string): EntityModel['fields'] => {
  const sentence = ` ${nameWords(text).join(' ')} `;
  return entity.fields.filter((f) => sentence.includes(` ${nameWords(f.label).join(' ')} `));
};

const NOT_DELETED =
  /^(.+?)\s+(?:with|that has|com|que tem|que tenha)\s+(.+?)\s+(?:cannot|can not|can't|must not|may not|n[ãa]o podem?)\s+(?:be|ser)\s+(?:deleted|removed|exclu[íi]d[oa]s?|removid[oa]s?|apagad[oa]s?)$/iu;
const WHILE =
  /^(.+?)\s+(?:cannot|can not|can't|must not|may not|n[ãa]o podem?)\s+(?:be|ser)\s+(?:deleted|removed|exclu[íi]d[oa]s?|removid[oa]s?|apagad[oa]s?)\s+(?:while|as long as|enquanto)\s+(.+)$/iu;
const WITH = words(
  'it its has have exist exists open aberta aberto abertas abertos existir existirem houver tiver ele ela some',
);

/** `A client with an open order cannot be deleted`: the store keeps what anything refers to, so it keeps this too. */
const kept: Reader = (text, known) => {
  const found = NOT_DELETED.exec(text) ?? WHILE.exec(text);
  if (!found) return undefined;
  const [what, by] = [partOf(textAt(found, 1), known), partOf(textAt(found, 2), known)];
  const [entity, user] = [only(what), only(by)];
  if (!entity || !user || !isAccounted(what.rest) || !isAccounted(by.rest, WITH)) return undefined;
  return { kind: 'kept', entity: entity.name, by: user.name };
};

const READERS: readonly Reader[] = [atMost, moves, unique, kept];
