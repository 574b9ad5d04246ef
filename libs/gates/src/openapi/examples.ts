import type { Finding } from '@squados/contracts';
import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import { deref, escapeSegment, isObject, type Json, type JsonObject } from './json-tree.js';
import { type ParsedDocument } from './parsed-document.js';
import { schemaOf30 } from './schema-of-30.js';

type Direction = 'request' | 'response' | 'any';

interface Example {
  readonly pointer: string;
  /** Where its schema stands in the document. */
  readonly schema: string;
  readonly value: Json;
  readonly direction: Direction;
}

/** More examples than this are not looked at; the summary says so. */
export const MAX_EXAMPLES = 2_000;

/** Examples of a media type, parameter or header object: `example`, and the values of `examples`. */
const besideSchema = (
  root: JsonObject,
  node: JsonObject,
  place: { pointer: string; direction: Direction },
): Example[] => {
  if (!isObject(node['schema'])) return [];
  const common = { schema: `${place.pointer}/schema`, direction: place.direction };
  const one =
    'example' in node ? [{ ...common, pointer: `${place.pointer}/example`, value: node['example'] as Json }] : [];
  const several = isObject(node['examples']) ? Object.entries(node['examples']) : [];
  return [
    ...one,
    ...several.flatMap(([name, raw]) => {
      const example = deref(root, raw);
      if (!example || !('value' in example)) return [];
      return [
        { ...common, pointer: `${place.pointer}/examples/${escapeSegment(name)}`, value: example['value'] as Json },
      ];
    }),
  ];
};

/** Examples inside a schema object: `example` (3.0) and the list `examples` (3.1). `default` is held to the schema as well. */
const insideSchema = (node: JsonObject, pointer: string): Example[] => {
  const common = { schema: pointer, direction: 'any' } as const;
  const list = Array.isArray(node['examples']) ? (node['examples'] as readonly Json[]) : [];
  return [
    ...('example' in node ? [{ ...common, pointer: `${pointer}/example`, value: node['example'] as Json }] : []),
    ...list.map((value, i) => ({ ...common, pointer: `${pointer}/examples/${i}`, value })),
    ...('default' in node ? [{ ...common, pointer: `${pointer}/default`, value: node['default'] as Json }] : []),
  ];
};

const SCHEMA_KEYS = new Set([
  'schema',
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
]);
const SCHEMA_MAPS = new Set(['schemas', 'properties', 'patternProperties', '$defs']);
const SCHEMA_LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const DATA = new Set(['example', 'examples', 'default', 'enum', 'const']);

interface Walk {
  readonly pointer: string;
  readonly isSchema: boolean;
  readonly direction: Direction;
}

const directionOf = (key: string, before: Direction): Direction =>
  key === 'requestBody' || key === 'requestBodies' || key === 'parameters'
    ? 'request'
    : key === 'responses'
      ? 'response'
      : before;

class ExampleFinder {
  readonly found: Example[] = [];
  readonly #seen = new Set<object>();
  readonly #root: JsonObject;

  constructor(root: JsonObject) {
    this.#root = root;
  }

