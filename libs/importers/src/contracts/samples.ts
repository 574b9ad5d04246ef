import type { GivenParameter, Json, JsonObject, OperationSample } from './given-plan.js';
import { isObject } from './document.js';
import type { DraftOperation } from './draft-operations.js';
import { sampleValue } from './sample-value.js';
import type { SchemaChecker } from './schema-checker.js';

export interface SampleWish {
  readonly draft: DraftOperation;
  readonly fits: SchemaChecker;
  /** Members that a request leaves out. */
  readonly refused: readonly (readonly string[])[];
}

/** A request that the contract allows, for tests; undefined where none could be made. */
export const sampleOf = (root: JsonObject, wish: SampleWish): OperationSample | undefined => {
  const { draft, fits } = wish;
  const values = (place: GivenParameter['in']): Readonly<Record<string, Json>> =>
    Object.fromEntries(
      draft.parameters
        .filter((p) => p.in === place && p.required)
        .map((p) => [p.name, sampleValue({ root }, p.schema)]),
    );
  const parameters = { path: values('path'), query: values('query'), header: values('header') };
  const sound = draft.parameters
    .filter((p) => p.required)
    .every((p) => fits(p.schema, parameters[p.in as 'path' | 'query' | 'header'][p.name] ?? null));
  if (!sound) return undefined;
  if (!draft.body) return parameters;
  const body = bodyOf(root, draft.body, wish);
  return body === undefined ? undefined : { ...parameters, body };
};

const bodyOf = (
  root: JsonObject,
  { schema, example }: NonNullable<DraftOperation['body']>,
  { fits, refused }: SampleWish,
): Json | undefined => {
  const made = sampleValue({ root }, schema);
  return [made, ...(example === undefined ? [] : [example])]
    .map((value) => without(value, refused))
    .find((value) => fits(schema, value));
};

const without = (value: Json, paths: readonly (readonly string[])[]): Json =>
  paths.reduce<Json>((rest, path) => withoutOne(rest, path), value);

const withoutOne = (value: Json, [name = '', ...rest]: readonly string[]): Json => {
  if (!isObject(value) || !Object.hasOwn(value, name)) return value;
  const { [name]: member, ...others } = value;
  return rest.length === 0 ? others : { ...others, [name]: withoutOne(member ?? null, rest) };
};
