import type { Credential, Json, JsonObject, Method } from './given-plan.js';
import { followed, isObject, listOf, lostReferences, objectOf, textOf } from './document.js';
import type { OpenContract } from './open-contract.js';
import { claimer, wordsOf } from './names.js';

/** An operation as the contract has it, references of its outer parts followed. */
export interface ReadOperation {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly line: number;
  readonly summary: string;
  readonly parameters: readonly JsonObject[];
  readonly body?: { readonly required: boolean; readonly content: readonly Content[] };
  readonly responses: readonly ReadResponse[];
  readonly isSecured: boolean;
  /** What keeps it from being read. */
  readonly faults: readonly string[];
}

export interface Content {
  readonly media: string;
  readonly schema?: JsonObject;
  readonly example?: Json;
}

export interface ReadResponse {
  readonly status: string;
  readonly content: readonly Content[];
}

const METHODS: readonly Method[] = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'];

/** Every operation of the contract, in its order. */
export const readOperations = (contract: OpenContract): readonly ReadOperation[] => {
  const claim = claimer();
  return Object.entries(objectOf(contract.root['paths'])).flatMap(([path, raw]) => {
    const item = followed(contract.root, raw);
    if (!item) return [];
    return METHODS.filter((method) => isObject(item[method])).map((method) =>
      operationOf(contract, { path, method, item, claim }),
    );
  });
};

interface Place {
  readonly path: string;
  readonly method: Method;
  readonly item: JsonObject;
  readonly claim: (wish: string) => string;
}

const operationOf = (contract: OpenContract, place: Place): ReadOperation => {
  const { root } = contract;
  const { path, method, item } = place;
  const operation = objectOf(item[method]);
  const body = operation['requestBody'] === undefined ? undefined : followed(root, operation['requestBody']);
  return {
    id: place.claim(idOf(operation, method, path)),
    method,
    path,
    line: contract.lineOf(['paths', path, method]),
    summary: textOf(operation['summary']) || textOf(operation['description']).split('\n')[0] || '',
    parameters: parametersOf(root, item, operation),
    ...(body ? { body: { required: body['required'] === true, content: contentOf(root, body) } } : {}),
    responses: Object.entries(objectOf(operation['responses'])).map(([status, response]) => ({
      status,
      content: contentOf(root, followed(root, response)),
    })),
    isSecured: isSecured(root, operation),
    faults: faultsOf(root, item, operation),
  };
};

/** The operationId where it can be one word of code; else method and path. */
const idOf = (operation: JsonObject, method: string, path: string): string => {
  const [first = '', ...rest] = wordsOf(textOf(operation['operationId']) || `${method} ${path}`);
  const joined = [first.toLowerCase(), ...rest.map((w) => w.charAt(0).toUpperCase() + w.slice(1))].join('');
  return /^[a-z]/.test(joined) ? joined.slice(0, 80) : `op${joined}`.slice(0, 80);
};

const faultsOf = (root: JsonObject, item: JsonObject, operation: JsonObject): readonly string[] => {
  const parts = [item['parameters'], operation['parameters'], operation['requestBody'], operation['responses']];
  return [...new Set(parts.flatMap((part) => lostReferences(root, part)))].map((ref) =>
    ref.startsWith('#')
      ? `the reference ${ref} leads nowhere`
      : `the reference ${ref} leads out of the document: bundle the contract into one file`,
  );
};

/** Those of the operation take the place of the path's of the same name. */
const parametersOf = (root: JsonObject, item: JsonObject, operation: JsonObject): readonly JsonObject[] => {
  const all = [...listOf(item['parameters']), ...listOf(operation['parameters'])].flatMap(
    (p): readonly JsonObject[] => {
      const found = followed(root, p);
      return found ? [found] : [];
    },
  );
  const byPlace = new Map(all.map((p) => [`${textOf(p['in'])} ${textOf(p['name'])}`, p]));
  return [...byPlace.values()];
};

const contentOf = (root: JsonObject, holder: JsonObject | undefined): readonly Content[] =>
  Object.entries(objectOf(holder?.['content'])).map(([media, raw]) => {
    const type = objectOf(raw);
    const example = type['example'] ?? firstExample(root, type);
    return {
      media,
      ...(isObject(type['schema']) ? { schema: type['schema'] } : {}),
      ...(example === undefined ? {} : { example }),
    };
  });

const firstExample = (root: JsonObject, type: JsonObject): Json | undefined =>
  followed(root, Object.values(objectOf(type['examples']))[0])?.['value'];

const isSecured = (root: JsonObject, operation: JsonObject): boolean => {
  const needs = listOf(operation['security'] ?? root['security']);
  return needs.length > 0 && !needs.some((need) => isObject(need) && Object.keys(need).length === 0);
};

const IS_JSON = /^(?:\*\/\*|application\/\*|application\/(?:[\w.+-]+\+)?json)\s*(?:;.*)?$/i;
/** The JSON of some content; a range counts as plain JSON. */
export const jsonOf = (content: readonly Content[]): Content | undefined =>
  content.find(({ media }) => IS_JSON.test(media));

/** Where the contract looks for credentials. */
export const credentialsOf = (root: JsonObject): readonly Credential[] =>
  Object.values(objectOf(objectOf(root['components'])['securitySchemes'])).flatMap((raw): readonly Credential[] => {
    const scheme = followed(root, raw) ?? {};
    if (scheme['type'] === 'apiKey') return [{ scheme: 'key', in: textOf(scheme['in']), name: textOf(scheme['name']) }];
    if (scheme['type'] === 'http' && textOf(scheme['scheme']).toLowerCase() === 'basic') return [{ scheme: 'basic' }];
    return scheme['type'] === 'mutualTLS' ? [] : [{ scheme: 'bearer' }];
  });
