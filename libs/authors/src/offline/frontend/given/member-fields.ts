import { keyword, shapeOf, typesOf, type JsonObject } from '@squados/importers/contracts';
import type { FieldKind, FieldView } from '../app-model/app-model.js';
import { isNullable } from '../app-model/contract.js';
import { fieldView, type FieldContext } from '../app-model/field-view.js';
import { sampleOf } from '../app-model/samples.js';

/** One member of a record as the contract writes it, and the field that shows it. */
export interface WireMember {
  readonly wire: string;
  readonly isRequired: boolean;
  readonly isNullable: boolean;
  readonly field: FieldView;
}

/** Names for the application out of a contract's: the same member has the same one in rows, forms and filters. */
export type FieldNames = (wire: string) => string;

export interface MemberContext {
  readonly root: JsonObject;
  readonly names: FieldNames;
  readonly fields: FieldContext;
  /** Choices that were named before: the same values of the same member are one constant. */
  readonly choices: Map<string, NonNullable<FieldView['choice']>>;
}

const KEPT = ['title', 'format', 'enum', 'minLength', 'maxLength', 'minimum', 'maximum', 'pattern', 'default'];
const KINDS = new Set(['string', 'integer', 'number', 'boolean', 'object', 'array']);
/** A default of these stands in another form than the one that is typed. */
const WITHOUT_DEFAULT: ReadonlySet<FieldKind> = new Set(['datetime', 'time', 'json', 'uuid']);

/** The one kind of value that a member holds; undefined: it may hold several, or anything. */
const typeOf = (root: JsonObject, schema: JsonObject): string | undefined => {
  const types = typesOf(root, schema);
  const kinds = new Set(types.map((type) => (type === 'array' ? 'object' : type)));
  return kinds.size === 1 && KINDS.has(types[0] ?? '') ? types[0] : undefined;
};

/** A schema without references and parts: what a field is made from. */
const flat = (root: JsonObject, schema: JsonObject, type: string): JsonObject => {
  const kept = KEPT.flatMap((key) => {
    const value = keyword(root, schema, key);
    return value === undefined || (key === 'enum' && type !== 'string') ? [] : [[key, value] as const];
  });
  return { ...Object.fromEntries(kept), type };
};

const isSafe = (limit: number | undefined): boolean => limit === undefined || Number.isSafeInteger(Math.trunc(limit));
const without = (f: FieldView, ...keys: readonly (keyof FieldView)[]): FieldView =>
  Object.fromEntries(Object.entries(f).filter(([key]) => !keys.includes(key as keyof FieldView))) as never;

/** Limits that a page can't keep are the server's alone. */
const keepable = (f: FieldView): FieldView => {
  const numbers = isSafe(f.minimum) && isSafe(f.maximum) ? f : without(f, 'minimum', 'maximum');
  const fixed = WITHOUT_DEFAULT.has(f.kind) ? without(numbers, 'default') : numbers;
  const sample = sampleOf(fixed);
  if (sample === undefined) return without(fixed, 'pattern');
  return hasFittingLength(fixed, sample.form) ? fixed : without(fixed, 'maxLength', 'minLength');
};

const hasFittingLength = ({ minLength = 0, maxLength = Infinity }: FieldView, text: string): boolean => {
  const length = Array.from(text).length;
  return length >= minLength && length <= maxLength;
};

interface Sought {
  readonly wire: string;
  readonly schema: JsonObject;
  readonly isRequired: boolean;
}

/** The field of one member; undefined, with a note, where it may hold values of several kinds. */
export const memberField = (
  { root, names, fields, choices }: MemberContext,
  { wire, schema, isRequired }: Sought,
): WireMember | undefined => {
  if (wire === '__proto__') return undefined;
  const type = typeOf(root, schema);
  if (type === undefined) {
    fields.note(`${fields.entity.name}.${wire}: it may hold values of several kinds, so no page shows it.`);
    return undefined;
  }
  const name = names(wire);
  const object = { properties: new Map([[name, flat(root, schema, type)]]), required: new Set<string>() };
  const made = shared(fieldView(object, name, fields), choices);
  const nullable = canBeNull(root, schema);
  const field = keepable({ ...made, label: labelled(made, name, wire), isOptional: !isRequired, isNullable: nullable });
  return { wire, isRequired, isNullable: nullable, field };
};

const shared = (f: FieldView, choices: MemberContext['choices']): FieldView => {
  if (!f.choice) return f;
  const key = JSON.stringify([f.name, f.choice.values]);
  const choice = choices.get(key) ?? f.choice;
  choices.set(key, choice);
  return { ...f, choice };
};

/** Whether two fields are one member with the same type of value. */
export const isSameValue = (a: FieldView, b: FieldView): boolean =>
  a.name === b.name && a.kind === b.kind && a.choice?.constant === b.choice?.constant;

/** A title of the contract stays; without one the member's own name is shown, as the contract writes it. */
const labelled = (made: FieldView, name: string, wire: string): string => {
  const isNamed = made.label.toLowerCase() === name.toLowerCase();
  return isNamed ? humanWords(wire) : made.label;
};

const humanWords = (wire: string): string => {
  const words = wire
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return words === '' ? wire : words.charAt(0).toUpperCase() + words.slice(1).toLowerCase();
};

/** Whether `null` may stand there. */
export const canBeNull = (root: JsonObject, schema: JsonObject): boolean => {
  const types = keyword(root, schema, 'type');
  const own = { ...schema, ...(types === undefined ? {} : { type: types }) } as JsonObject;
  return isNullable(own) || keyword(root, schema, 'nullable') === true;
};

/** The members of an object that pages can show. */
export const membersOf = (context: MemberContext, schema: unknown): readonly WireMember[] => {
  const shape = shapeOf(context.root, schema);
  return [...shape.members].flatMap(([wire, member]) => {
    const made = memberField(context, { wire, schema: member, isRequired: shape.required.has(wire) });
    return made ? [made] : [];
  });
};

/** Members that a request must hold and no page can enter. */
export const unenterable = (root: JsonObject, schema: unknown): readonly string[] => {
  const shape = shapeOf(root, schema);
  return [...shape.required].filter((name) => {
    const member = shape.members.get(name);
    return member === undefined || typeOf(root, member) === undefined;
  });
};

const RESERVED = new Set(['id', 'page', 'size', 'sort']);

/** Identifiers out of any names, each of its own. */
export const fieldNames = (): FieldNames => {
  const known = new Map<string, string>();
  const taken = new Set(RESERVED);
  return (wire) => {
    const old = known.get(wire);
    if (old !== undefined) return old;
    const wish = identifier(wire);
    let name = taken.has(wish) ? `own${wish.charAt(0).toUpperCase()}${wish.slice(1)}` : wish;
    for (let n = 2; taken.has(name); n += 1) name = `${wish}${n}`;
    taken.add(name);
    known.set(wire, name);
    return name;
  };
};

const identifier = (wire: string): string => {
  const words = wire
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  const joined = words
    .map((word, i) => (i === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
  return /^[a-z]/.test(joined) ? joined : `m${joined.charAt(0).toUpperCase()}${joined.slice(1)}`;
};

/** What is asked for as text, because only a path holds it. */
export const partField = (name: string, label: string): FieldView => ({
  name,
  label,
  kind: 'string',
  isOptional: false,
  isNullable: false,
  isUnique: false,
});
