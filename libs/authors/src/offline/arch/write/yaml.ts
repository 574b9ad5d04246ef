import type { Json } from './openapi-schemas.js';

/** Text that no YAML 1.1 or 1.2 reader takes for anything but itself when it stands bare. */
const BARE = /^[A-Za-z][A-Za-z0-9 _./-]*$/;
const WORDS = /^(?:true|false|null|yes|no|on|off|y|n|nan|inf)$/i;

/** JSON's string is YAML's double-quoted one; so nothing in a text can become syntax. */
const text = (value: string): string =>
  BARE.test(value) && !WORDS.test(value) && !value.endsWith(' ') ? value : JSON.stringify(value);

const isLeaf = (value: Json): value is string | number | boolean | null => typeof value !== 'object' || value === null;
const leaf = (value: string | number | boolean | null): string =>
  typeof value === 'string' ? text(value) : JSON.stringify(value);

const isEmpty = (value: Exclude<Json, string | number | boolean | null>): boolean =>
  Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
const isFlat = (value: Json): value is readonly (string | number | boolean | null)[] =>
  Array.isArray(value) && value.every(isLeaf) && JSON.stringify(value).length < 80;

const inline = (value: Json): string | undefined => {
  if (isLeaf(value)) return leaf(value);
  if (isEmpty(value)) return Array.isArray(value) ? '[]' : '{}';
  return isFlat(value)
    ? `[${value.map((v) => (typeof v === 'string' ? JSON.stringify(v) : leaf(v))).join(', ')}]`
    : undefined;
};

const write = (value: Json, indent: string, out: string[]): void => {
  if (Array.isArray(value)) for (const item of value as readonly Json[]) writeItem(item, indent, out);
  else
    for (const [key, member] of Object.entries(value as Readonly<Record<string, Json>>))
      writeMember(text(key), member, { indent, out });
};

const writeMember = (
  key: string,
  value: Json,
  { indent, out }: { readonly indent: string; readonly out: string[] },
): void => {
  const short = inline(value);
  out.push(short === undefined ? `${indent}${key}:` : `${indent}${key}: ${short}`);
  if (short === undefined) write(value, `${indent}  `, out);
};

const writeItem = (value: Json, indent: string, out: string[]): void => {
  const short = inline(value);
  if (short !== undefined) {
    out.push(`${indent}- ${short}`);
    return;
  }
  const inner: string[] = [];
  write(value, `${indent}  `, inner);
  out.push(`${indent}- ${(inner[0] ?? '').slice(indent.length + 2)}`, ...inner.slice(1));
};

/** JSON data as YAML, in its own order: many times faster than a general writer, which showed at forty contracts. */
export const toYaml = (value: Json): string => {
  const short = inline(value);
  if (short !== undefined) return `${short}\n`;
  const out: string[] = [];
  write(value, '', out);
  return `${out.join('\n')}\n`;
};