  visit(node: Json, walk: Walk): void {
    if (typeof node !== 'object' || node === null || this.#seen.has(node)) return;
    this.#seen.add(node);
    if (isObject(node))
      this.found.push(...(walk.isSchema ? insideSchema(node, walk.pointer) : besideSchema(this.#root, node, walk)));
    for (const [key, child] of Object.entries(node)) this.#enter(key, child as Json, walk);
  }

  #enter(key: string, child: Json, walk: Walk): void {
    const pointer = `${walk.pointer}/${escapeSegment(key)}`;
    if (key.startsWith('x-') || (DATA.has(key) && (walk.isSchema || key !== 'examples')) || key === 'examples') return;
    const direction = directionOf(key, walk.direction);
    if (SCHEMA_MAPS.has(key) || SCHEMA_LISTS.has(key)) return this.#each(child, { pointer, direction, isSchema: true });
    this.visit(child, { pointer, direction, isSchema: SCHEMA_KEYS.has(key) });
  }

  #each(child: Json, walk: Walk): void {
    if (typeof child !== 'object' || child === null) return;
    for (const [name, schema] of Object.entries(child))
      this.visit(schema as Json, { ...walk, pointer: `${walk.pointer}/${escapeSegment(name)}` });
  }
}

const examplesOf = (root: JsonObject): readonly Example[] => {
  const finder = new ExampleFinder(root);
  finder.visit(root, { pointer: '', isSchema: false, direction: 'any' });
  return finder.found;
};

interface Access {
  readonly readOnly?: boolean;
  readonly writeOnly?: boolean;
}

const missingField = (error: ErrorObject): Access => {
  const schema = error.parentSchema as { properties?: Record<string, Access> } | undefined;
  return schema?.properties?.[String(error.params['missingProperty'])] ?? {};
};

/** `readOnly` fields need not be in a request, `writeOnly` ones not in a response, and in a schema's own example neither. */
const isExcused = (error: ErrorObject, direction: Direction): boolean => {
  if (error.keyword !== 'required') return false;
  const { readOnly = false, writeOnly = false } = missingField(error);
  return (readOnly && direction !== 'response') || (writeOnly && direction !== 'request');
};

const wordsOf = (errors: readonly ErrorObject[]): string =>
  errors
    .slice(0, 3)
    .map(
      (e) =>
        `${e.instancePath || 'the value'} ${e.message ?? 'does not match'}${e.keyword === 'enum' ? ` (${JSON.stringify(e.params['allowedValues'])})` : ''}`,
    )
    .join('; ');

type Compile = (pointer: string) => ValidateFunction | undefined;

const compilerOf = async (root: JsonObject): Promise<Compile> => {
  const [{ Ajv2020 }, formats] = await Promise.all([import('ajv/dist/2020.js'), import('ajv-formats')]);
  const ajv: Ajv = new Ajv2020({
    strict: false,
    allErrors: false,
    verbose: true,
    validateSchema: false,
    logger: false,
  });
  formats.default.default(ajv);
  const is30 = typeof root['openapi'] === 'string' && root['openapi'].startsWith('3.0');
  ajv.addSchema(is30 ? (schemaOf30(root) as object) : (root as object), 'doc');
  return (pointer) => {
    try {
      return ajv.compile({ $ref: `doc#${encodeURI(pointer).replaceAll('#', '%23')}` });
    } catch {
      // A reference to nothing or a schema that is none: the checks for those have said so.
      return undefined;
    }
  };
};

export interface ExamplesReport {
  readonly checked: number;
  readonly left: number;
  readonly findings: readonly Finding[];
}

const check = (document: ParsedDocument, example: Example, validate: ValidateFunction): Finding[] => {
  if (validate(example.value)) return [];
  const errors = (validate.errors ?? []).filter((e) => !isExcused(e, example.direction));
  if (errors.length === 0) return [];
  const line = document.lineOf(example.pointer);
  return [
    {
      path: document.path,
      line,
      rule: 'invalid-example',
      severity: 'error',
      message: `example at ${example.pointer} does not match its schema: ${wordsOf(errors)}`,
    },
  ];
};

/** Every example and default against its own schema (JSON Schema 2020-12; an OpenAPI 3.0 schema is translated first). */
export const checkExamples = async (document: ParsedDocument): Promise<ExamplesReport> => {
  const examples = examplesOf(document.root);
  const looked = examples.slice(0, MAX_EXAMPLES);
  const compile = looked.length > 0 ? await compilerOf(document.root) : undefined;
  const compiled = new Map<string, ValidateFunction | undefined>();
  const findings = looked.flatMap((example) => {
    if (!compiled.has(example.schema)) compiled.set(example.schema, compile?.(example.schema));
    const validate = compiled.get(example.schema);
    return validate ? check(document, example, validate) : [];
  });
  return { checked: looked.length, left: examples.length - looked.length, findings };
};
