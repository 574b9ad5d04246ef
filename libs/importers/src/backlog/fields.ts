import { isId, isWithin, LIMITS, type CardSpec, type Priority } from '@squados/contracts';
import { quoted } from './problem.js';
import { priorityOf } from './words.js';

/** What one field of a card says, or what is wrong with it. */
export type Reading<T> =
  | { readonly value: T }
  | { readonly code: 'wrong-type' | 'too-long' | 'invalid-id'; readonly fault: string; readonly remedy: string };

export type TextRole = 'title' | 'description' | 'type' | 'effort' | 'userStory' | 'businessValue' | 'parent';
export type ListRole = 'acceptanceCriteria' | 'requirementIds' | 'deliverables';
export type Role = 'id' | 'status' | 'priority' | 'dependencies' | TextRole | ListRole;

/** Names of a field in the wild, the most common first. The first that a card has is the one that counts; dependencies are united. */
export const FIELD_NAMES: Readonly<Record<Role, readonly string[]>> = {
  id: ['card_id', 'id', 'cardId', 'codigo', 'código', 'key', 'chave'],
  title: ['title', 'titulo', 'título', 'name', 'nome', 'summary', 'resumo'],
  description: ['description', 'descricao', 'descrição', 'desc'],
  type: ['type', 'tipo'],
  priority: ['priority', 'prioridade'],
  status: ['status', 'state', 'situacao', 'situação', 'estado'],
  dependencies: [
    'dependencies',
    'depends_on',
    'blocked_by',
    'dependsOn',
    'blockedBy',
    'dependencias',
    'dependências',
    'depende_de',
    'dependeDe',
  ],
  acceptanceCriteria: [
    'acceptance_criteria',
    'acceptanceCriteria',
    'criterios_de_aceitacao',
    'critérios_de_aceitação',
    'criterios_aceitacao',
    'criterios_de_aceite',
    'critérios_de_aceite',
    'criterios_aceite',
    'criteriosAceite',
  ],
  requirementIds: ['requirement_ids', 'requirementIds', 'requisitos'],
  deliverables: ['deliverables', 'entregaveis', 'entregáveis'],
  effort: ['effort_estimate', 'effort', 'effortEstimate', 'estimativa', 'esforco', 'esforço'],
  userStory: [
    'user_story',
    'userStory',
    'historia_de_usuario',
    'história_de_usuário',
    'historia_usuario',
    'historiaUsuario',
  ],
  businessValue: [
    'business_value',
    'businessValue',
    'valor_de_negocio',
    'valor_de_negócio',
    'valor_negocio',
    'valorNegocio',
  ],
  parent: ['parent_card', 'parent', 'parent_id', 'parentCard', 'parentId'],
};

const ROLE_OF_NAME: ReadonlyMap<string, Role> = new Map(
  (Object.entries(FIELD_NAMES) as [Role, readonly string[]][]).flatMap(([role, names]) => names.map((n) => [n, role])),
);
export const roleOf = (name: string): Role | undefined => ROLE_OF_NAME.get(name);

/** The name under which a card with these fields says something of a role; another name of that role beside it is a foreign field. */
export const nameOf = (role: Role, names: readonly string[]): string | undefined =>
  FIELD_NAMES[role].find((name) => names.includes(name));

export const kindOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : `a ${typeof value}`;

const wrongType = (name: string, value: unknown, wanted: string): Reading<never> => ({
  code: 'wrong-type',
  fault: `${name} is ${kindOf(value)}, not ${wanted}`,
  remedy: `Make ${name} ${wanted}`,
});

const tooLong = (name: string, max: number): Reading<never> => ({
  code: 'too-long',
  fault: `${name} is longer than ${max} characters`,
  remedy: `Shorten ${name}`,
});

const MAX_TEXT: Readonly<Record<TextRole, number>> = {
  title: LIMITS.title,
  description: LIMITS.description,
  type: LIMITS.line,
  effort: LIMITS.line,
  userStory: LIMITS.text,
  businessValue: LIMITS.text,
  parent: LIMITS.id,
};

const readString = (name: string, text: unknown, max: number): Reading<string | undefined> => {
  if (typeof text !== 'string') return wrongType(name, text, 'a text');
  return isWithin(text, max) ? { value: text } : tooLong(name, max);
};

