import { textAt } from '../text/text-at.js';
import type { FieldType } from '@squados/contracts';
import { readFieldSpec, type FieldSpec } from './field-spec.js';
import type { FoundField } from './add-field.js';

/** An entity as a block of code declares it. `name` is absent where the code does not say whose fields they are (JSON). */
export interface CodeEntity {
  readonly name?: string;
  readonly fields: readonly FoundField[];
}

const found = (
  label: string,
  spec: FieldSpec,
  at: { readonly line: number; readonly excerpt: string; readonly example?: boolean },
): FoundField => ({ label, spec, ...at });

const SQL_TABLE = /create\s+table\s+(?:if\s+not\s+exists\s+)?(?:\w+\.)?["`[]?(\w+)["`\]]?\s*\(([\s\S]*?)\n?\s*\)\s*;/gi;
const SQL_SKIP = /^(primary|foreign|unique|check|constraint|key|index)\b/i;

const sqlSpec = (definition: string): FieldSpec => {
  const type =
    readFieldSpec(
      definition
        .replace(/^(\w+)\s*\((\d+)(?:,\d+)?\)/, (_all, name: string, size: string) =>
          /char/i.test(name) ? `${name}, max ${size}` : name,
        )
        .split(/\b(?:not|null|default|unique|references|primary|check)\b/i)[0] ?? '',
    ) ?? {};
  if (/not\s+null/i.test(definition)) type.required = true;
  if (/\bunique\b/i.test(definition)) type.unique = true;
  return type;
};

const fromSql = (body: string, line: number): readonly CodeEntity[] =>
  [...body.matchAll(SQL_TABLE)].map(([, name = '', columns = '']) => ({
    name,
    fields: columns
      .split(/,(?![^(]*\))/)
      .map((c) => c.replace(/--.*$/gm, '').trim())
      .flatMap((definition) => {
        const [, label = '', rest = ''] = /^["`[]?(\w+)["`\]]?\s+([\s\S]+)$/.exec(definition) ?? [];
        return label === '' || SQL_SKIP.test(definition) || /primary\s+key/i.test(rest)
          ? []
          : [found(label, sqlSpec(rest), { line, excerpt: definition })];
      }),
  }));

const TS_TYPE = /(?:interface|type|class)\s+(\w+)\s*(?:=\s*)?(?:extends\s+\w+\s*)?\{([^{}]*)\}/g;
const TS_MEMBER = /^\s*(?:readonly\s+|private\s+|public\s+)?(\w+)(\?)?\s*:\s*([^;,\n]+)[;,]?\s*$/gm;
const TS_TYPES: Readonly<Record<string, FieldType>> = {
  string: 'string',
  number: 'decimal',
  boolean: 'boolean',
  Date: 'datetime',
  unknown: 'json',
  object: 'json',
};

const tsSpec = (text: string, optional: boolean): FieldSpec => {
  const literals = [...text.matchAll(/['"]([^'"]+)['"]/g)].map((m) => textAt(m, 1));
  const type = TS_TYPES[text.trim()];
  if (literals.length > 1) return { type: 'enum', values: literals, required: !optional };
  return {
    ...(type ? { type } : /\[\]|Array<|Record</.test(text) ? { type: 'json' as const } : {}),
    required: !optional,
  };
};

const fromTypes = (body: string, line: number): readonly CodeEntity[] =>
  [...body.matchAll(TS_TYPE)].map(([, name = '', members = '']) => ({
    name,
    fields: [...members.matchAll(TS_MEMBER)].map(([all, label = '', optional, text = '']) =>
      found(label, tsSpec(text, optional !== undefined), { line, excerpt: all.trim() }),
    ),
  }));

/** The type that an example value shows; `a|b|c` lists an enum's values. */
const exampleSpec = (value: unknown): FieldSpec => {
  if (typeof value === 'boolean') return { type: 'boolean' };
  if (typeof value === 'number') return { type: Number.isInteger(value) ? 'integer' : 'decimal' };
  if (typeof value !== 'string') return { type: 'json' };
  const values = value.split('|').map((v) => v.trim());
  if (values.length > 1 && values.every((v) => /^[\w -]{1,30}$/.test(v))) return { type: 'enum', values };
  return { type: value.length > 200 ? 'text' : 'string' };
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
};

const fromJson = (body: string, line: number): readonly CodeEntity[] => {
  const value = parsed(body);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  const entries = Object.entries(value).filter(([key]) => /^[A-Za-z_]\w{0,50}$/.test(key));
  if (entries.filter(([, v]) => typeof v !== 'object').length < 2) return [];
  return [
    {
      fields: entries.map(([key, v]) =>
        found(key, exampleSpec(v), { line, excerpt: `${key}: ${JSON.stringify(v).slice(0, 80)}`, example: true }),
      ),
    },
  ];
};

/** Entities and fields that a block of SQL, TypeScript or JSON declares; none for other code. */
export const entitiesInCode = (block: {
  readonly language: string;
  readonly body: string;
  readonly line: number;
}): readonly CodeEntity[] => {
  const { language, body, line } = block;
  if (/^(sql|postgres|postgresql|ddl)$/.test(language) || (language === '' && /create\s+table/i.test(body)))
    return fromSql(body, line);
  if (/^(ts|typescript)$/.test(language)) return fromTypes(body, line);
  return language === 'json' || (language === '' && body.trim().startsWith('{')) ? fromJson(body, line) : [];
};
