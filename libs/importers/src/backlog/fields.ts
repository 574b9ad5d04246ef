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
  id: ['card_id', 'id'],
  title: ['title', 'titulo', 'título'],
  description: ['description', 'descricao', 'descrição'],
  type: ['type', 'tipo'],
  priority: ['priority', 'prioridade'],
  status: ['status', 'state'],
  dependencies: ['dependencies', 'depends_on', 'blocked_by', 'dependencias', 'dependências'],
  acceptanceCriteria: ['acceptance_criteria', 'criterios_de_aceitacao', 'critérios_de_aceitação'],
  requirementIds: ['requirement_ids', 'requisitos'],
  deliverables: ['deliverables', 'entregaveis', 'entregáveis'],
  effort: ['effort_estimate', 'effort', 'estimativa', 'esforco', 'esforço'],
  userStory: ['user_story', 'historia_de_usuario', 'história_de_usuário'],
  businessValue: ['business_value', 'valor_de_negocio', 'valor_de_negócio'],
  parent: ['parent_card', 'parent', 'parent_id'],
};

const ROLE_OF_NAME: ReadonlyMap<string, Role> = new Map(
  (Object.entries(FIELD_NAMES) as [Role, readonly string[]][]).flatMap(([role, names]) => names.map((n) => [n, role])),
);
export const roleOf = (name: string): Role | undefined => ROLE_OF_NAME.get(name);

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
  const text = role === 'effort' && typeof raw === 'number' ? String(raw) : raw;
  return readString(name, text, MAX_TEXT[role]);
};

/** A list of texts; absent and null are the empty list. */
export const readList = (name: string, raw: unknown): Reading<readonly string[]> => {
  if (raw === undefined || raw === null) return { value: [] };
  if (!Array.isArray(raw)) return wrongType(name, raw, 'a list of texts');
  const stray = raw.findIndex((item) => typeof item !== 'string');
  if (stray >= 0) return wrongType(`${name}[${stray}]`, raw[stray], 'a text');
  const texts = raw as readonly string[];
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

/** A list of card ids; absent and null are the empty list. */
export const readIds = (name: string, raw: unknown): Reading<readonly string[]> => {
  if (raw === undefined || raw === null) return { value: [] };
  if (!Array.isArray(raw)) return wrongType(name, raw, 'a list of card ids');
  const stray = raw.findIndex((item) => !isId(item));
  if (stray < 0) return { value: [...new Set(raw as readonly string[])] };
  if (typeof raw[stray] !== 'string') return wrongType(`${name}[${stray}]`, raw[stray], 'a card id');
  const fault = `${name}[${stray}] is ${quoted(raw[stray])}, which no card id can be`;
  return { code: 'invalid-id', fault, remedy: `Name a card or remove the entry` };
};

/** A priority; absent and null are MEDIUM, a word that nobody knows as well (the caller warns). */
export const readPriority = (name: string, raw: unknown): Reading<Priority | undefined> => {
  if (raw === undefined || raw === null || raw === '') return { value: 'MEDIUM' };
  if (typeof raw !== 'string' && typeof raw !== 'number') return wrongType(name, raw, 'a text such as HIGH or P1');
  return { value: priorityOf(String(raw)) };
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
  if (role === 'id') return raw;
  const reading = readingOf(role, raw);
  return 'value' in reading ? (reading.value ?? silent(role, spec)) : undefined;
};

/** Whether a file's own wording still says what the spec says, so that an export can keep it. */
export const stillSays = (role: PlainRole, raw: unknown, spec: CardSpec): boolean =>
  JSON.stringify(specAfter(role, raw, spec)) === JSON.stringify(spec[role]);
