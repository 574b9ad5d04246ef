import { getLineColLocation, parseYaml, Source, YamlParseError } from '@redocly/openapi-core';
import type { Finding } from '@squados/contracts';
import type { TextFile } from '../pool/job.js';
import { clip } from '../pool/report.js';
import { isObject, type JsonObject } from './json-tree.js';

export interface ParsedDocument {
  readonly path: string;
  readonly root: JsonObject;
  /** Line (from 1) of a JSON pointer (`/paths/~1x/get`); the nearest one above it, if it isn't there. */
  lineOf(pointer: string): number;
}

/** More nodes than this after every alias is written out is an attack or a mistake; a 4 MB description has 170,000. */
const MAX_NODES = 3_000_000;
const MAX_DEPTH = 500;

/** Nodes of the tree with aliases written out; Infinity for a cycle or too deep a nesting. Each shared node is counted once. */
export const countNodes = (root: unknown): number => {
  const sizes = new Map<object, number>();
  const open = new Set<object>();
  const size = (node: unknown, depth: number): number => {
    if (typeof node !== 'object' || node === null) return 1;
    const known = sizes.get(node);
    if (known !== undefined) return known;
    if (open.has(node) || depth > MAX_DEPTH) return Infinity;
    open.add(node);
    let sum = 1;
    for (const child of Object.values(node)) sum += size(child, depth + 1);
    open.delete(node);
    sizes.set(node, sum);
    return sum;
  };
  return size(root, 0);
};

const refusal = (at: { path: string; line?: number }, rule: string, message: string): Finding => ({
  path: at.path,
  line: at.line ?? 1,
  rule,
  severity: 'error',
  message,
});

const lineOfError = (error: unknown): number => {
  const mark = error instanceof Error && 'mark' in error ? (error as { mark?: { line?: unknown } }).mark : undefined;
  return typeof mark?.line === 'number' ? mark.line + 1 : 1;
};

const parse = (text: string): unknown => parseYaml(text, { filename: 'openapi' });

/** Parses YAML or JSON (one document, YAML 1.2, duplicate keys refused) and refuses what only pretends to be a description. */
export const parseDocument = ({ path, text }: TextFile): ParsedDocument | Finding => {
  let root: unknown;
  try {
    root = parse(text);
  } catch (error) {
    const cause = error instanceof YamlParseError ? error.originalError : error;
    const words = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    return refusal({ path, line: lineOfError(cause) }, 'not-parsable', `neither YAML nor JSON: ${clip(words, 300)}`);
  }
  if (!isObject(root))
    return refusal(
      { path },
      'not-parsable',
      'the document is not a mapping: an API description begins with "openapi: 3.1.0"',
    );
  const nodes = countNodes(root);
  if (nodes > MAX_NODES)
    return refusal(
      { path },
      'alias-bomb',
      `with its aliases written out the document has ${nodes === Infinity ? 'no end' : `${nodes} nodes`}, at most ${MAX_NODES} are read`,
    );
  const source = new Source(path, text);
  const lineOf = (pointer: string): number =>
    getLineColLocation({ source, pointer: `#${pointer}`, reportOnKey: true }).start.line;
  return { path, root, lineOf };
};

export const isParsed = (it: ParsedDocument | Finding): it is ParsedDocument => 'root' in it;
