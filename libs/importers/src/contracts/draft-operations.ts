import type { GivenParameter, JsonObject, ServedKind } from './given-plan.js';
import { arrayItems, wrappingOf } from './list-answer.js';
import { parameterOf } from './parameters.js';
import { jsonOf, type Content, type ReadOperation, type ReadResponse } from './read-operations.js';
import { isObjectSchema, shapeOf, typesOf } from './shape.js';
import { isObject, present } from './document.js';

/** A success as the contract tells it. */
export interface DraftSuccess {
  readonly status: number;
  readonly statusWhenMade?: number;
  readonly content?: Content;
}

/** An operation with what its own words say; `reasons`: why it can't be served. */
export interface DraftOperation {
  readonly operation: ReadOperation;
  /** The collection's path with its parameters unnamed: `/users/{}/orders`. */
  readonly place: string;
  readonly collection: string;
  readonly scope: readonly string[];
  readonly keyParameter?: string;
  readonly kind?: ServedKind;
  readonly parameters: readonly GivenParameter[];
  readonly body?: { readonly required: boolean; readonly schema: JsonObject; readonly example?: Content['example'] };
  readonly success?: DraftSuccess;
  readonly reasons: readonly string[];
}

const PARAMETER = /^\{([^{}]+)\}$/;

interface Place {
  readonly place: string;
  readonly collection: string;
  readonly scope: readonly string[];
  readonly keyParameter?: string;
  readonly problem?: string;
}

const placeOf = (path: string): Place => {
  const segments = path.split('/').filter((s) => s !== '');
  const key = PARAMETER.exec(segments.at(-1) ?? '')?.[1];
  const before = key === undefined ? segments : segments.slice(0, -1);
  const scope = before.flatMap((s) => PARAMETER.exec(s)?.[1] ?? []);
  const odd = segments.find((s) => /[{}]/.test(s) && !PARAMETER.test(s));
  const problem =
    odd !== undefined
      ? `the path's part ${odd} mixes text and a parameter`
      : before.some((s) => !PARAMETER.test(s))
        ? undefined
        : 'the path names no resource';
  return {
    place: `/${before.map((s) => (PARAMETER.test(s) ? '{}' : s)).join('/')}`,
    collection: `/${before.join('/')}`,
    scope,
    ...(key === undefined ? {} : { keyParameter: key }),
    ...(problem === undefined ? {} : { problem }),
  };
};

/** What each operation says of itself, before it is seen beside the others. */
export const draftOf = (root: JsonObject, operation: ReadOperation): DraftOperation => {
  const { problem, ...place } = placeOf(operation.path);
  const read = operation.parameters.map((raw) => parameterOf(root, raw));
  const parameters = read.flatMap((p) => (typeof p === 'object' ? [p] : []));
  const unnamed = [...place.scope, ...(place.keyParameter === undefined ? [] : [place.keyParameter])].filter(
    (name) => !parameters.some((p) => p.in === 'path' && p.name === name),
  );
  const body = bodyOf(root, operation);
  const success = successOf(operation);
  const kind = kindOf(root, operation, { isItem: place.keyParameter !== undefined, success, parameters });
  return {
    operation,
    ...place,
    parameters,
    ...(typeof kind === 'string' ? {} : { kind: kind.kind }),
    ...(typeof body === 'object' ? { body } : {}),
    ...(typeof success === 'object' ? { success } : {}),
    reasons: [
      ...operation.faults,
      ...(problem === undefined ? [] : [problem]),
      ...unnamed.map((name) => `the path's parameter {${name}} is not described`),
      ...[...read, body, success, kind].filter((part) => typeof part === 'string'),
    ],
  };
};

const SUCCESS_ORDER = [200, 201, 202, 203, 204, 205, 206];

/** The first good answer that can be given; a text says why there is none. */
const successOf = ({ method, responses }: ReadOperation): DraftSuccess | string => {
  const wanted = method === 'post' || method === 'put' ? [201, ...SUCCESS_ORDER] : SUCCESS_ORDER;
  const status = wanted.find((code) => responses.some((r) => r.status === String(code))) ?? 200;
  const response = goodResponse(responses, status);
  if (!response) return noSuccess(responses);
  const told = method === 'put' ? putStatuses(responses, status) : { status };
  return toldSuccess(response, told);
};

