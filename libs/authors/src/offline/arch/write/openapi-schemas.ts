import type { DomainModel, EntityModel, FieldModel } from '@squados/contracts';
import { LONG_TEXT, SHORT_TEXT } from './catalog.js';
import { oneLine } from './escape.js';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

const INT32 = 2_147_483_647;
/** A value whose size lies between two bounds: the nearest to 1. */
const between = (min: number | undefined, max: number | undefined): number =>
  Math.min(Math.max(1, min ?? 1), max ?? Infinity);

const padded = (text: string, min: number, max: number): string => text.padEnd(min, 'x').slice(0, max);
const EXAMPLE_ID = '3f2b8c1e-6a4d-4b7e-9c55-0d1e2f3a4b5c';

const exampleUrl = (f: FieldModel): string => padded('https://example.org/a', f.min ?? 0, f.max ?? 2048);
const exampleEmail = (): string => 'a@example.org';
const hasRoom = (f: FieldModel, text: string): boolean =>
  (f.max ?? Infinity) >= text.length && (f.min ?? 0) <= text.length;

const decimalBetween = (f: FieldModel): number => {
  const value = Math.max(f.min ?? -Infinity, Math.min(f.max ?? Infinity, 10.5));
  return Number.isFinite(value) ? value : 10.5;
};
const integerBetween = (f: FieldModel): number =>
  Math.ceil(between(f.min, f.max === undefined ? undefined : Math.floor(f.max)));

const EXAMPLES: Readonly<Record<FieldModel['type'], (f: FieldModel) => Json>> = {
  string: (f) => padded(oneLine(f.label) || 'x', f.min ?? 1, f.max ?? SHORT_TEXT),
  text: (f) => padded(oneLine(f.label) || 'x', f.min ?? 1, f.max ?? LONG_TEXT),
  integer: integerBetween,
  decimal: decimalBetween,
  boolean: () => true,
  date: () => '2030-01-15',
  datetime: () => '2030-01-15T09:30:00Z',
  time: () => '09:30:00Z',
  uuid: () => EXAMPLE_ID,
  email: exampleEmail,
  url: exampleUrl,
  json: () => [],
  enum: (f) => f.values?.[0] ?? '',
};

/** A value that the field's own schema accepts; undefined where its limits leave no room for one of its format. */
export const exampleOf = (f: FieldModel): Json | undefined => {
  if (f.default !== undefined) return f.default;
  const example = EXAMPLES[f.type](f);
  return (f.type === 'email' || f.type === 'url') && !hasRoom(f, String(example)) ? undefined : example;
};

const TEXT_LIMITS: Partial<Record<FieldModel['type'], number>> = {
  string: SHORT_TEXT,
  text: LONG_TEXT,
  email: 254,
  url: 2048,
};
const FORMATS: Partial<Record<FieldModel['type'], string>> = {
  date: 'date',
  datetime: 'date-time',
  time: 'time',
  uuid: 'uuid',
  email: 'email',
  url: 'uri',
};
const BASE: Partial<Record<FieldModel['type'], string>> = { integer: 'integer', decimal: 'number', boolean: 'boolean' };

const textLimits = (f: FieldModel): JsonObject => {
  const max = f.max ?? TEXT_LIMITS[f.type];
  const min = f.min ?? (f.required ? 1 : undefined);
  return max === undefined ? {} : { ...(min === undefined ? {} : { minLength: min }), maxLength: max };
};

const isWide = ({ min = 0, max = 0 }: FieldModel): boolean => Math.max(Math.abs(max), Math.abs(min)) > INT32;

const numberLimits = (f: FieldModel): JsonObject => {
  const { min, max } = f.type === 'integer' ? { min: f.min ?? -INT32 - 1, max: f.max ?? INT32 } : f;
  return {
    ...(f.type === 'integer' ? { format: isWide(f) ? 'int64' : 'int32' } : {}),
    ...(min === undefined ? {} : { minimum: min }),
    ...(max === undefined ? {} : { maximum: max }),
  };
};

const typeOf = (f: FieldModel): JsonObject => {
  if (f.type === 'json') return { type: f.required ? ['object', 'array'] : ['object', 'array', 'null'] };
  const type = BASE[f.type] ?? 'string';
  return { type: f.required ? type : [type, 'null'] };
};

const shapeOf = (f: FieldModel): JsonObject => {
  if (f.type === 'enum') return { enum: f.required ? [...(f.values ?? [])] : [...(f.values ?? []), null] };
  if (f.type === 'integer' || f.type === 'decimal') return numberLimits(f);
  const format = FORMATS[f.type];
  return { ...(format === undefined ? {} : { format }), ...textLimits(f) };
};

/** The schema of one field, limits included. */
export const fieldSchema = (f: FieldModel): JsonObject => {
  const example = exampleOf(f);
  return {
    ...typeOf(f),
    ...shapeOf(f),
    title: oneLine(f.label),
    ...(f.description ? { description: oneLine(f.description) } : {}),
    ...(f.default === undefined ? {} : { default: f.default }),
    ...(example === undefined ? {} : { examples: [example] }),
  };
};

const relationSchema = (entity: EntityModel): JsonObject =>
  Object.fromEntries(
    entity.relations.map((r) => [
      r.field,
      {
        type: r.required ? 'string' : ['string', 'null'],
        format: 'uuid',
        title: oneLine(r.label),
        examples: [EXAMPLE_ID],
      },
    ]),
  );

