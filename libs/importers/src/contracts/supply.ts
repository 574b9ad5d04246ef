import type { GivenResource, Json, JsonObject, RecordDefault } from './given-plan.js';
import { isObjectSchema, keyword, shapeOf, typesOf, type Shape } from './shape.js';
import { listOf, objectOf } from './document.js';
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
  const below = supplyOf({
    ...sought,
    answer: member.schema,
    bodies: member.isSure || member.bodies.length > 0 ? member.bodies : [],
    at: here,
  });
  if (below.lost.length === 0) {
    const whole: readonly RecordDefault[] =
      member.isRequired && !member.isSure ? [{ at: here, rule: 'literal', value: {} }] : [];
    return member.isRequired || member.bodies.length > 0 ? { ...below, defaults: [...whole, ...below.defaults] } : NONE;
  }
  if (member.isRequired) return { ...NONE, lost: below.lost };
  return member.bodies.length > 0 ? { ...NONE, refused: [here] } : NONE;
};

const REVISION = new Set(['revisao', 'revision', 'version', 'versao']);
const STATE = new Set(['status', 'state', 'situacao', 'estado', 'fase', 'phase']);
const OWN_ADDRESS = new Set(['location', 'href', 'self', 'url', 'uri', 'link']);
const plain = (name: string): string => wordsOf(name).join('').toLowerCase();

const ruled = ({ root, resource, at }: Sought, { name, schema }: Member, here: readonly string[]): Supply => {
  const scope = at.length === 0 ? resource.scope.find((parameter) => sameName(parameter, name)) : undefined;
  if (scope !== undefined) return { ...NONE, defaults: [{ at: here, rule: 'path', value: scope }] };
  const fixed = keyword(root, schema, 'const') ?? ownDefault(root, schema);
  if (fixed !== undefined) return { ...NONE, defaults: [{ at: here, rule: 'literal', value: fixed }] };
  if (at.length === 0 && REVISION.has(plain(name)) && typesOf(root, schema).includes('integer'))
    return {
      ...NONE,
      defaults: [{ at: here, rule: 'revision', value: Number(keyword(root, schema, 'minimum') ?? 0) }],
    };
  const rule = ruleOf(root, schema, name);
  if (rule && (rule !== 'address' || at.length === 0)) return { ...NONE, defaults: [{ at: here, rule }] };
  const values = listOf(keyword(root, schema, 'enum'));
  if (at.length === 0 && values[0] !== undefined && STATE.has(plain(name)))
    return {
      ...NONE,
      defaults: [{ at: here, rule: 'literal', value: values[0] }],
      assumptions: [
        `${resource.name}.${name} begins as ${JSON.stringify(values[0])}, the first that the contract names.`,
      ],
    };
  return typesOf(root, schema).includes('array') &&
    Number(objectOf(schema)['minItems'] ?? keyword(root, schema, 'minItems') ?? 0) === 0
    ? { ...NONE, defaults: [{ at: here, rule: 'literal', value: [] }] }
    : { ...NONE, lost: [here.join('.')] };
};

const ruleOf = (
  root: JsonObject,
  schema: JsonObject,
  name: string,
): 'now' | 'today' | 'uuid' | 'address' | undefined => {
  const format = keyword(root, schema, 'format');
  if (format === 'date-time') return 'now';
  if (format === 'date') return keyword(root, schema, 'readOnly') === true ? 'today' : undefined;
  if (format === 'uuid') return 'uuid';
  const isAddress = (format === 'uri' || format === 'url') && OWN_ADDRESS.has(plain(name));
  return isAddress ? 'address' : undefined;
};

/** The default that the contract names, as the type that it asks for: `"10"` stands in many contracts where 10 is meant. */
const ownDefault = (root: JsonObject, schema: JsonObject): Json | undefined => {
  const value = keyword(root, schema, 'default');
  const [type] = typesOf(root, schema);
  const isNumber = type === 'integer' || type === 'number';
  if (typeof value === 'string' && isNumber) return /^-?\d+$/.test(value) ? Number(value) : undefined;
  return value ?? undefined;
};
