import type { FieldView } from '../app-model/app-model.js';

const PLAIN: Partial<Record<FieldView['kind'], string>> = {
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  json: 'JsonValue',
};

/** The TypeScript type of a field's value, absence apart. */
export const valueType = (f: FieldView): string => f.choice?.type ?? PLAIN[f.kind] ?? 'string';

/** One property of a row or an input. */
export const property = (f: FieldView): string =>
  `readonly ${f.name}${f.isOptional ? '?' : ''}: ${valueType(f)}${f.isNullable ? ' | null' : ''};`;

export const isRequired = (f: FieldView): boolean => !f.isNullable;
