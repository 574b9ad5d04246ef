import type { FieldModel, OperationModel, RelationModel, RuleModel, StateModel } from '@squados/contracts';
import { isReserved, kebab, pascal, snake } from '../text/identifiers.js';
import type { Language } from '../text/language.js';
import { indexOf } from './entity-index.js';
import { keyOf, type NounPhrase } from './noun-phrase.js';
import { isSameAction } from './verbs.js';

/** A requirement as the derivation reads it, wherever it came from. */
export interface RequirementSource {
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly text: string;
  readonly criteria: readonly string[];
  readonly userStory?: string;
  readonly language: Language;
  /** Where the text stands, for people: `requisitos.md:120`; the text's first line has the number in it. */
  readonly document?: { readonly name: string; readonly fromLine: number };
}

/** Two statements of one requirement that can't both hold. */
export interface Contradiction {
  readonly requirement: string;
  readonly message: string;
  /** Line in the requirement's own text, from 1; 0 for its title or a criterion. */
  readonly line: number;
  readonly excerpt: string;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** States as they are found, requirement by requirement. */
export interface DraftStates {
  field: string;
  initial: string;
  states: string[];
  transitions: StateModel['transitions'][number][];
  /** The requirement that listed them all, if one did. */
  declaredBy?: string;
}

export interface DraftEntity {
  readonly name: string;
  label: string;
  labelPlural: string;
  readonly key: string;
  readonly aliases: string[];
  readonly table: string;
  readonly resource: string;
  description: string;
  readonly fields: Writable<FieldModel>[];
  readonly relations: Writable<RelationModel>[];
  states?: DraftStates;
  readonly operations: OperationModel[];
  readonly requirements: string[];
  /** True when a text writes its plural, so the guessed one is no longer needed. */
  pluralSeen: boolean;
}

/** The model while requirements are still being folded in. Changed only through the functions of this folder. */
export interface Draft {
  readonly product: string;
  readonly language: Language;
  readonly entities: DraftEntity[];
  readonly rules: RuleModel[];
  readonly assumptions: string[];
}

/** One requirement being read into a draft. */
export interface Reading {
  readonly draft: Draft;
  readonly source: RequirementSource;
  readonly contradictions: Contradiction[];
}

export const newDraft = (product: string, language: Language): Draft => ({
  product,
  language,
  entities: [],
  rules: [],
  assumptions: [],
});

export const assume = ({ draft }: Reading, text: string): void => {
  if (!draft.assumptions.includes(text)) draft.assumptions.push(text);
};

const free = (wanted: string, taken: (name: string) => boolean, join: string): string => {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : `${wanted}${join}${n}`;
    if (!taken(name)) return name;
  }
};

const tableName = (phrase: NounPhrase, draft: Draft): string => {
  const wanted = snake(phrase.labelPlural);
  return free(isReserved(wanted) ? `app_${wanted}` : wanted, (n) => draft.entities.some((e) => e.table === n), '_');
};

const matches = (entity: DraftEntity, key: string): boolean => entity.key === key || entity.aliases.includes(key);

export const findByKey = (draft: Draft, key: string): DraftEntity | undefined => {
  const { byKey, byAlias } = indexOf(draft.entities);
  return byKey.get(key) ?? byAlias.get(key);
};

/** Portuguese puts names after the noun (`Workflow LangFlow`): with a known head the rest only says which one. */
export const findEntity = (draft: Draft, phrase: NounPhrase): DraftEntity | undefined => {
  const exact = findByKey(draft, phrase.key);
  if (exact || draft.language !== 'pt') return exact;
  const words = phrase.label.split(' ');
  const named = words.findIndex((w, i) => i > 0 && (/^\p{Lu}{2,}/u.test(w) || /\p{Ll}\p{Lu}/u.test(w)));
  return named > 0 ? findByKey(draft, keyOf(words.slice(0, named).join(' '), draft.language)) : undefined;
};

/** The entity of a phrase, made when the model does not have it yet; the requirement is noted as one of its sources. */
export const entityFor = (reading: Reading, phrase: NounPhrase): DraftEntity => {
  const { draft, source } = reading;
  const entity = findEntity(draft, phrase) ?? introduce(reading, phrase);
  if (!entity.requirements.includes(source.id)) entity.requirements.push(source.id);
  return entity;
};

/** `Ordem de serviço` is called `ordem` where nothing else is. */
const aliasesOf = (draft: Draft, phrase: NounPhrase): string[] => {
  const head = / d[aeo]s? /.test(phrase.label) ? keyOf(phrase.label.split(' ')[0] ?? '', draft.language) : '';
  return head === '' || draft.entities.some((e) => matches(e, head)) ? [] : [head];
};

const introduce = ({ draft, source }: Reading, phrase: NounPhrase): DraftEntity => {
  const table = tableName(phrase, draft);
  const entity: DraftEntity = {
    name: free(pascal(phrase.label), (n) => draft.entities.some((e) => e.name === n), ''),
    label: phrase.label,
    labelPlural: phrase.labelPlural,
    key: phrase.key,
    aliases: aliasesOf(draft, phrase),
    table,
    resource: kebab(table),
    description: source.title,
    fields: [],
    relations: [],
    operations: [],
    requirements: [],
    pluralSeen: false,
  };
  draft.entities.push(entity);
  return entity;
};

export const addOperation = (
  reading: Reading,
  entity: DraftEntity,
  operation: Omit<OperationModel, 'requirement'>,
): void => {
  const same = entity.operations.some(
    (o) => o.kind === operation.kind && isSameAction(o.action ?? '', operation.action ?? ''),
  );
  if (!same) entity.operations.push({ ...operation, requirement: reading.source.id });
};

export const addRule = (reading: Reading, rule: Omit<RuleModel, 'id' | 'requirement'>): void => {
  const { draft, source } = reading;
  const own = draft.rules.filter((r) => r.requirement === source.id);
  if (draft.rules.some((r) => r.text === rule.text)) return;
  draft.rules.push({ id: `${source.id}-R${own.length + 1}`, ...rule, requirement: source.id });
};
