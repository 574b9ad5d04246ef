import {
  agentForCard,
  cardId,
  isId,
  KNOWN_PREFIXES,
  LIMITS,
  prefixOf,
  type AgentName,
  type CardSpec,
} from '@squados/contracts';
import { isCardList } from './card-list.js';
import {
  FIELD_NAMES,
  kindOf,
  namedWord,
  readIds,
  readList,
  readPriority,
  readText,
  type ListRole,
  type Reading,
  type TextRole,
} from './fields.js';
import { quoted, type ProblemCode } from './problem.js';
import { agentOfWord, standingOf, type Standing } from './words.js';

export type RawCard = Readonly<Record<string, unknown>>;

/** One thing wrong with, or odd about, a card; the caller adds file and place. */
export interface CardFault {
  readonly code: ProblemCode;
  readonly message: string;
  readonly remedy: string;
}

/** A card as read, before the graph is looked at. Faults empty: sound on its own. */
export interface ReadCard {
  readonly index: number;
  readonly given: RawCard;
  /** Undefined when the card has no usable id. */
  readonly spec: CardSpec | undefined;
  /** Cards that this one says it blocks. */
  readonly blocks: readonly string[];
  readonly status: { readonly word: string; readonly standing: Standing } | undefined;
  readonly faults: readonly CardFault[];
  readonly warnings: readonly string[];
}

/** Collects what readings say and what is wrong with them. */
class Notes {
  readonly faults: CardFault[] = [];
  readonly warnings: string[] = [];

  fault(code: ProblemCode, message: string, remedy: string): void {
    this.faults.push({ code, message, remedy });
  }
  take<T>(reading: Reading<T>, otherwise: T): T {
    if ('value' in reading) return reading.value;
    this.fault(reading.code, reading.fault, reading.remedy);
    return otherwise;
  }
}

const nameIn = (given: RawCard, names: readonly string[]): string | undefined =>
  names.find((name) => Object.hasOwn(given, name));

const idFault = (id: string): readonly [string, string] => {
  if (id.trim() === '') return ['the id is empty', 'Give the card an id, for example BE-017'];
  if (id.length > LIMITS.id) return [`the id ${quoted(id)} is longer than ${LIMITS.id} characters`, 'Shorten the id'];
  return [`the id ${quoted(id)} holds a control character or half a character`, 'Rename the card'];
};

/** Names of an id that a card may hold beside it for something else. */
const BESIDE: ReadonlySet<string> = new Set(['key', 'chave']);

const readId = (given: RawCard, notes: Notes): string | undefined => {
  const names = FIELD_NAMES.id.filter((name) => given[name] !== undefined && given[name] !== null);
  const [name] = names;
  if (name === undefined) {
    notes.fault('missing-id', 'the card has neither id nor card_id', 'Give the card an id, for example BE-017');
    return undefined;
  }
  const id = typeof given[name] === 'number' ? String(given[name]) : given[name];
  const other = names.find((one) => !BESIDE.has(one) && String(given[one]) !== id);
  if (other !== undefined && typeof id === 'string')
    notes.fault('conflicting-ids', `${other} and ${name} differ`, 'Keep one of the two, or make them equal');
  if (isId(id)) return id;
  if (typeof id !== 'string')
    notes.fault(
      'wrong-type',
      `${name} is ${kindOf(id)}, not a text`,
      `Put the id in quotes, with its prefix: "BE-017"`,
    );
  else notes.fault('invalid-id', ...idFault(id));
  return undefined;
};

const statedWords = (given: RawCard): readonly string[] =>
  [
    'agent',
    'squad',
    'assigned_to',
    'owner',
    'responsavel',
    'responsável',
    'agent_type',
    'agentType',
    'assignee',
    'assignedTo',
    'role',
    'team',
    'equipe',
    'area',
    'área',
  ]
    .map((name) => given[name])
    .filter((word): word is string => typeof word === 'string' && word.trim() !== '');

const readAgent = (id: string, given: RawCard, { known, notes }: Reader): AgentName | undefined => {
  const stated = statedWords(given);
  const agent = agentForCard(id) ?? stated.map((word) => agentOfWord(word, known)).find((name) => name !== undefined);
  if (agent === undefined) {
    const prefix = prefixOf(id);
    const hint = stated.length > 0 ? ` (and ${quoted(stated[0] as string)} is no agent's name)` : '';
    notes.fault(
      'unknown-prefix',
      `${prefix === '' ? 'the id begins with no prefix' : `the prefix ${quoted(prefix)} belongs to no agent`}${hint}`,
      `Begin the id with one of ${KNOWN_PREFIXES.join(', ')}, or state the agent: "agent": "backend"`,
    );
  } else if (!known.includes(agent))
    notes.fault(
      'unknown-agent',
      `it belongs to the agent ${agent}, which this run does not have`,
      `Run with ${agent}, or state one of ${known.join(', ')}`,
    );
  return agent;
};

