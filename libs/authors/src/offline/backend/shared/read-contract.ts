import { apiBaseOf } from '@squados/contracts';
import type { Json, JsonObject } from './service-plan.js';

export interface ContractProblem {
  /** `POST /books/{id}/lend`, or the document. */
  readonly place: string;
  readonly message: string;
}

export interface ContractOperation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  readonly statuses: readonly number[];
  /** References resolved, those of the path first. */
  readonly parameters: readonly JsonObject[];
  /** Name of the schema of the body as JSON, and of the first answer in 2xx. */
  readonly input?: string;
  readonly output?: string;
}

export interface Contract {
  readonly kind: 'read';
  readonly document: JsonObject;
  readonly basePath: string;
  readonly operations: readonly ContractOperation[];
  readonly problemTitles: ReadonlyMap<number, string>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const JSON_TYPE = 'application/json';

/** What a backend needs to know of an OpenAPI document, or why it can't be read. References inside the document are followed. */
export const readContract = (
  document: unknown,
): Contract | { readonly kind: 'unsupported'; readonly problems: readonly ContractProblem[] } => {
  if (!isObject(document) || !isObject(document['paths']))
    return {
      kind: 'unsupported',
      problems: [{ place: 'arquitetura/openapi.yaml', message: 'it is no OpenAPI document with paths' }],
    };
  const paths = document['paths'];
  const operations = Object.entries(paths).flatMap(([path, item]) => operationsAt(document, path, objectOf(item)));
  return { kind: 'read', document, basePath: apiBaseOf(document), operations, problemTitles: titlesOf(document) };
};

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
const wordsOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

const MAX_HOPS = 10;
/** What a reference inside the document stands for; anything else as it is. */
const followed = (document: JsonObject, value: Json | undefined): JsonObject => {
  let here = objectOf(value);
  for (let hop = 0; hop < MAX_HOPS && typeof here['$ref'] === 'string'; hop++)
    here = objectOf(
      here['$ref']
        .replace(/^#\//, '')
        .split('/')
        .reduce<Json | undefined>((at, key) => objectOf(at)[key.replaceAll('~1', '/').replaceAll('~0', '~')], document),
    );
  return here;
};

const operationsAt = (document: JsonObject, path: string, item: JsonObject): readonly ContractOperation[] =>
  METHODS.filter((method) => isObject(item[method])).map((method) => {
    const operation = objectOf(item[method]);
    const answers = objectOf(operation['responses']);
    const statuses = Object.keys(answers).map(Number).filter(Number.isInteger);
    const good = statuses.find((status) => status >= 200 && status < 300);
    const input = schemaName(followed(document, operation['requestBody']));
    const output = good === undefined ? undefined : schemaName(followed(document, answers[String(good)]));
    return {
      method,
      path,
      operationId: wordsOf(operation['operationId']),
      summary: wordsOf(operation['summary']),
      statuses: statuses.sort((a, b) => a - b),
      parameters: [...listOf(item['parameters']), ...listOf(operation['parameters'])].map((p) => followed(document, p)),
      ...(input === undefined ? {} : { input }),
      ...(output === undefined ? {} : { output }),
    };
  });

const SCHEMA = /^#\/components\/schemas\/([A-Za-z][A-Za-z0-9]{0,99})$/;
const schemaName = (body: JsonObject): string | undefined => {
  const media = objectOf(objectOf(body['content'])[JSON_TYPE]);
  return SCHEMA.exec(wordsOf(objectOf(media['schema'])['$ref']))?.[1];
};

/** Titles that the examples of the shared error responses carry; the first for a status counts. */
const titlesOf = (document: JsonObject): ReadonlyMap<number, string> => {
  const titles = new Map<number, string>();
  for (const response of Object.values(objectOf(objectOf(document['components'])['responses']))) {
    const example = objectOf(objectOf(objectOf(objectOf(response)['content'])['application/problem+json'])['example']);
    const { status, title } = example;
    if (typeof status === 'number' && typeof title === 'string' && !titles.has(status)) titles.set(status, title);
  }
  return titles;
};
