import type { DomainModel, EntityModel, FieldModel } from '@squados/contracts';

/** One input of a form as a person fills it in; values are text, as typed. */
export interface E2eInput {
  readonly name: string;
  readonly control: 'text' | 'choice' | 'check' | 'relation';
  readonly value: string;
  /** What it is changed to in the editing step; absent: it is left alone. */
  readonly edited?: string;
  /** For `relation`: resource whose row is chosen. */
  readonly target?: string;
}

/** What is done with one entity in the browser: created, found, edited, deleted. */
export interface E2eEntity {
  readonly name: string;
  readonly resource: string;
  readonly inputs: readonly E2eInput[];
  /** Body with which a row is made through the API, for others to point at; relations are filled in there. */
  readonly body: Readonly<Record<string, unknown>>;
  /** What the row is recognised by in its list. */
  readonly shown: string;
}

export interface E2ePlan {
  readonly apiBase: string;
  /** All of the model, targets before what points at them. */
  readonly entities: readonly E2eEntity[];
  /** Resources to go through in the browser, targets before what must point at them. */
  readonly tested: readonly string[];
}

/** Sample values within the fields' own bounds; only what the model states is used. */
export const e2ePlan = (model: DomainModel, tested: readonly EntityModel[], apiBase: string): E2ePlan => ({
  apiBase,
  entities: inOrder(model).map((entity) => e2eEntity(entity, model)),
  tested: inOrder(model)
    .filter((entity) => isWritable(entity) && tested.some(({ name }) => name === entity.name))
    .map((entity) => entity.resource),
});

const isWritable = (entity: EntityModel): boolean =>
  ['create', 'update', 'delete'].every((kind) => entity.operations.some((o) => o.kind === kind));

/** A row that others had to have before its own turn would stand in the way of a unique value: what must be named comes first. */
const inOrder = (model: DomainModel): readonly EntityModel[] => {
  const seen = new Set<EntityModel>();
  const visit = (entity: EntityModel): void => {
    if (seen.has(entity)) return;
    seen.add(entity);
    for (const relation of entity.relations.filter(({ required }) => required))
      for (const target of model.entities.filter((e) => e.name === relation.target)) visit(target);
    order.push(entity);
  };
  const order: EntityModel[] = [];
  model.entities.forEach(visit);
  return order;
};

const e2eEntity = (entity: EntityModel, model: DomainModel): E2eEntity => {
  const fields = entity.fields.filter((field) => field.name !== entity.states?.field);
  const editable = fields.find((field) => canEdit(field));
  const resourceOf = (name: string): string => model.entities.find((e) => e.name === name)?.resource ?? '';
  const relations = entity.relations
    .filter((relation) => relation.required && relation.target !== entity.name)
    .map((relation): E2eInput => ({
      name: relation.field,
      control: 'relation',
      value: '',
      target: resourceOf(relation.target),
    }));
  const inputs = fields.map((field): E2eInput => ({
    name: field.name,
    control: controlOf(field),
    value: typed(field, sample(field, 0)),
    ...(field === editable ? { edited: typed(field, sample(field, 1)) } : {}),
  }));
  const shown = fields.find((field) => field.required && isText(field));
  return {
    name: entity.name,
    resource: entity.resource,
    inputs: [...inputs, ...relations],
    body: Object.fromEntries(fields.map((field) => [field.name, sample(field, 0)])),
    shown: shown ? String(sample(shown, 0)) : '',
  };
};

const isText = ({ type }: FieldModel): boolean => type === 'string' || type === 'email';
const canEdit = (field: FieldModel): boolean =>
  field.pattern === undefined && ['string', 'text', 'integer', 'decimal'].includes(field.type);

/** A truth value that may be left out is chosen: yes, no, or nothing. */
const controlOf = ({ type, required }: FieldModel): E2eInput['control'] => {
  if (type === 'boolean') return required ? 'check' : 'choice';
  return type === 'enum' ? 'choice' : 'text';
};

const clampedText = (text: string, { min = 0, max = 60 }: FieldModel): string =>
  text.length < min ? text.padEnd(Math.min(min, max), 'x') : text.slice(0, Math.max(1, max));

const numberWithin = ({ min, max }: FieldModel, nth: number): number => {
  const low = min ?? Math.min(1, max ?? 1);
  return max !== undefined && low + nth > max ? max : low + nth;
};

/** The nth sample of a field, as JSON carries it. */
const sample = (field: FieldModel, nth: number): unknown => SAMPLES[field.type](field, nth);

const SAMPLES: { readonly [T in FieldModel['type']]: (field: FieldModel, nth: number) => unknown } = {
  string: (field, nth) => patternSample(field) ?? clampedText(`E${nth + 2}e ${field.name}`, field),
  text: (field, nth) => clampedText(`E${nth + 2}e text of ${field.name}`, field),
  integer: (field, nth) => Math.ceil(numberWithin(field, nth)),
  decimal: (field, nth) => Number(numberWithin(field, nth).toFixed(2)),
  boolean: () => true,
  date: () => '2026-03-14',
  datetime: () => '2026-03-14T10:30:00Z',
  time: () => '10:30:00Z',
  uuid: () => '7b1f8a52-3c1d-4c55-9a3e-2d4f6a7b8c9d',
  email: (field, nth) => clampedText(`e${nth + 2}e@example.org`, field),
  url: () => 'https://example.org/e2e',
  json: () => ({ e2e: true }),
  enum: (field) => field.values?.[0] ?? '',
};

/** A text that the plainest of patterns allow: fixed numbers of digits or letters, between literals. */
const patternSample = ({ pattern }: FieldModel): string | undefined => {
  if (pattern === undefined) return undefined;
  const text = pattern
    .replace(/^\^|\$$/g, '')
    .replace(/\\d|\[0-9\]/g, '7')
    .replace(/\[A-Z\]|\[A-Za-z\]|\[a-zA-Z\]|\\w/g, 'Q')
    .replace(/\[a-z\]/g, 'q')
    .replace(/(.)\{(\d{1,3})(?:,\d*)?\}/g, (_all, char: string, n: string) => char.repeat(Number(n)))
    .replace(/\\([.\-/()])/g, '$1');
  try {
    return new RegExp(pattern, 'u').test(text) ? text : undefined;
  } catch {
    return undefined;
  }
};

const typed = (field: FieldModel, value: unknown): string => {
  if (field.type === 'datetime') return '2026-03-14T10:30:00';
  if (field.type === 'time') return '10:30:00';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
};
