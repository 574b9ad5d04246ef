export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const escapeSegment = (segment: string): string => segment.replaceAll('~', '~0').replaceAll('/', '~1');
const unescapeSegment = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What a local reference (`#/components/schemas/X`) points at; undefined if nothing is there. */
export const resolvePointer = (root: JsonObject, ref: string): Json | undefined => {
  let node: Json | undefined = root;
  for (const segment of decoded(ref.slice(1)).split('/').slice(1)) {
    if (typeof node !== 'object' || node === null || !Object.hasOwn(node, unescapeSegment(segment))) return undefined;
    node = (node as Readonly<Record<string, Json>>)[unescapeSegment(segment)];
  }
  return node;
};

/** Follows references within the document, at most ten deep. */
export const deref = (root: JsonObject, node: Json | undefined): JsonObject | undefined => {
  let current = node;
  for (let hops = 0; hops < 10 && isObject(current); hops += 1) {
    const ref: Json | undefined = current['$ref'];
    if (typeof ref !== 'string') return current;
    current = ref.startsWith('#') ? resolvePointer(root, ref) : undefined;
  }
  return undefined;
};

/** The objects of a list, references followed; whatever is none is left out. */
export const derefAll = (root: JsonObject, list: readonly Json[]): JsonObject[] =>
  list.map((node) => deref(root, node)).filter((node) => node !== undefined);