const noSuccess = (responses: readonly ReadResponse[]): string =>
  responses.some((r) => /^3/.test(r.status)) ? 'it answers by sending elsewhere (3xx)' : 'it names no success';

const toldSuccess = ({ content }: ReadResponse, told: DraftSuccess): DraftSuccess | string => {
  const json = jsonOf(content);
  if (!json && content.length > 0)
    return `it answers ${content.map((c) => c.media).join(', ')}, which no record can be`;
  return told.status === 204 ? told : { ...told, ...present('content', json) };
};

const goodResponse = (responses: readonly ReadResponse[], status: number): ReadResponse | undefined =>
  responses.find((r) => r.status === String(status)) ??
  responses.find((r) => /^2xx$/i.test(r.status)) ??
  onlyDefault(responses);

const onlyDefault = (responses: readonly ReadResponse[]): ReadResponse | undefined =>
  responses.every((r) => !/^[23]/.test(r.status)) ? responses.find((r) => r.status === 'default') : undefined;

const putStatuses = (
  responses: readonly ReadResponse[],
  status: number,
): { readonly status: number; readonly statusWhenMade: number } => {
  const has = (code: number): boolean => responses.some((r) => r.status === String(code));
  return { status: [200, 204, status].find(has) ?? status, statusWhenMade: has(201) ? 201 : status };
};

const bodyOf = (root: JsonObject, { body }: ReadOperation): DraftOperation['body'] | string | undefined => {
  if (!body) return undefined;
  const json = jsonOf(body.content);
  if (!json)
    return `it takes ${body.content.map((c) => c.media).join(', ') || 'a body that is not described'}; only JSON is read`;
  if (!json.schema) return 'its body has no schema';
  if (typesOf(root, json.schema).includes('array')) return 'its body is a list: only one record at a time is taken';
  if (!isObjectSchema(root, json.schema)) return 'its body is no object';
  return {
    required: body.required,
    schema: json.schema,
    ...(json.example === undefined ? {} : { example: json.example }),
  };
};

interface Form {
  readonly isItem: boolean;
  readonly success: DraftSuccess | string;
  readonly parameters: readonly GivenParameter[];
}

const ITEM_KINDS: Partial<Record<ReadOperation['method'], ServedKind>> = {
  get: 'read',
  put: 'put',
  patch: 'update',
  delete: 'delete',
};
const COLLECTION_KINDS: Partial<Record<ReadOperation['method'], ServedKind>> = { ...ITEM_KINDS, post: 'create' };

const ACTS = 'it acts on one record in a way that the contract tells in words only';
const CHANGING: ReadonlySet<ServedKind> = new Set(['put', 'update']);

const kindOf = (root: JsonObject, operation: ReadOperation, form: Form): { readonly kind: ServedKind } | string => {
  const { method } = operation;
  const kind = (form.isItem ? ITEM_KINDS : COLLECTION_KINDS)[method];
  if (kind === undefined) return method === 'post' ? ACTS : `${method.toUpperCase()} is not served`;
  if (CHANGING.has(kind) && !operation.body) return `${method.toUpperCase()} without a body says nothing to change`;
  return kind === 'read' ? readingKind(root, form) : { kind };
};

const readingKind = (
  root: JsonObject,
  { isItem, success, parameters }: Form,
): { readonly kind: ServedKind } | string => {
  if (typeof success === 'string') return { kind: 'read' };
  const schema = success.content?.schema;
  if (!isObject(schema)) return 'its answer has no schema, so nobody knows what is read';
  if (!isItem && (arrayItems(root, schema) ?? wrappingOf(root, schema, parameters))) return { kind: 'list' };
  return oneRecord(root, schema);
};

const oneRecord = (root: JsonObject, schema: JsonObject): { readonly kind: ServedKind } | string => {
  const types = typesOf(root, schema);
  if (types.includes('array')) return PLAIN_VALUES;
  if (!isObjectSchema(root, schema)) return `it answers ${types.join(' or ') || 'no type'}, which is no record`;
  return shapeOf(root, schema).members.size > 0 ? { kind: 'read' } : NAMELESS;
};

const PLAIN_VALUES = 'it answers a list of plain values, which are no records';
const NAMELESS = 'it answers an object without named members, which is no record';