const readStatus = (given: RawCard, notes: Notes): ReadCard['status'] => {
  const name = nameIn(given, FIELD_NAMES.status);
  const word = name === undefined ? undefined : namedWord(given[name]);
  if (word === undefined || word === null || word === '') return undefined;
  if (typeof word !== 'string') {
    notes.fault('wrong-type', `${name} is ${kindOf(word)}, not a text`, `Make ${name} a word such as TODO or DONE`);
    return undefined;
  }
  const standing = standingOf(word);
  if (standing === undefined) notes.warnings.push(`the status ${quoted(word)} is not known; the card starts as TODO`);
  return { word, standing: standing ?? 'todo' };
};

const readDependencies = (given: RawCard, notes: Notes): readonly string[] => {
  const names = FIELD_NAMES.dependencies.filter((name) => Object.hasOwn(given, name));
  return [...new Set(names.flatMap((name) => notes.take(readIds(name, given[name]), [])))];
};

interface Reader {
  readonly known: readonly AgentName[];
  readonly notes: Notes;
}

const texts = (given: RawCard, notes: Notes) => {
  const text = (role: TextRole): string | undefined => {
    const name = nameIn(given, FIELD_NAMES[role]);
    return name === undefined ? undefined : notes.take(readText(role, name, given[name]), undefined);
  };
  const list = (role: ListRole): readonly string[] => {
    const name = nameIn(given, FIELD_NAMES[role]);
    return name === undefined ? [] : notes.take(readList(name, given[name]), []);
  };
  return { text, list };
};

const readPriorityOf = (given: RawCard, notes: Notes): CardSpec['priority'] => {
  const name = nameIn(given, FIELD_NAMES.priority);
  if (name === undefined) return 'MEDIUM';
  const priority = notes.take(readPriority(name, given[name]), 'MEDIUM');
  if (priority === undefined)
    notes.warnings.push(`the priority ${quoted(String(given[name]))} is not known; MEDIUM is taken`);
  return priority ?? 'MEDIUM';
};

const readTitle = (id: string, title: string | undefined, notes: Notes): string => {
  if (title !== undefined && title.trim() !== '') return title;
  notes.warnings.push('the card has no title; its id is taken');
  return id;
};

const optional = <T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

const finishedAs = (standing: Standing | undefined): CardSpec['importedAs'] =>
  standing === 'done' ? 'done' : standing === 'skipped' ? 'skipped' : undefined;

const specOf = (id: string, given: RawCard, reader: Reader & { readonly standing: Standing | undefined }): CardSpec => {
  const { notes } = reader;
  const { text, list } = texts(given, notes);
  const agent = readAgent(id, given, reader);
  const parent = text('parent');
  return {
    id: cardId(id),
    title: readTitle(id, text('title'), notes),
    description: text('description') ?? '',
    agent: agent ?? ('' as AgentName),
    priority: readPriorityOf(given, notes),
    dependencies: readDependencies(given, notes).map(cardId),
    acceptanceCriteria: list('acceptanceCriteria'),
    requirementIds: list('requirementIds'),
    deliverables: list('deliverables'),
    ...optional<CardSpec>({
      type: text('type'),
      effort: text('effort'),
      userStory: text('userStory'),
      businessValue: text('businessValue'),
      parent: parent !== undefined && isId(parent) ? cardId(parent) : undefined,
      importedAs: finishedAs(reader.standing),
    } as CardSpec),
  };
};

const NESTED = [
  'subtasks',
  'sub_tasks',
  'subtarefas',
  'children',
  'filhos',
  'stories',
  'historias',
  'cards',
  'tasks',
  'tarefas',
];

/** Cards within a card would be lost: they have to stand in the list themselves. */
const refuseNested = (id: string, given: RawCard, notes: Notes): void => {
  for (const name of NESTED) {
    const inner = given[name];
    if (!isCardList(inner)) continue;
    notes.fault(
      'nested-cards',
      `${name} holds cards of its own, and cards are read from the list of cards alone`,
      `Move them into that list, each with "parent": ${quoted(id)}`,
    );
  }
};

const readBlocks = (given: RawCard, notes: Notes): readonly string[] =>
  notes.take(readIds('blocks', given['blocks']), []);

/** Reads one element of `cards`. Faults are collected, not thrown; a card with faults still tells its id, so that others may name it. */
export const readCard = (given: unknown, index: number, known: readonly AgentName[]): ReadCard => {
  const notes = new Notes();
  const nothing = { index, given: {}, spec: undefined, blocks: [], status: undefined, warnings: [] };
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    notes.fault(
      'card-not-an-object',
      `it is ${kindOf(given)}, not an object`,
      'Write each card as an object in braces',
    );
    return { ...nothing, faults: notes.faults };
  }
  const raw = given as RawCard;
  const id = readId(raw, notes);
  if (id === undefined) return { ...nothing, given: raw, faults: notes.faults };
  const status = readStatus(raw, notes);
  const spec = specOf(id, raw, { known, notes, standing: status?.standing });
  const blocks = readBlocks(raw, notes);
  refuseNested(id, raw, notes);
  return { index, given: raw, spec, blocks, status, faults: notes.faults, warnings: notes.warnings };
};
