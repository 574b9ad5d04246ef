import type { EntityModel, FieldModel } from '@squados/contracts';
import { oneLine } from '../text/literals.js';
import { constantName, humanised, pascalName } from '../text/names.js';
import type { FieldKind, FieldView } from './app-model.js';
import { enumOf, isNullable, numberAt, type JsonObject, type ObjectSchema } from './contract.js';

export interface FieldContext {
  readonly entity: EntityModel;
  readonly type: string;
  /** Entities that can be listed and fetched, so that a relation to them can be chosen and shown. */
  readonly reachable: ReadonlySet<string>;
  readonly claim: (wish: string, suffix: string) => string;
  readonly note: (text: string) => void;
}

const FORMATS: Readonly<Record<string, FieldKind>> = {
  date: 'date',
  'date-time': 'datetime',
  time: 'time',
  uuid: 'uuid',
  email: 'email',
  uri: 'url',
};

const TYPES: Readonly<Record<string, FieldKind>> = {
  integer: 'integer',
  number: 'decimal',
  boolean: 'boolean',
  object: 'json',
  array: 'json',
};

/** Longer text than this gets a box of several lines. */
const ONE_LINE = 300;

const typesOf = (schema: JsonObject): readonly string[] => {
  const type = schema['type'];
  return Array.isArray(type) ? type.map(String) : [String(type)];
};

const textKind = (schema: JsonObject, model: FieldModel | undefined): FieldKind =>
  model?.type === 'text' || (numberAt(schema, 'maxLength') ?? 0) > ONE_LINE ? 'text' : 'string';

/** The contract decides how a field is checked and sent; the model only what the contract can't say. */
const kindOf = (schema: JsonObject, name: string, { entity, reachable }: FieldContext): FieldKind => {
  const relation = entity.relations.find((r) => r.field === name);
  if (relation && reachable.has(relation.target)) return 'relation';
  if (enumOf(schema).length > 0) return 'enum';
  const typed = typesOf(schema).flatMap((type) => TYPES[type] ?? [])[0];
  if (typed) return typed;
  const format = FORMATS[String(schema['format'])];
  return format ?? textKind(schema, fieldOf(entity, name));
};

const fieldOf = (entity: EntityModel, name: string): FieldModel | undefined =>
  entity.fields.find((f) => f.name === name);

const labelOf = (schema: JsonObject, name: string, { entity }: FieldContext): string => {
  const known = fieldOf(entity, name)?.label ?? entity.relations.find((r) => r.field === name)?.label;
  const title = schema['title'];
  return oneLine(known ?? (typeof title === 'string' ? title : '')) || humanised(name);
};

/** A pattern that this language can check, as the contract writes it. */
const patternOf = (schema: JsonObject, name: string, { entity, note }: FieldContext): string | undefined => {
  const pattern = schema['pattern'];
  if (typeof pattern !== 'string') return undefined;
  try {
    return new RegExp(pattern, 'u').source === '' ? undefined : pattern;
  } catch {
    note(`${entity.name}.${name}: the pattern of the contract is not one that a browser can check; the server does.`);
    return undefined;
  }
};

const defaultOf = (schema: JsonObject): string | number | boolean | undefined => {
  const value = schema['default'];
  return typeof value === 'object' ? undefined : value;
};

const given = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };

const LIMITS = ['minLength', 'maxLength', 'minimum', 'maximum'] as const;

/** One property of an object as the application sees it. */
export const fieldView = (object: ObjectSchema, name: string, context: FieldContext): FieldView => {
  const schema = object.properties.get(name) ?? {};
  const kind = kindOf(schema, name, context);
  const target = context.entity.relations.find((r) => r.field === name)?.target;
  return {
    name,
    label: labelOf(schema, name, context),
    kind,
    isOptional: !object.required.has(name),
    isNullable: isNullable(schema),
    isUnique: fieldOf(context.entity, name)?.unique === true,
    ...Object.assign({}, ...LIMITS.map((key) => given(key, numberAt(schema, key)))),
    ...given('pattern', patternOf(schema, name, context)),
    ...given('default', defaultOf(schema)),
    ...(kind === 'enum' ? { choice: choiceOf(schema, name, context) } : {}),
    ...(kind === 'relation' ? given('target', target) : {}),
  };
};

const choiceOf = (
  schema: JsonObject,
  name: string,
  { type, claim }: FieldContext,
): NonNullable<FieldView['choice']> => ({
  values: [...new Set(enumOf(schema))],
  type: claim(`${type}${pascalName(name)}`, 'Value'),
  constant: claim(`${constantName(type)}_${name.toUpperCase()}`, '_VALUES'),
});