/** A text; absent and null are undefined, and so is an empty parent. A number is fine where people write numbers (effort). */
export const readText = (role: TextRole, name: string, raw: unknown): Reading<string | undefined> => {
  if (raw === undefined || raw === null) return { value: undefined };
  if (role === 'parent' && raw === '') return { value: undefined };
  return readString(name, textIn(role, raw), MAX_TEXT[role]);
};

const NUMBERED: ReadonlySet<TextRole> = new Set(['effort', 'parent']);

/** Numbers where people write them, a description as a list of its lines. */
const textIn = (role: TextRole, raw: unknown): unknown => {
  if (NUMBERED.has(role) && typeof raw === 'number') return String(raw);
  const isLines = role === 'description' && Array.isArray(raw) && raw.every((line) => typeof line === 'string');
  return isLines ? (raw as readonly string[]).join('\n') : raw;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const firstText = (record: Readonly<Record<string, unknown>>, names: readonly string[]): string | undefined =>
  names.map((name) => record[name]).find((text): text is string => typeof text === 'string' && text.trim() !== '');

const WORDINGS = [
  'text',
  'texto',
  'description',
  'descricao',
  'descrição',
  'criterion',
  'criterio',
  'title',
  'titulo',
  'name',
];
const STEPS = [
  ['given', 'dado'],
  ['when', 'quando'],
  ['then', 'entao', 'então'],
];

/** What an entry says, in whatever form: a text, a number, an object with a text in it, Given-When-Then. */
const wordingOf = (item: unknown): unknown => {
  if (typeof item === 'number') return String(item);
  if (!isRecord(item)) return item;
  const steps = STEPS.flatMap((names) => {
    const name = names.find((one) => typeof item[one] === 'string');
    return name === undefined ? [] : [`${name.charAt(0).toUpperCase()}${name.slice(1)} ${String(item[name])}`];
  });
  return firstText(item, WORDINGS) ?? (steps.length > 0 ? steps.join(', ') : item);
};

const BULLET = /^\s*(?:[-*•]\s+|\d+[.)]\s+)?(?:\[[ xX]?\]\s+)?/;
/** A list that is written as one text: an entry a line, or, where ids are named, between commas. */
const written = (name: string, text: string): readonly string[] =>
  text
    .split(ROLE_OF_NAME.get(name) === 'requirementIds' ? /[,;\n]/ : '\n')
    .map((line) => line.replace(BULLET, '').trim())
    .filter((line) => line !== '');

/** A list of texts; absent and null are the empty list. */
export const readList = (name: string, raw: unknown): Reading<readonly string[]> => {
  if (raw === undefined || raw === null) return { value: [] };
  const items: unknown = typeof raw === 'string' ? written(name, raw) : raw;
  if (!Array.isArray(items)) return wrongType(name, raw, 'a list of texts');
  const worded = (items as readonly unknown[]).map(wordingOf);
  const stray = worded.findIndex((item) => typeof item !== 'string');
  if (stray >= 0) return wrongType(`${name}[${stray}]`, worded[stray], 'a text');
  const texts = worded as readonly string[];
  if (texts.length > LIMITS.items)
    return {
      code: 'too-long',
      fault: `${name} has ${texts.length} entries; at most ${LIMITS.items} are read`,
      remedy: `Shorten ${name}`,
    };
  return texts.every((text) => isWithin(text, LIMITS.text))
    ? { value: texts }
    : tooLong(`a text in ${name}`, LIMITS.text);
};

const ID_NAMES = [...FIELD_NAMES.id, 'card', 'task_id', 'taskId', 'target', 'depends_on_id', 'depends_on'];
const KIND_NAMES = ['type', 'tipo', 'kind', 'relation', 'relacao'];

/** `{id, type}`: the card that is meant. */
const idIn = (item: unknown): unknown => {
  const id = isRecord(item) ? ID_NAMES.map((name) => item[name]).find((one) => one !== undefined) : item;
  return typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : (id ?? item);
};

/** Cards that are merely related have to wait for nothing. */
const isGating = (item: unknown): boolean =>
  !isRecord(item) || !KIND_NAMES.some((name) => typeof item[name] === 'string' && /^relat|^relacion/i.test(item[name]));

