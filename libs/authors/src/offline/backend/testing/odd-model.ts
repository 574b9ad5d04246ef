import type { DomainModel, EntityModel, FieldModel, FieldType } from '@squados/contracts';

/** A text that tries to end every kind of literal, comment and docstring that it could stand in. */
export const HOSTILE = `"""'''\\N{BULLET} {x} %s $\{y} \`z\` <b>&amp; */ --\n#\r\t\u0000\u2028\u202e\ud800 ção 😀 \\`;

const field = (name: string, type: FieldType, more: Partial<FieldModel> = {}): FieldModel => ({
  name,
  label: HOSTILE,
  type,
  required: true,
  source: 'FR-1',
  ...more,
});

const entity = (name: string, more: Partial<EntityModel>): EntityModel => ({
  name,
  label: HOSTILE,
  labelPlural: HOSTILE,
  table: `${name.toLowerCase()}_rows`,
  resource: `${name.toLowerCase()}-rows`,
  description: HOSTILE,
  fields: [],
  relations: [],
  operations: [],
  requirements: ['FR-1', HOSTILE],
  ...more,
});

const VALUES = ["it's", 'say "no"', 'em execução', 'back\\slash', '{braces}'];

/** Names that are keywords, or that the generated code has for itself, and a field of every type. */
const everything = entity('Class', {
  fields: [
    field('class', 'string', { max: 8, unique: true }),
    field('from', 'text', { required: false }),
    field('metadata', 'integer', { min: -5, max: 5, default: 0 }),
    field('model_config', 'decimal', { min: 0.01, max: 99.5, default: 1.5 }),
    field('json', 'boolean', { default: false }),
    field('page', 'date', { required: false }),
    field('dt', 'datetime'),
    field('str', 'time'),
    field('uuid', 'uuid', { required: false }),
    field('copy', 'email', { required: false, unique: true }),
    field('validate', 'url', { required: false }),
    field('orm', 'json', { required: false }),
    field('import', 'enum', { values: VALUES }),
    field('type', 'enum', { values: ['draft', 'd\'or "x"', 'feito'], default: 'draft' }),
    field('only', 'enum', { values: ['só um'], required: false }),
    field('wide', 'integer', { min: 0, max: 9_000_000_000, required: false }),
  ],
  relations: [{ field: 'parent_id', label: HOSTILE, target: 'Class', required: false, onDelete: 'set-null' }],
  states: {
    field: 'type',
    initial: 'draft',
    states: ['draft', 'd\'or "x"', 'feito'],
    transitions: [
      { action: 'return', from: 'draft', to: 'd\'or "x"', requirement: 'FR-1' },
      { action: 'return', from: 'feito', to: 'draft', requirement: 'FR-1' },
      { action: 'mark-as-done', from: 'd\'or "x"', to: 'feito', requirement: 'FR-1' },
    ],
  },
  operations: ['return', 'mark-as-done', 'import', 'service'].map((action) => ({
    kind: 'action',
    action,
    requirement: 'FR-1',
  })),
});

const order = entity('Order', {
  fields: [field('select', 'string', { max: 1 }), field('user', 'string', { min: 3, max: 5, required: false })],
  relations: [
    { field: 'origin_id', label: HOSTILE, target: 'Class', required: true, onDelete: 'restrict' },
    { field: 'class', label: HOSTILE, target: 'Class', required: true, onDelete: 'cascade' },
    { field: 'service_id', label: HOSTILE, target: 'Service', required: false, onDelete: 'restrict' },
  ],
});

/** A model that a careless template breaks on; the contract and the migrations that go with it are the arch owner's. */
export const ODD_MODEL: DomainModel = {
  version: 1,
  product: HOSTILE,
  language: 'pt',
  entities: [
    order,
    everything,
    entity('Service', { fields: [field('name', 'string', { unique: true })] }),
    entity('Page', { fields: [field('active', 'boolean', { unique: true })] }),
    entity('Literal', { fields: [field('schema', 'integer', { unique: true, min: 1, max: 2 })] }),
    entity('OS', { fields: [] }),
  ],
  rules: [
    { id: 'R1', text: HOSTILE, kind: 'other', requirement: 'FR-1' },
    {
      id: 'R3',
      text: HOSTILE,
      kind: 'limit',
      requirement: 'FR-1',
      data: { kind: 'at-most', entity: 'Order', per: 'class', most: 2 },
    },
    {
      id: 'R4',
      text: 'names nothing of the model',
      kind: 'limit',
      requirement: 'FR-1',
      data: { kind: 'at-most', entity: 'Order', per: HOSTILE, most: 2, states: [HOSTILE] },
    },
    { id: 'R2', text: 'unique', kind: 'uniqueness', entity: 'Class', field: 'class', requirement: 'FR-1' },
  ],
  assumptions: [HOSTILE],
};
