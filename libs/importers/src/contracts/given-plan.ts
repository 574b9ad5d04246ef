/** A contract that was given as the design: what of it is served, how, and what is not. All texts are the contract's own, unescaped. */
export interface GivenPlan {
  readonly version: 1;
  readonly title: string;
  readonly language: 'pt' | 'en';
  /** As the document says: `3.0.3`. */
  readonly openapi: string;
  /** Path of the first server, without a slash at its end. */
  readonly basePath: string;
  /** Where credentials are looked for; empty: the contract asks for none. */
  readonly credentials: readonly Credential[];
  readonly resources: readonly GivenResource[];
  /** Every operation of the contract, in its order. */
  readonly operations: readonly GivenOperation[];
  /** What the contract leaves open and how it was decided. */
  readonly assumptions: readonly string[];
}

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export type Credential =
  { readonly scheme: 'bearer' | 'basic' } | { readonly scheme: 'key'; readonly in: string; readonly name: string };

/** Records of one kind. */
export interface GivenResource {
  /** PascalCase, ASCII, unique. */
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** snake_case, unique. */
  readonly table: string;
  /** kebab-case, unique. */
  readonly segment: string;
  /** The collection's path as the contract writes it. */
  readonly path: string;
  /** Names of the path's parameters before the record's own: they say which parent's records these are. */
  readonly scope: readonly string[];
  /** The resource that the last of them names, when the contract has it. */
  readonly parent?: string;
  /** Absent: there is one record only. */
  readonly key?: ResourceKey;
  /** What the service adds to a new record that lacks it. */
  readonly defaults: readonly RecordDefault[];
  /** Nothing in the contract writes these: they come from elsewhere. */
  readonly isReadOnly: boolean;
  /** The record as answered, with references, for those who list its members. */
  readonly schema: JsonObject;
}

export interface ResourceKey {
  /** Member of the record that holds it; absent: the path alone knows it. */
  readonly property?: string;
  readonly type: 'integer' | 'string';
  /** How the service makes one; absent: clients name it. */
  readonly made?: 'number' | 'uuid' | 'hex';
}

export interface RecordDefault {
  readonly at: readonly string[];
  /** `path`: the value of the path's parameter that `value` names. `address`: where the record is read. `revision`: begins at `value`, one more with each change. */
  readonly rule: 'now' | 'today' | 'uuid' | 'address' | 'path' | 'revision' | 'literal';
  readonly value?: Json;
}

export type GivenOperation = ServedOperation | RefusedOperation;

interface AnyOperation {
  /** Unique: the operationId, or method and path as one word. */
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  /** 1-based line in the file. */
  readonly line: number;
  readonly summary: string;
}

export type Method = 'get' | 'put' | 'post' | 'patch' | 'delete' | 'head' | 'options' | 'trace';

export interface RefusedOperation extends AnyOperation {
  readonly support: 'refused';
  readonly reasons: readonly string[];
}

/** `put`: makes or replaces the record at a path. `replace`: only one that is there. */
export type ServedKind = 'list' | 'create' | 'read' | 'put' | 'replace' | 'update' | 'delete';

export interface ServedOperation extends AnyOperation {
  readonly support: 'served';
  readonly kind: ServedKind;
  readonly resource: string;
  readonly isSecured: boolean;
  /** The parameter of the path that names the record. */
  readonly keyParameter?: string;
  readonly parameters: readonly GivenParameter[];
  readonly body?: GivenBody;
  readonly success: GivenSuccess;
  readonly list?: GivenList;
  /** By status as the contract writes it: `404`, `4XX`, `default`. */
  readonly errors: Readonly<Record<string, GivenError>>;
  /** What of the operation has no effect, in words. */
  readonly limits: readonly string[];
  readonly sample?: OperationSample;
}

export interface GivenParameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly isList: boolean;
  /** One value for all of a list, by this sign; absent: repeated. */
  readonly separator?: string;
  readonly schema: JsonObject;
}

export interface GivenBody {
  readonly required: boolean;
  readonly schema: JsonObject;
  /** Members that are refused although the schema knows them, because no answer could hold them. */
  readonly refused: readonly (readonly string[])[];
}

export interface GivenSuccess {
  readonly status: number;
  /** Of a `put` that made the record. */
  readonly statusWhenMade?: number;
  readonly media?: string;
  /** `wrapped`: an object with the records in one of its members. */
  readonly shape: 'none' | 'record' | 'array' | 'wrapped';
  readonly schema?: JsonObject;
  /** Members of a record that the answer knows; absent: all. */
  readonly members?: readonly string[];
}

export type ListSource =
  'items' | 'page' | 'size' | 'pages' | 'total' | 'count' | 'offset' | 'more' | 'query' | 'literal';

export interface GivenList {
  readonly page?: { readonly name: string; readonly first: number };
  readonly size?: { readonly name: string };
  readonly offset?: { readonly name: string };
  readonly filters: readonly GivenFilter[];
  /** Members of a wrapped answer. */
  readonly members: readonly ListMember[];
}

export interface ListMember {
  readonly at: readonly string[];
  readonly from: ListSource;
  readonly name?: string;
  readonly value?: Json;
  /** Left out when the request does not carry it. */
  readonly optional?: boolean;
}

export interface GivenFilter {
  readonly parameter: string;
  readonly by: 'member' | 'made-after' | 'made-before';
  readonly at: readonly string[];
}

export interface GivenError {
  readonly media: string;
  readonly members: readonly ErrorMember[];
}

export interface ErrorMember {
  readonly name: string;
  readonly from: 'type' | 'title' | 'status' | 'detail' | 'code' | 'literal';
  readonly value?: Json;
}

export interface OperationSample {
  readonly path: Readonly<Record<string, Json>>;
  readonly query: Readonly<Record<string, Json>>;
  readonly header: Readonly<Record<string, Json>>;
  readonly body?: Json;
}
