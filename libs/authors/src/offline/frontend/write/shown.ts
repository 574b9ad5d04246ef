import type { AppModel, EntityView, FieldView } from '../app-model/app-model.js';

/** The entity that a relation points at, as the application knows it. */
export const targetOf = (app: AppModel, f: FieldView): EntityView | undefined =>
  f.kind === 'relation' ? app.entities.find((e) => e.model.name === f.target) : undefined;

const FORMATS: Readonly<Record<FieldView['kind'], string>> = {
  string: 'text',
  text: 'text',
  integer: 'number',
  decimal: 'number',
  boolean: 'boolean',
  date: 'date',
  datetime: 'dateTime',
  time: 'time',
  uuid: 'text',
  email: 'text',
  url: 'text',
  json: 'json',
  enum: 'choice',
  relation: 'text',
};

/** The expression that shows a field of a row as text. */
export const formatted = (e: EntityView, f: FieldView): string => {
  const labels = f.choice ? `, ${e.value}Labels.values.${f.name}` : '';
  return `format.${FORMATS[f.kind]}(${e.value}.${f.name}${labels})`;
};

/** Import lines for the relations that some fields show. */
export const targetImports = (app: AppModel, fields: readonly FieldView[], own: EntityView): readonly string[] => {
  const targets = new Set(fields.flatMap((f) => targetOf(app, f) ?? []));
  return [...targets]
    .filter((t) => t !== own)
    .map((t) => `import { ${t.value}Target } from '../${t.resource}/${t.file}-target';`);
};

export const pointsAtItself = (app: AppModel, fields: readonly FieldView[], own: EntityView): boolean =>
  fields.some((f) => targetOf(app, f) === own);
