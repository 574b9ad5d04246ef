import type { Json, JsonObject } from './given-plan.js';

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const objectOf = (value: unknown): JsonObject => (isObject(value) ? value : {});
export const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? (value as readonly Json[]) : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
export const stringsOf = (value: unknown): readonly string[] =>
  listOf(value).filter((item): item is string => typeof item === 'string');

const MAX_HOPS = 20;

/** What a reference inside the document points at; undefined when it points nowhere, outside, or in a circle. */
export const followed = (root: JsonObject, node: unknown): JsonObject | undefined => {
  let current: unknown = node;
  for (let hop = 0; hop < MAX_HOPS && isObject(current); hop += 1) {
    const ref: unknown = current['$ref'];
    if (typeof ref !== 'string') return current;
    current = pointed(root, ref);
  }
  return undefined;
};

const decoded = (step: string): string => {
  try {
    return decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~');
  } catch {
    return step;
  }
};

export const pointed = (root: JsonObject, ref: string): unknown => {
  if (!ref.startsWith('#/')) return undefined;
  let node: unknown = root;
  for (const step of ref.slice(2).split('/').map(decoded)) {
    if (Array.isArray(node)) node = (node as readonly unknown[])[Number(step)];
    else node = isObject(node) && Object.hasOwn(node, step) ? node[step] : undefined;
  }
  return node;
};

/** References at or below a node that lead nowhere inside the document; each once. Follows what it can, every place once. */
export const lostReferences = (root: JsonObject, node: unknown): readonly string[] => {
  const seen = new Set<string>();
  const lost = new Set<string>();
  const open: unknown[] = [node];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) open.push(...(next as readonly unknown[]));
    if (!isObject(next)) continue;
    const ref = next['$ref'];
    if (typeof ref === 'string' && !seen.has(ref)) {
      seen.add(ref);
      const target = pointed(root, ref);
      if (target === undefined) lost.add(ref);
      else open.push(target);
    }
    open.push(...Object.entries(next).flatMap(([key, value]) => (isIllustration(key) ? [] : [value])));
  }
  return [...lost];
};

const ILLUSTRATIONS = new Set(['example', 'examples', 'default', 'enum', 'const']);
const isIllustration = (key: string): boolean => ILLUSTRATIONS.has(key);

/** A member that is there only when it has a value, for spreading. */
export const present = <K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { readonly [P in K]?: V };
