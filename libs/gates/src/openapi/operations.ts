import type { Finding } from '@squados/contracts';
import { deref, derefAll, escapeSegment, isObject, type Json, type JsonObject } from './json-tree.js';
import { type ParsedDocument } from './parsed-document.js';

export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

export interface Operation {
  readonly path: string;
  readonly method: (typeof METHODS)[number];
  readonly pointer: string;
  readonly node: JsonObject;
  readonly item: JsonObject;
}

/** Every operation under `paths`, in the document's order. */
export const operationsOf = (root: JsonObject): readonly Operation[] => {
  const paths = root['paths'];
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, raw]) => {
    const item = deref(root, raw);
    if (!item) return [];
    return METHODS.flatMap((method) => {
      const node = item[method];
      return isObject(node) ? [{ path, method, node, item, pointer: `/paths/${escapeSegment(path)}/${method}` }] : [];
    });
  });
};

const list = (node: Json | undefined): readonly Json[] => (Array.isArray(node) ? (node as readonly Json[]) : []);

/** Parameters of an operation, those of its path included, references followed. */
export const parametersOf = (root: JsonObject, { item, node }: Operation): readonly JsonObject[] =>
  derefAll(root, [...list(item['parameters']), ...list(node['parameters'])]);

export const templateNames = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^{}]*)\}/g)].map((m) => m[1] ?? '');

const checkIds = (document: ParsedDocument, operations: readonly Operation[]): Finding[] => {
  const first = new Map<string, Operation>();
  return operations.flatMap((operation) => {
    const id = operation.node['operationId'];
    if (typeof id !== 'string') return [];
    const other = first.get(id);
    first.set(id, other ?? operation);
    if (!other) return [];
    const line = document.lineOf(`${operation.pointer}/operationId`);
    return [
      {
        path: document.path,
        line,
        rule: 'duplicate-operation-id',
        severity: 'error',
        message: `operationId "${id}" is already used by ${other.method.toUpperCase()} ${other.path}`,
      },
    ];
  });
};

const checkPathParameters = (document: ParsedDocument, operation: Operation): Finding[] => {
  const inTemplate = templateNames(operation.path);
  const declared = parametersOf(document.root, operation).filter((p) => p['in'] === 'path');
  const names = declared.map((p) => p['name']);
  const place = { path: document.path, line: document.lineOf(operation.pointer), severity: 'error' } as const;
  const where = `${operation.method.toUpperCase()} ${operation.path}`;
  const undeclared = inTemplate.filter((name) => !names.includes(name));
  const unused = names.filter((name) => typeof name === 'string' && !inTemplate.includes(name));
  return [
    ...undeclared.map((name) => ({
      ...place,
      rule: 'undeclared-path-parameter',
      message: `${where}: path parameter "${name}" is not declared`,
    })),
    ...unused.map((name) => ({
      ...place,
      rule: 'unused-path-parameter',
      message: `${where}: declared path parameter "${String(name)}" is not in the path`,
    })),
  ];
};

/** Operation ids used twice; parameters in a path that nobody declared, and the reverse. */
export const checkOperations = (document: ParsedDocument): readonly Finding[] => {
  const operations = operationsOf(document.root);
  return [
    ...checkIds(document, operations),
    ...operations.flatMap((operation) => checkPathParameters(document, operation)),
  ];
};
