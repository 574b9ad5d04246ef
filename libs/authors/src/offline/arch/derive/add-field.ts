import type { FieldModel, FieldType } from '@squados/contracts';
import { nameWords, snake } from '../text/identifiers.js';
import { singular } from '../text/inflection.js';
import { assume, entityFor, findByKey, type DraftEntity, type Reading } from './draft.js';
import { fieldName, isBuiltIn, typeByLabel } from './field-names.js';
import type { FieldSpec } from './field-spec.js';
import { keyOf, phraseOf } from './noun-phrase.js';

/** A field as a text names it, before it is one of the model. */
export interface FoundField {
  readonly label: string;
  readonly spec: FieldSpec;
  readonly line: number;
  readonly excerpt: string;
  /** Taken from an example (JSON): it shows what there is, but makes no new entity. */
  readonly example?: boolean;
}

const NUMERIC: ReadonlySet<FieldType> = new Set(['integer', 'decimal']);
const MEASURED: ReadonlySet<FieldType> = new Set(['integer', 'decimal', 'string', 'text', 'email', 'url']);

/** Why a field can't be as its own words say; undefined when it can. */
const clashOf = (spec: FieldSpec, type: FieldType): string | undefined => {
  if (spec.clash !== undefined) return spec.clash;
  if (spec.min !== undefined && spec.max !== undefined && spec.min > spec.max)
    return `min ${spec.min} > max ${spec.max}`;
  if (spec.default === undefined) return undefined;
  return defaultClash(spec, type, spec.default);
};

const defaultClash = (spec: FieldSpec, type: FieldType, value: string): string | undefined => {
  if (spec.values && !spec.values.some((v) => v.toLowerCase() === value.toLowerCase()))
    return `default ${value} ∉ ${spec.values.join(', ')}`;
  const size = NUMERIC.has(type) ? Number(value) : value.length;
  if (!MEASURED.has(type)) return undefined;
  return Number.isNaN(size) ? `default ${value} ≠ ${type}` : outside(spec, value, size);
};

const outside = ({ min = -Infinity, max = Infinity }: FieldSpec, value: string, size: number): string | undefined =>
  size < min || size > max ? `default ${value} ∉ [${min}, ${max}]` : undefined;

const contradict = (reading: Reading, found: FoundField, reason: string): void => {
  reading.contradictions.push({
    requirement: reading.source.id,
    message: `${found.label}: ${reason}`,
    line: found.line,
    excerpt: found.excerpt,
  });
};

const TRUE = /^(true|sim|yes|verdadeiro|1)$/i;
const CONVERT: Partial<Record<FieldType, (value: string) => string | number | boolean | undefined>> = {
  boolean: (v) => TRUE.test(v),
  integer: (v) => (Number.isInteger(Number(v)) ? Number(v) : undefined),
  decimal: (v) => (Number.isFinite(Number(v)) ? Number(v) : undefined),
  string: (v) => v,
  text: (v) => v,
};
const defaultOf = (spec: FieldSpec, type: FieldType): FieldModel['default'] => {
  if (spec.default === undefined) return undefined;
  const wanted = spec.default;
  if (type === 'enum') return spec.values?.find((v) => v.toLowerCase() === wanted.toLowerCase());
  return CONVERT[type]?.(wanted);
};

const limits = (spec: FieldSpec, type: FieldType): Pick<FieldModel, 'min' | 'max'> => {
  if (!MEASURED.has(type)) return {};
  return { ...(spec.min === undefined ? {} : { min: spec.min }), ...(spec.max === undefined ? {} : { max: spec.max }) };
};

