import type { GivenResource, Json, JsonObject, RecordDefault } from './given-plan.js';
import { isObjectSchema, keyword, shapeOf, typesOf, type Shape } from './shape.js';
import { listOf } from './document.js';
import { sameName, wordsOf } from './names.js';

/** Whether what clients send, and what the service can add by itself, fills an answer. */
export interface Supply {
  readonly defaults: readonly RecordDefault[];
  /** Members that the answer must hold and nobody knows. */
  readonly lost: readonly string[];
  /** Optional members that no answer could hold as they are sent. */
  readonly refused: readonly (readonly string[])[];
  readonly assumptions: readonly string[];
}

const NONE: Supply = { defaults: [], lost: [], refused: [], assumptions: [] };
const MAX_DEPTH = 6;

interface Sought {
  readonly root: JsonObject;
  readonly answer: unknown;
  /** What each way to make a record sends at this place; undefined: nothing. */
  readonly bodies: readonly unknown[];
  readonly at: readonly string[];
  readonly resource: Pick<GivenResource, 'name' | 'scope' | 'key'>;
}

export const supplyOf = (sought: Sought): Supply => {
  if (sought.at.length > MAX_DEPTH) return NONE;
  const shape = shapeOf(sought.root, sought.answer);
  const sent = sought.bodies.map((body) => shapeOf(sought.root, body));
  const found = [...shape.members].map(([name, schema]) =>
    memberSupply(sought, {
      name,
      schema,
      isRequired: shape.required.has(name),
      isSure: sent.length > 0 && sent.every((s) => s.required.has(name)),
      bodies: sent.flatMap((s) => s.members.get(name) ?? []),
    }),
  );
  const undescribed = [...shape.required].filter((name) => !shape.members.has(name) && !isSent(sent, name));
  return joined([...found, { ...NONE, lost: undescribed.map((name) => [...sought.at, name].join('.')) }]);
};

/** Required names that no schema describes: only a request can bring them. */
const isSent = (sent: readonly Shape[], name: string): boolean =>
  sent.length > 0 && sent.every((s) => s.required.has(name));

const joined = (parts: readonly Supply[]): Supply => ({
  defaults: parts.flatMap((p) => p.defaults),
  lost: parts.flatMap((p) => p.lost),
  refused: parts.flatMap((p) => p.refused),
  assumptions: parts.flatMap((p) => p.assumptions),
});

interface Member {
  readonly name: string;
  readonly schema: JsonObject;
  readonly isRequired: boolean;
  /** Every way to make a record sends it. */
  readonly isSure: boolean;
  readonly bodies: readonly unknown[];
}

const memberSupply = (sought: Sought, member: Member): Supply => {
  const { root, at, resource } = sought;
  const here = [...at, member.name];
  if (at.length === 0 && resource.key?.property === member.name) return NONE;
  if (isObjectSchema(root, member.schema)) return objectSupply(sought, member, here);
  return member.isRequired && !member.isSure ? ruled(sought, member, here) : NONE;
};

const objectSupply = (sought: Sought, member: Member, here: readonly string[]): Supply => {
  const { isRequired, isSure, bodies } = member;
  const below = supplyOf({ ...sought, answer: member.schema, bodies, at: here });
  if (!isRequired && bodies.length === 0) return NONE;
  if (below.lost.length > 0) return isRequired ? { ...NONE, lost: below.lost } : { ...NONE, refused: [here] };
  const whole: readonly RecordDefault[] = isRequired && !isSure ? [{ at: here, rule: 'literal', value: {} }] : [];
  return { ...below, defaults: [...whole, ...below.defaults] };
};

const REVISION = new Set(['revisao', 'revision', 'version', 'versao']);
const STATE = new Set(['status', 'state', 'situacao', 'estado', 'fase', 'phase']);
const OWN_ADDRESS = new Set(['location', 'href', 'self', 'url', 'uri', 'link']);
const plain = (name: string): string => wordsOf(name).join('').toLowerCase();

const ruled = (sought: Sought, member: Member, here: readonly string[]): Supply => {
  const added = (sought.at.length === 0 ? atTop(sought, member) : undefined) ?? anywhere(sought.root, member);
  if (!added) return { ...NONE, lost: [here.join('.')] };
  const { assumption, ...rule } = added;
  return { ...NONE, defaults: [{ at: here, ...rule }], assumptions: assumption === undefined ? [] : [assumption] };
};

type Added = Omit<RecordDefault, 'at'> & { readonly assumption?: string };

/** What only the record itself can have: what its path says, its revision, its address, its first state. */
const atTop = ({ root, resource }: Sought, { name, schema }: Member): Added | undefined => {
  const scope = resource.scope.find((parameter) => sameName(parameter, name));
  if (scope !== undefined) return { rule: 'path', value: scope };
  const fixed = fixedValue(root, schema);
  if (fixed !== undefined) return { rule: 'literal', value: fixed };
  return byName(root, name, schema) ?? firstState(root, resource.name, { name, schema });
};

const byName = (root: JsonObject, name: string, schema: JsonObject): Added | undefined => {
  if (REVISION.has(plain(name)) && typesOf(root, schema).includes('integer'))
    return { rule: 'revision', value: Number(keyword(root, schema, 'minimum') ?? 0) };
  const isAddress = /^ur[il]$/.test(String(keyword(root, schema, 'format'))) && OWN_ADDRESS.has(plain(name));
  return isAddress ? { rule: 'address' } : undefined;
};

const fixedValue = (root: JsonObject, schema: JsonObject): Json | undefined =>
  keyword(root, schema, 'const') ?? ownDefault(root, schema);

const firstState = (
  root: JsonObject,
  resource: string,
  { name, schema }: Pick<Member, 'name' | 'schema'>,
): Added | undefined => {
  const [first] = listOf(keyword(root, schema, 'enum'));
  if (first === undefined || !STATE.has(plain(name))) return undefined;
  const assumption = `${resource}.${name} begins as ${JSON.stringify(first)}, the first that the contract names.`;
  return { rule: 'literal', value: first, assumption };
};

/** What a schema says of itself, wherever it stands. */
const anywhere = (root: JsonObject, { schema }: Pick<Member, 'schema'>): Added | undefined => {
  const fixed = fixedValue(root, schema);
  if (fixed !== undefined) return { rule: 'literal', value: fixed };
  const rule = timeOrKey(root, schema);
  if (rule) return { rule };
  const isEmptyList = typesOf(root, schema).includes('array') && Number(keyword(root, schema, 'minItems') ?? 0) === 0;
  return isEmptyList ? { rule: 'literal', value: [] } : undefined;
};

const timeOrKey = (root: JsonObject, schema: JsonObject): 'now' | 'today' | 'uuid' | undefined => {
  const format = keyword(root, schema, 'format');
  if (format === 'date-time') return 'now';
  if (format === 'uuid') return 'uuid';
  return format === 'date' && keyword(root, schema, 'readOnly') === true ? 'today' : undefined;
};

/** The default that the contract names, as the type that it asks for: `"10"` stands in many contracts where 10 is meant. */
const ownDefault = (root: JsonObject, schema: JsonObject): Json | undefined => {
  const value = keyword(root, schema, 'default');
  const [type] = typesOf(root, schema);
  const isNumber = type === 'integer' || type === 'number';
  if (typeof value === 'string' && isNumber) return /^-?\d+$/.test(value) ? Number(value) : undefined;
  return value ?? undefined;
};
