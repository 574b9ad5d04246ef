import type { FieldModel, FieldType } from '@squados/contracts';
import { isObject, objectOf } from '../shared/read-contract.js';
import type { EntityPlan, JsonObject, ServicePlan } from '../shared/service-plan.js';
import { pyNumber, pyString } from './python-text.js';

/** How a field is held in a table: Python type, SQLAlchemy type. */
export const columnType = (field: FieldModel): readonly [python: string, sql: string] =>
  field.type === 'integer' ? ['int', isWide(field) ? 'sa.BigInteger()' : 'sa.Integer()'] : COLUMN_TYPES[field.type];

const INT32 = 2_147_483_647;
const isWide = ({ min = 0, max = 0 }: FieldModel): boolean => Math.max(Math.abs(max), Math.abs(min)) > INT32;

const COLUMN_TYPES: Readonly<Record<Exclude<FieldType, 'integer'>, readonly [string, string]>> = {
  string: ['str', 'sa.String()'],
  text: ['str', 'sa.Text()'],
  decimal: ['Decimal', 'sa.Numeric()'],
  boolean: ['bool', 'sa.Boolean()'],
  date: ['dt.date', 'sa.Date()'],
  datetime: ['dt.datetime', 'db.UtcDateTime()'],
  time: ['dt.time', 'sa.Time()'],
  uuid: ['uuid.UUID', 'sa.Uuid()'],
  email: ['str', 'sa.String()'],
  url: ['str', 'sa.String()'],
  json: ['Any', 'db.JSON_VALUE'],
  enum: ['str', 'sa.String()'],
};

/** The contract's own schema of a property: bounds come from it, so that code and contract can't differ in them. */
export const propertySchema = (plan: ServicePlan, schema: string, property: string): JsonObject => {
  const schemas = objectOf(objectOf(plan.contract['components'])['schemas']);
  const value = objectOf(objectOf(schemas[schema])['properties'])[property];
  return isObject(value) ? value : {};
};

const BOUNDS = [
  ['minLength', 'min_length'],
  ['maxLength', 'max_length'],
  ['minimum', 'ge'],
  ['maximum', 'le'],
] as const;

const boundsOf = (schema: JsonObject): readonly string[] =>
  BOUNDS.flatMap(([key, argument]) => {
    const bound = schema[key];
    if (typeof bound !== 'number') return [];
    return [`${argument}=${Number.isInteger(bound) ? pyNumber(bound) : `Decimal(${pyString(pyNumber(bound))})`}`];
  });

const SCHEMA_TYPES: Readonly<Record<Exclude<FieldType, 'enum' | 'integer'>, string>> = {
  string: 'types.Text',
  text: 'types.Text',
  decimal: 'Decimal',
  boolean: 'types.Flag',
  date: 'types.Date',
  datetime: 'types.DateTime',
  time: 'types.Time',
  uuid: 'types.Id',
  email: 'types.Email',
  url: 'types.Url',
  json: 'types.Json',
};

export interface TypedField {
  /** The type without its null. */
  readonly type: string;
  /** Arguments of `pydantic.Field`. */
  readonly bounds: readonly string[];
  /** Markers behind it. */
  readonly markers: readonly string[];
}

/** How a field is checked in a body: by the contract's schema of it. */
export const schemaType = (
  field: FieldModel,
  schema: JsonObject,
  choices: (field: FieldModel) => string,
): TypedField => {
  const bounds = boundsOf(schema);
  if (field.type === 'enum') return { type: choices(field), bounds: [], markers: [] };
  if (field.type === 'integer')
    return { type: schema['format'] === 'int64' ? 'types.Int64' : 'types.Int32', bounds, markers: [] };
  const markers = field.type === 'decimal' ? ['types.JSON_NUMBER'] : [];
  return { type: SCHEMA_TYPES[field.type], bounds, markers };
};

/** `Annotated[types.Text, pydantic.Field(max_length=9)]`, or the bare type where nothing bounds it. */
export const annotation = ({ type, bounds, markers }: TypedField, more: readonly string[] = []): string => {
  const fieldArguments = [...bounds, ...more];
  const parts = [
    type,
    ...(fieldArguments.length > 0 ? [`pydantic.Field(${fieldArguments.join(', ')})`] : []),
    ...markers,
  ];
  return parts.length > 1 ? `Annotated[${parts.join(', ')}]` : type;
};

/** Fields whose absence the contract fills: those whose default can be written as a literal. */
export const defaultLiteral = (field: FieldModel): string | undefined => {
  const { default: value, type } = field;
  if (value === undefined) return undefined;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return type === 'decimal' ? `Decimal(${pyString(pyNumber(value))})` : pyNumber(value);
  return ['string', 'text', 'email', 'url', 'enum'].includes(type) ? pyString(value) : undefined;
};

/** The entity's field of this name. */
export const fieldNamed = (entity: EntityPlan, name: string): FieldModel | undefined =>
  entity.model.fields.find((f) => f.name === name);