/** A label begins with a capital; `isbn` is written as the text writes it elsewhere, ISBN. */
const labelOf = ({ source }: Reading, text: string): string => {
  const said = `${source.text} ${source.criteria.join(' ')}`;
  const words = text
    .replaceAll('_', ' ')
    .trim()
    .split(' ')
    .map((word) => (isAcronym(said, word) ? word.toUpperCase() : word))
    .join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const isAcronym = (said: string, word: string): boolean =>
  /^[a-z]{2,6}$/.test(word) && new RegExp(`\\b${word.toUpperCase()}\\b`).test(said);

const modelOf = (reading: Reading, found: FoundField, name: string): FieldModel => {
  const { spec } = found;
  const type = spec.type ?? typeByLabel(found.label);
  const value = defaultOf(spec, type);
  return {
    name,
    label: labelOf(reading, found.label),
    type,
    required: spec.required ?? false,
    ...(spec.unique ? { unique: true } : {}),
    ...limits(spec, type),
    ...(spec.values && type === 'enum' ? { values: spec.values } : {}),
    ...(value === undefined ? {} : { default: value }),
    ...(spec.description ? { description: spec.description } : {}),
    source: reading.source.id,
  };
};

const words = (language: 'pt' | 'en', pt: string, en: string): string => (language === 'pt' ? pt : en);

/** The first requirement wins; what a later one adds where the first was silent is taken, what differs is noted with both names. */
const meet = (
  reading: Reading,
  entity: DraftEntity,
  pair: { readonly old: DraftEntity['fields'][number]; readonly now: FieldModel; readonly found: FoundField },
): void => {
  const { old, now, found } = pair;
  const differs =
    (found.spec.type !== undefined && old.type !== now.type) || isOther(old.max, now.max) || isOther(old.min, now.min);
  if (differs && old.source === now.source) return contradict(reading, found, `${describe(old)} ≠ ${describe(now)}`);
  if (differs) {
    const id = `${entity.label}.${old.label}`;
    assume(
      reading,
      words(
        reading.draft.language,
        `${id}: ${old.source} diz ${describe(old)} e ${now.source} diz ${describe(now)}; vale o primeiro.`,
        `${id}: ${old.source} says ${describe(old)} and ${now.source} says ${describe(now)}; the first holds.`,
      ),
    );
    return;
  }
  complete(old, now);
};

const isOther = (a: number | undefined, b: number | undefined): boolean =>
  a !== undefined && b !== undefined && a !== b;

const complete = (old: DraftEntity['fields'][number], now: FieldModel): void => {
  old.required ||= now.required;
  if (now.unique) old.unique = true;
  if (now.max !== undefined) old.max ??= now.max;
  if (now.min !== undefined) old.min ??= now.min;
};

const describe = (f: FieldModel): string =>
  [f.type, f.min === undefined ? '' : `≥ ${f.min}`, f.max === undefined ? '' : `≤ ${f.max}`]
    .filter((p) => p !== '')
    .join(' ');

const relationTarget = (reading: Reading, entity: DraftEntity, found: FoundField): DraftEntity | undefined => {
  const { draft } = reading;
  const bare = found.label.replace(/[ _]?id$/i, '');
  const isId = /[_ ]id$|[a-z]Id$|_ID$/.test(found.label);
  const known = findByKey(draft, keyOf(bare, draft.language));
  if (known) return isId || (known !== entity && isBareName(found, bare, draft.language)) ? known : undefined;
  if (!isId || found.example || nameWords(bare).length === 0) return undefined;
  return entityFor(reading, phraseOf(bare.replaceAll('_', ' ').split(' '), draft.language, 1));
};

/** `member` among a loan's fields, with no type of its own, is the member. */
const isBareName = (found: FoundField, bare: string, language: 'pt' | 'en'): boolean =>
  found.spec.type === undefined && isSingular(bare, language);

const isSingular = (text: string, language: 'pt' | 'en'): boolean =>
  text.split(' ').every((w) => singular(w, language) === w);

export interface RelationFound {
  readonly target: DraftEntity;
  readonly required: boolean;
  readonly cascade?: boolean;
  readonly field?: string;
}

const tighten = (old: DraftEntity['relations'][number], found: RelationFound): void => {
  old.required ||= found.required;
  if (old.onDelete === 'set-null' && old.required) old.onDelete = 'restrict';
};

export const addRelation = (entity: DraftEntity, found: RelationFound): void => {
  const { target } = found;
  const field = found.field ?? (target === entity ? `${snake(target.label)}_origem_id` : `${snake(target.label)}_id`);
  const old = entity.relations.find((r) => r.field === field);
  if (old) return tighten(old, found);
  const required = found.required && target !== entity;
  entity.relations.push({
    field,
    label: target.label,
    target: target.name,
    required,
    onDelete: required ? (found.cascade ? 'cascade' : 'restrict') : 'set-null',
  });
};

const relationOf = (target: DraftEntity, found: FoundField, name: string): RelationFound => {
  const column = name.endsWith('_id') ? name : `${name}_id`;
  return { target, required: found.spec.required === true, ...(/id$/i.test(found.label) ? { field: column } : {}) };
};

/** Puts a field that a text names into an entity: as a field, as a relation when it names another entity, or as a contradiction. */
export const addField = (reading: Reading, entity: DraftEntity, found: FoundField): void => {
  const name = fieldName(found.label);
  if (isBuiltIn(name)) return;
  const target = relationTarget(reading, entity, found);
  if (target) return addRelation(entity, relationOf(target, found, name));
  const now = modelOf(reading, found, name);
  const clash = clashOf(found.spec, now.type);
  if (clash !== undefined) return contradict(reading, found, clash);
  const old = entity.fields.find((f) => f.name === name);
  if (old) return meet(reading, entity, { old, now, found });
  if (entity.relations.some((r) => r.field === name)) return;
  entity.fields.push(now);
  noteGuess(reading, entity, { found, now });
};

const noteGuess = (
  reading: Reading,
  entity: DraftEntity,
  { found, now }: { readonly found: FoundField; readonly now: FieldModel },
): void => {
  if (found.spec.type !== undefined || found.example) return;
  assume(
    reading,
    words(
      reading.draft.language,
      `${reading.source.id}: o texto não diz o tipo de ${entity.label}.${now.label}; pelo nome, ${now.type}.`,
      `${reading.source.id}: the text does not say the type of ${entity.label}.${now.label}; by its name, ${now.type}.`,
    ),
  );
};