/** `nenhuma`, `N/A`, `-`: nothing to wait for. */
const NOTHING = /^(?:-|–|—|n\/?a|none|null|nil|nenhum|nenhuma|nada|no dependencies|sem depend[eê]ncias?)\.?$/i;

const parted = (text: string): readonly string[] =>
  text
    .split(/[,;\n]/)
    .map((id) => id.trim())
    .filter((id) => id !== '' && !NOTHING.test(id));

/** `PROD-001, PROD-002`, as one entry of a list. */
const SEVERAL = /^[A-Z]{1,8}-?\d+(?:\s*[,;]\s*[A-Z]{1,8}-?\d+)+$/i;

const idList = (raw: unknown): unknown => {
  if (typeof raw === 'string') return parted(raw);
  if (!Array.isArray(raw)) return raw;
  return (raw as readonly unknown[])
    .filter((item) => typeof item !== 'string' || !NOTHING.test(item.trim()))
    .flatMap((item): readonly unknown[] => (typeof item === 'string' && SEVERAL.test(item) ? parted(item) : [item]));
};

/** A list of card ids, or a text with commas between them; absent and null are the empty list. */
export const readIds = (name: string, raw: unknown): Reading<readonly string[]> => {
  if (raw === undefined || raw === null) return { value: [] };
  const items = idList(raw);
  if (!Array.isArray(items)) return wrongType(name, raw, 'a list of card ids');
  const ids = (items as readonly unknown[]).filter(isGating).map(idIn);
  const stray = ids.findIndex((item) => !isId(item));
  if (stray < 0) return { value: [...new Set(ids as readonly string[])] };
  if (typeof ids[stray] !== 'string') return wrongType(`${name}[${stray}]`, ids[stray], 'a card id');
  const fault = `${name}[${stray}] is ${quoted(ids[stray])}, which no card id can be`;
  return { code: 'invalid-id', fault, remedy: `Name a card or remove the entry` };
};

/** `{"name": "High"}`, as some trackers write statuses and priorities: its name. */
export const namedWord = (raw: unknown): unknown =>
  isRecord(raw) ? (firstText(raw, ['name', 'nome', 'value', 'valor', 'level', 'nivel', 'nível', 'label']) ?? raw) : raw;

/** A priority; absent and null are MEDIUM, a word that nobody knows as well (the caller warns). */
export const readPriority = (name: string, raw: unknown): Reading<Priority | undefined> => {
  if (raw === undefined || raw === null || raw === '') return { value: 'MEDIUM' };
  const word = namedWord(raw);
  if (typeof word !== 'string' && typeof word !== 'number') return wrongType(name, raw, 'a text such as HIGH or P1');
  return { value: priorityOf(String(word)) };
};

const LIST_ROLES: ReadonlySet<string> = new Set<ListRole>(['acceptanceCriteria', 'requirementIds', 'deliverables']);
export const isListRole = (role: Role): role is ListRole => LIST_ROLES.has(role);

/** Roles whose field holds one value of the spec; status and dependencies are worded from more than that. */
export type PlainRole = Exclude<Role, 'status' | 'dependencies'>;

const readingOf = (role: Exclude<PlainRole, 'id'>, raw: unknown): Reading<unknown> => {
  if (role === 'priority') return readPriority(role, raw);
  return isListRole(role) ? readList(role, raw) : readText(role, role, raw);
};

/** What a spec holds where a field says nothing. */
const silent = (role: PlainRole, spec: CardSpec): unknown =>
  new Map<PlainRole, unknown>([
    ['title', spec.id],
    ['description', ''],
    ['priority', 'MEDIUM'],
  ]).get(role);

/** What a spec holds after reading `raw` under a role; undefined when it can't be read. */
const specAfter = (role: PlainRole, raw: unknown, spec: CardSpec): unknown => {
  if (role === 'id') return typeof raw === 'number' ? String(raw) : raw;
  const reading = readingOf(role, raw);
  return 'value' in reading ? (reading.value ?? silent(role, spec)) : undefined;
};

/** Whether a file's own wording still says what the spec says, so that an export can keep it. */
export const stillSays = (role: PlainRole, raw: unknown, spec: CardSpec): boolean =>
  JSON.stringify(specAfter(role, raw, spec)) === JSON.stringify(spec[role]);