const systemFields = (language: DomainModel['language']): JsonObject => ({
  id: {
    type: 'string',
    format: 'uuid',
    readOnly: true,
    title: language === 'pt' ? 'Identificador' : 'Identifier',
    examples: [EXAMPLE_ID],
  },
});
const stamps = (language: DomainModel['language']): JsonObject => ({
  version: {
    type: 'integer',
    format: 'int32',
    minimum: 1,
    readOnly: true,
    title: language === 'pt' ? 'Versão' : 'Version',
    examples: [1],
  },
  created_at: {
    type: 'string',
    format: 'date-time',
    readOnly: true,
    title: language === 'pt' ? 'Criado em' : 'Created at',
    examples: ['2030-01-15T09:30:00Z'],
  },
  updated_at: {
    type: 'string',
    format: 'date-time',
    readOnly: true,
    title: language === 'pt' ? 'Alterado em' : 'Changed at',
    examples: ['2030-01-15T09:30:00Z'],
  },
});

/** Fields that a client may write: a state changes by its actions alone. */
export const writableFields = (entity: EntityModel): readonly FieldModel[] =>
  entity.fields.filter((f) => f.name !== entity.states?.field);

const requiredOf = (entity: EntityModel, fields: readonly FieldModel[], needsDefaulted: boolean): readonly string[] => [
  ...entity.relations.filter((r) => r.required).map((r) => r.field),
  ...fields.filter((f) => f.required && (needsDefaulted || f.default === undefined)).map((f) => f.name),
];

const propertiesOf = (fields: readonly FieldModel[]): JsonObject =>
  Object.fromEntries(fields.map((f) => [f.name, fieldSchema(f)]));

const inputSchema = (entity: EntityModel): JsonObject => {
  const fields = writableFields(entity);
  const required = requiredOf(entity, fields, false);
  return {
    type: 'object',
    title: oneLine(entity.label),
    additionalProperties: false,
    properties: { ...relationSchema(entity), ...propertiesOf(fields) },
    ...(required.length > 0 ? { required } : {}),
  };
};

const outputSchema = (entity: EntityModel, language: DomainModel['language']): JsonObject => ({
  type: 'object',
  title: oneLine(entity.label),
  description: oneLine(entity.description) || oneLine(entity.label),
  properties: {
    ...systemFields(language),
    ...relationSchema(entity),
    ...propertiesOf(entity.fields),
    ...stamps(language),
  },
  required: ['id', ...requiredOf(entity, entity.fields, true), 'version', 'created_at', 'updated_at'],
});

const pageSchema = (entity: EntityModel, language: DomainModel['language']): JsonObject => ({
  type: 'object',
  title: language === 'pt' ? `Página de ${oneLine(entity.labelPlural)}` : `Page of ${oneLine(entity.labelPlural)}`,
  properties: {
    items: { type: 'array', maxItems: 100, items: { $ref: `#/components/schemas/${entity.name}` } },
    page: { type: 'integer', format: 'int32', minimum: 1, maximum: INT32, examples: [1] },
    size: { type: 'integer', format: 'int32', minimum: 1, maximum: 100, examples: [20] },
    total: { type: 'integer', format: 'int64', minimum: 0, maximum: Number.MAX_SAFE_INTEGER, examples: [1] },
  },
  required: ['items', 'page', 'size', 'total'],
});

/** Names of an entity's schemas; suffixes that no entity may claim by its own name are not possible, so a clash is resolved here. */
export const schemaNames = (
  entity: EntityModel,
  model: DomainModel,
): { readonly input: string; readonly page: string } => {
  const free = (name: string): string =>
    model.entities.some((e) => e.name === name) || name === 'Problem' ? `${name}Schema` : name;
  return { input: free(`${entity.name}Input`), page: free(`${entity.name}Page`) };
};

export const problemName = (model: DomainModel): string =>
  model.entities.some((e) => e.name === 'Problem') ? 'ProblemDetails' : 'Problem';

const problemSchema = (language: DomainModel['language']): JsonObject => ({
  type: 'object',
  title: language === 'pt' ? 'Problema (RFC 9457)' : 'Problem (RFC 9457)',
  properties: {
    type: { type: 'string', format: 'uri-reference', maxLength: 2048, examples: ['about:blank'] },
    title: { type: 'string', maxLength: 200, examples: [language === 'pt' ? 'Dados inválidos' : 'Invalid data'] },
    status: { type: 'integer', format: 'int32', minimum: 400, maximum: 599, examples: [422] },
    detail: { type: 'string', maxLength: 2000 },
    errors: {
      type: 'array',
      maxItems: 100,
      items: {
        type: 'object',
        properties: { field: { type: 'string', maxLength: 100 }, message: { type: 'string', maxLength: 500 } },
        required: ['field', 'message'],
      },
    },
  },
  required: ['type', 'title', 'status'],
});

/** Every schema of the contract: per entity what is read, what is written, a page of them; and the shape of errors. */
export const schemasOf = (model: DomainModel): JsonObject => ({
  ...Object.fromEntries(
    model.entities.flatMap((e) => {
      const names = schemaNames(e, model);
      return [
        [e.name, outputSchema(e, model.language)],
        [names.input, inputSchema(e)],
        [names.page, pageSchema(e, model.language)],
      ] as const;
    }),
  ),
  [problemName(model)]: problemSchema(model.language),
});

/** A body that the input schema accepts. */
export const inputExample = (entity: EntityModel): JsonObject => {
  const fields = writableFields(entity).flatMap((f) => {
    const example = exampleOf(f);
    return example === undefined ? [] : [[f.name, example] as const];
  });
  return { ...Object.fromEntries(entity.relations.map((r) => [r.field, EXAMPLE_ID])), ...Object.fromEntries(fields) };
};
