import { LineCounter, parseDocument, type Document } from 'yaml';
import type { JsonObject } from './given-plan.js';
import { isObject } from './document.js';

export interface OpenContract {
  readonly kind: 'opened';
  readonly root: JsonObject;
  readonly version: string;
  /** 1-based line of a place in the document; 1 where it is not to be found. */
  lineOf(path: readonly string[]): number;
}

export interface ContractRefusal {
  readonly kind: 'refused';
  readonly code: string;
  /** Names the file and the place. */
  readonly message: string;
  readonly remedy: string;
  /** Each operation with the reasons why it can't be served, where that is why the whole is refused. */
  readonly details?: readonly string[];
}

/** Whether a text says of itself that it is an OpenAPI (or Swagger) document, in JSON or YAML. */
export const looksLikeContract = (bytes: Uint8Array): boolean => {
  const text = new TextDecoder()
    .decode(bytes)
    .replace(/^\uFEFF/, '')
    .trimStart();
  return text.startsWith('{') ? isContractJson(text) : YAML_HEAD.test(text);
};

const YAML_HEAD = /^(?:["']?)(?:openapi|swagger)(?:["']?)[ \t]*:/m;
const JSON_HEAD = /^\{\s*"(?:openapi|swagger)"\s*:/;

/** The word may stand anywhere at the top, behind whatever else; a text that is no JSON is judged by its beginning. */
const isContractJson = (text: string): boolean => {
  if (JSON_HEAD.test(text)) return true;
  if (!/"(?:openapi|swagger)"\s*:/.test(text)) return false;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && ('openapi' in value || 'swagger' in value);
  } catch {
    return false;
  }
};

const MAX_ALIASES = 1_000;

/** A contract out of outside bytes, or what is wrong with them: never throws. */
export const openContract = (bytes: Uint8Array, name: string): OpenContract | ContractRefusal => {
  const text = decoded(bytes);
  if (text === undefined) return refusal(name, 'contract-encoding', 'it is not UTF-8', 'save it as UTF-8');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, version: '1.2', schema: 'core', prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = lines.linePos(error.pos[0]);
    return refusal(`${name}:${line}:${col}`, 'contract-syntax', error.message, 'correct the text at that place');
  }
  return rooted(document, lines, name);
};

const rooted = (document: Document.Parsed, lines: LineCounter, name: string): OpenContract | ContractRefusal => {
  const root = valueOf(document);
  if (!isObject(root)) return refusal(name, 'contract-shape', 'it is not one object', NO_CONTRACT);
  const version = root['openapi'];
  const lineOf = (path: readonly string[]): number => {
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
    return node?.range ? lines.linePos(node.range[0]).line : 1;
  };
  const faulty = versionProblem(root, (word) => `${name}:${lineOf([word])}`) ?? emptyProblem(root, name);
  if (faulty) return faulty;
  return { kind: 'opened', root, version: String(version), lineOf };
};

const NO_CONTRACT = 'give an OpenAPI 3.0 or 3.1 document';

const FROM_SWAGGER =
  'convert it to OpenAPI 3 first, then give that: npx swagger2openapi FILE --yaml --outfile openapi.yaml, or Edit > Convert to OpenAPI 3 in the Swagger Editor';

/** `swagger: 2.0` is a number in YAML; both ways of writing it are the same version. */
const written = (version: unknown): string =>
  (typeof version === 'number' ? version.toFixed(1) : (JSON.stringify(version) ?? '').replaceAll('"', '')).slice(0, 20);

const versionProblem = (root: JsonObject, placeOf: (word: string) => string): ContractRefusal | undefined => {
  if (root['swagger'] !== undefined)
    return refusal(
      placeOf('swagger'),
      'contract-version',
      `it is Swagger ${written(root['swagger'])}, and OpenAPI 3.0 and 3.1 are read`,
      FROM_SWAGGER,
    );
  if (/^3\.[01](?:\.\d+)?$/.test(String(root['openapi']))) return undefined;
  return refusal(
    placeOf('openapi'),
    'contract-version',
    `openapi ${JSON.stringify(root['openapi'])} is not known here`,
    NO_CONTRACT,
  );
};

const emptyProblem = (root: JsonObject, name: string): ContractRefusal | undefined => {
  if (!isObject(root['paths']) || Object.keys(root['paths']).length === 0)
    return refusal(
      name,
      'contract-empty',
      'it has no paths, so there is nothing to build',
      'give a contract with operations',
    );
  return undefined;
};

const valueOf = (document: Document.Parsed): unknown => {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES }) as unknown;
  } catch {
    return undefined;
  }
};

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

// eslint-disable-next-line max-params -- place, code, words, remedy: read like the sentence they make
export const refusal = (place: string, code: string, says: string, remedy: string): ContractRefusal => ({
  kind: 'refused',
  code,
  message: `${place}: ${says}`,
  remedy,
});
