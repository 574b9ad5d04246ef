import type { Finding } from '@squados/contracts';
import { escapeSegment, isObject, resolvePointer, type Json, type JsonObject } from './json-tree.js';
import { type ParsedDocument } from './parsed-document.js';

interface Reference {
  readonly pointer: string;
  readonly ref: string;
  /** Stands in an `x-` member: its reader's matter, not the contract's. */
  readonly isInExtension?: true;
}

/** Below these keys stands data, and a `$ref` in it is no reference. */
const DATA = new Set(['example', 'default', 'enum', 'const']);
const EXTENSION = 'x-';
/** Below these stand names that people chose: a property may be called `$ref` or `example`. */
const NAMED = new Set([
  'properties',
  'patternProperties',
  'schemas',
  'parameters',
  'responses',
  'headers',
  '$defs',
  'paths',
]);

const isData = (key: string, value: Json, parent: string): boolean =>
  !NAMED.has(parent) &&
  (key.startsWith(EXTENSION) ||
    DATA.has(key) ||
    (key === 'value' && parent === 'example-object') ||
    (key === 'examples' && Array.isArray(value)));

const kindOf = (key: string, parent: string): string =>
  parent === 'examples' ? 'example-object' : NAMED.has(parent) ? '' : key;

const children = (node: Json): [string, Json][] =>
  typeof node === 'object' && node !== null ? Object.entries(node) : [];

interface Place {
  readonly pointer: string;
  /** The key under which the node stands; empty where that key is a name that people chose. */
  readonly kind: string;
}

/** Shared nodes (YAML aliases) are looked at once. */
class ReferenceFinder {
  readonly found: Reference[] = [];
  readonly #seen = new Set<object>();
  readonly #extensions: (readonly [Json, Place])[] = [];
  #mark: { readonly isInExtension?: true } = {};

  /** Extensions come last: a node that an alias shares with the contract counts as the contract's. */
  visitAll(root: Json): void {
    this.visit(root, { pointer: '', kind: '' });
    this.#mark = { isInExtension: true };
    for (const [node, place] of this.#extensions) this.visit(node, place);
  }

  visit(node: Json, { pointer, kind }: Place): void {
    if (typeof node !== 'object' || node === null || this.#seen.has(node)) return;
    this.#seen.add(node);
    for (const [key, value] of children(node))
      this.#enter(key, value, { pointer: `${pointer}/${escapeSegment(key)}`, kind });
  }

  #enter(key: string, value: Json, { pointer, kind }: Place): void {
    if (key === '$ref' && !NAMED.has(kind) && typeof value === 'string')
      this.found.push({ pointer, ref: value, ...this.#mark });
    else if (key.startsWith(EXTENSION) && !NAMED.has(kind)) this.#extensions.push([value, { pointer, kind: '' }]);
    else if (!isData(key, value, kind)) this.visit(value, { pointer, kind: kindOf(key, kind) });
  }
}

/** Every `$ref` of the document with its place. */
export const referencesOf = (root: JsonObject): readonly Reference[] => {
  const finder = new ReferenceFinder();
  finder.visitAll(root);
  return finder.found;
};

/** Shared nodes (YAML aliases) stay shared, so that a small text can't become a large copy. */
class DataCopy {
  readonly #done = new Map<object, Json>();

  /** `isInData`: nothing below is a reference, whatever it is called. */
  of(node: Json, kind: string, isInData = false): Json {
    if (typeof node !== 'object' || node === null) return node;
    const known = this.#done.get(node);
    if (known !== undefined) return known;
    const entries = children(node).flatMap(([key, value]) => this.#entry([key, value], { kind, isInData }));
    const made = Array.isArray(node) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
    this.#done.set(node, made);
    return made;
  }

  #entry(
    [key, value]: readonly [string, Json],
    at: { readonly kind: string; readonly isInData: boolean },
  ): readonly [string, Json][] {
    if (at.isInData && key === '$ref') return [];
    const isInData = at.isInData || isData(key, value, at.kind);
    return [[key, this.of(value, isInData ? '' : kindOf(key, at.kind), isInData)]];
  }
}

/** A copy in which no member of an extension, an example or a default is called `$ref`: for readers that would follow it. */
export const withoutDataReferences = (root: JsonObject): JsonObject => new DataCopy().of(root, '') as JsonObject;

const anchorsOf = (root: JsonObject): Set<string> => {
  const anchors = new Set<string>();
  const seen = new Set<object>();
  const visit = (node: Json): void => {
    if (typeof node !== 'object' || node === null || seen.has(node)) return;
    seen.add(node);
    if (isObject(node) && typeof node['$anchor'] === 'string') anchors.add(node['$anchor']);
    for (const [, child] of children(node)) visit(child);
  };
  visit(root);
  return anchors;
};

const resolves = (root: JsonObject, ref: string, anchors: () => Set<string>): boolean =>
  ref === '#' || (ref.startsWith('#/') ? resolvePointer(root, ref) !== undefined : anchors().has(ref.slice(1)));

const externalRef = ({ ref, isInExtension }: Reference): Pick<Finding, 'rule' | 'severity' | 'message'> =>
  isInExtension === undefined
    ? {
        rule: 'external-ref',
        severity: 'error',
        message: `external $ref "${ref}" is never fetched: write what it points at into this file`,
      }
    : {
        rule: 'external-ref',
        severity: 'warning',
        message: `external $ref "${ref}" in an extension is never fetched: what it points at is left out`,
      };

const isDangling = (document: ParsedDocument, { ref, isInExtension }: Reference, anchors: () => Set<string>): boolean =>
  isInExtension === undefined && !resolves(document.root, ref, anchors);

/** References out of the file (never followed; in an extension a warning) and references to nothing. */
export const checkReferences = (document: ParsedDocument): readonly Finding[] => {
  let known: Set<string> | undefined;
  const anchors = (): Set<string> => (known ??= anchorsOf(document.root));
  return referencesOf(document.root).flatMap((reference): Finding[] => {
    const place = { path: document.path, line: document.lineOf(reference.pointer) };
    if (!reference.ref.startsWith('#')) return [{ ...place, ...externalRef(reference) }];
    const message = `$ref "${reference.ref}" points at nothing in this file`;
    return isDangling(document, reference, anchors)
      ? [{ ...place, rule: 'unresolved-ref', severity: 'error', message }]
      : [];
  });
};
