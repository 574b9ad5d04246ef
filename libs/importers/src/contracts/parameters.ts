import type { GivenParameter, JsonObject } from './given-plan.js';
import { isObject, present, textOf } from './document.js';
import { keyword, typesOf } from './shape.js';

const SCALARS = ['integer', 'number', 'boolean', 'string'] as const;
const PLACES = ['path', 'query', 'header', 'cookie'] as const;
/** Headers that OpenAPI itself tells elsewhere. */
const ELSEWHERE = new Set(['accept', 'content-type', 'authorization']);
const SEPARATORS: Readonly<Record<string, string>> = {
  form: ',',
  simple: ',',
  spaceDelimited: ' ',
  pipeDelimited: '|',
};

/** A parameter that the service reads; a text says why it can't. Undefined: nothing to read. */
export const parameterOf = (root: JsonObject, raw: JsonObject): GivenParameter | string | undefined => {
  const name = textOf(raw['name']);
  const place = PLACES.find((one) => one === raw['in']);
  if (name === '' || !place) return `a parameter has no name or stands nowhere (${JSON.stringify(raw['in'])})`;
  if (place === 'header' && ELSEWHERE.has(name.toLowerCase())) return undefined;
  const schema = raw['schema'];
  if (!isObject(schema)) return `parameter ${name} is described by content, not by a schema`;
  return readParameter(root, { raw, name, place, schema });
};

interface Described {
  readonly raw: JsonObject;
  readonly name: string;
  readonly place: GivenParameter['in'];
  readonly schema: JsonObject;
}

const readParameter = (root: JsonObject, { raw, name, place, schema }: Described): GivenParameter | string => {
  const types = typesOf(root, schema);
  const isList = types.includes('array');
  const inner = isList ? typesOf(root, keyword(root, schema, 'items')) : types;
  if (inner.includes('object')) return `parameter ${name} is an object`;
  return {
    name,
    in: place,
    required: raw['required'] === true || place === 'path',
    type: SCALARS.find((type) => inner.includes(type)) ?? 'string',
    isList,
    ...present('separator', isList ? separatorOf(raw, place) : undefined),
    schema,
  };
};

const separatorOf = (raw: JsonObject, place: string): string | undefined => {
  const style = textOf(raw['style']) || (place === 'query' || place === 'cookie' ? 'form' : 'simple');
  const explode = typeof raw['explode'] === 'boolean' ? raw['explode'] : style === 'form';
  return explode && style === 'form' ? undefined : (SEPARATORS[style] ?? ',');
};
