import { parseDocument } from 'yaml';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
export type Method = (typeof METHODS)[number];

/** An operation of the contract with its references followed. */
export interface ContractOperation {
  readonly method: Method;
  readonly path: string;
  readonly id: string;
  readonly parameters: readonly ContractParameter[];
  readonly input?: ObjectSchema;
  readonly output?: ObjectSchema;
}

export interface ContractParameter {
  readonly name: string;
  readonly in: string;
  readonly schema: JsonObject;
}

export interface ObjectSchema {
  readonly properties: ReadonlyMap<string, JsonObject>;
  readonly required: ReadonlySet<string>;
}

export type ContractRead =
  | { readonly ok: true; readonly operations: readonly ContractOperation[] }
  | { readonly ok: false; readonly problem: string };

const MAX_ALIASES = 100;
const MAX_HOPS = 10;

/** The operations of an OpenAPI 3.x document, in its order. */
export const readContract = (yaml: string): ContractRead => {
  const parsed = parse(yaml);
  if (!isObject(parsed)) return { ok: false, problem: 'it is not a mapping' };
  if (!isObject(parsed['paths'])) return { ok: false, problem: 'it has no paths' };
  const reader = readerOf(parsed);
  return { ok: true, operations: Object.entries(parsed['paths']).flatMap(([path, item]) => reader(path, item)) };
};

const parse = (yaml: string): unknown => {
  try {
    const document = parseDocument(yaml, { schema: 'core', version: '1.2' });
    return document.errors.length > 0 ? undefined : (document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown);
  } catch {
    return undefined;
  }
};

const list = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const strings = (value: Json | undefined): readonly string[] =>
  list(value).filter((item): item is string => typeof item === 'string');

type Deref = (node: Json | undefined) => JsonObject | undefined;

const derefIn =
  (root: JsonObject): Deref =>
  (node) => {
    let current: Json | undefined = node;
    for (let hops = 0; hops < MAX_HOPS && isObject(current); hops += 1) {
      const ref: Json | undefined = current['$ref'];
      if (typeof ref !== 'string') return current;
      current = pointed(root, ref);
    }
    return undefined;
  };

const pointed = (root: JsonObject, ref: string): Json | undefined => {
  if (!ref.startsWith('#/')) return undefined;
  let node: Json | undefined = root;
  for (const raw of ref.slice(2).split('/')) {
    const key = raw.replaceAll('~1', '/').replaceAll('~0', '~');
    node = isObject(node) && Object.hasOwn(node, key) ? node[key] : undefined;
  }
  return node;
};

const readerOf = (root: JsonObject): ((path: string, item: Json) => readonly ContractOperation[]) => {
  const deref = derefIn(root);
  return (path, raw) => {
    const item = deref(raw);
    if (!item) return [];
    return METHODS.flatMap((method) => {
      const operation: Json | undefined = item[method];
      return isObject(operation) ? [operationOf(deref, { path, method, item, operation })] : [];
    });
  };
};

interface Place {
  readonly path: string;
  readonly method: Method;
  readonly item: JsonObject;
  readonly operation: JsonObject;
}

const operationOf = (deref: Deref, { path, method, item, operation }: Place): ContractOperation => {
  const input = bodySchema(deref, deref(operation['requestBody']));
  const output = successSchema(deref, operation);
  const id = operation['operationId'];
  return {
    method,
    path,
    id: typeof id === 'string' ? id : '',
    parameters: [...list(item['parameters']), ...list(operation['parameters'])].flatMap((p) => parameterOf(deref, p)),
    ...(input === undefined ? {} : { input }),
    ...(output === undefined ? {} : { output }),
  };
};

const parameterOf = (deref: Deref, raw: Json): readonly ContractParameter[] => {
  const parameter = deref(raw);
  const name = parameter?.['name'];
  const place = parameter?.['in'];
  if (typeof name !== 'string' || typeof place !== 'string') return [];
  return [{ name, in: place, schema: deref(parameter?.['schema']) ?? {} }];
};

const successSchema = (deref: Deref, operation: JsonObject): ObjectSchema | undefined => {
  const responses = isObject(operation['responses']) ? operation['responses'] : {};
  const status = ['200', '201', '202', '2XX'].find((code) => Object.hasOwn(responses, code));
  return status === undefined ? undefined : bodySchema(deref, deref(responses[status]));
};

const bodySchema = (deref: Deref, body: JsonObject | undefined): ObjectSchema | undefined => {
  const content = body?.['content'];
  const json = isObject(content) ? content['application/json'] : undefined;
  const schema = isObject(json) ? deref(json['schema']) : undefined;
  return schema && objectSchema(deref, schema);
};

/** An object's own properties; what `allOf` adds is counted in. */
const objectSchema = (deref: Deref, schema: JsonObject, depth = 0): ObjectSchema => {
  const parts = depth > MAX_HOPS ? [] : list(schema['allOf']).map(deref);
  const inherited = parts.flatMap((part) => (part ? [objectSchema(deref, part, depth + 1)] : []));
  const properties = schema['properties'];
  const own: readonly (readonly [string, Json])[] = isObject(properties) ? Object.entries(properties) : [];
  return {
    properties: new Map([
      ...inherited.flatMap((part) => [...part.properties]),
      ...own.map(([name, property]) => [name, deref(property) ?? {}] as const),
    ]),
    required: new Set([...inherited.flatMap((part) => [...part.required]), ...strings(schema['required'])]),
  };
};

/** `{ type: ['string', 'null'] }` and 3.0's `nullable: true`. */
export const isNullable = (schema: JsonObject): boolean =>
  schema['nullable'] === true || list(schema['type']).includes('null') || list(schema['enum']).includes(null);

export const numberAt = (schema: JsonObject, key: string): number | undefined => {
  const value = schema[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
};

export const enumOf = (schema: JsonObject): readonly string[] => strings(schema['enum']);
