import type { DomainModel, EntityModel, FieldModel, FieldType } from '@squados/contracts';
import { writeOpenApi } from '../../arch/write/openapi.js';

/** Words that outside text may hold. */
export interface Words {
  readonly product: string;
  readonly label: string;
  readonly value: string;
  readonly description: string;
}

export const PLAIN_WORDS: Words = { product: 'Desk', label: 'Tiny label', value: 'em andamento', description: 'One.' };

export const HOSTILE_WORDS: Words = {
  product: `</script><script>alert(1)</script> "' \`\${process.exit(1)}\` {{x}} */`,
  label: `a"b'c\`\${1}</script> {x} <b>|*/ \u2028 \u202e é`,
  value: `it's "done" \`\${2}\` </option> {y} \\ ção`,
  description: `*/ throw new Error('x') /* \n\n# h <img src=x onerror=alert(1)> [l](javascript:x)`,
};

const TYPES: readonly FieldType[] = [
  'string',
  'text',
  'integer',
  'decimal',
  'boolean',
  'date',
  'datetime',
  'time',
  'uuid',
  'email',
  'url',
  'json',
  'enum',
];

const LIMITS: Partial<Record<FieldType, Partial<FieldModel>>> = {
  string: { min: 3, max: 40 },
  integer: { min: -5, max: 20 },
  decimal: { min: 0.5, max: 99.5 },
};

const field = (type: FieldType, required: boolean, { label, value, description }: Words): FieldModel => ({
  name: `${required ? 'a' : 'an_optional'}_${type}`,
  label: `${label} ${type} ${required ? '1' : '2'}`,
  type,
  required,
  description,
  ...LIMITS[type],
  ...(type === 'enum' ? { values: [value, 'constructor', 'a-b'] } : {}),
  source: 'FR-1',
});

const OPERATIONS = (['create', 'read', 'update', 'delete', 'list'] as const).map((kind) => ({
  kind,
  requirement: 'FR-1',
}));

const entity = (name: string, resource: string, more: Partial<EntityModel>): EntityModel => ({
  name,
  label: name,
  labelPlural: `${name}s`,
  table: resource.replace(/-/g, '_'),
  resource,
  description: name,
  fields: [],
  relations: [],
  operations: OPERATIONS,
  requirements: ['FR-1'],
  ...more,
});

const relation = (name: string, target: string, required: boolean, label: string) => ({
  field: `${name}_id`,
  label: `${label} ${name}`,
  target,
  required,
  onDelete: 'restrict' as const,
});

/** Every type of field, required and not; names that languages reserve; states; relations, one of them to itself. */
export const everyKindModel = (words: Words): DomainModel => ({
  version: 1,
  product: words.product,
  language: 'pt',
  entities: [
    entity('Record', 'records', {
      label: words.label,
      labelPlural: `${words.label} (s)`,
      description: words.description,
      fields: TYPES.flatMap((type) => [field(type, true, words), field(type, false, words)]),
      relations: [relation('parent', 'Record', false, words.label)],
    }),
    entity('Class', 'classes', {
      label: words.label,
      fields: [
        { name: 'class', label: 'class', type: 'string', required: true, unique: true, max: 20, source: 'FR-1' },
        { name: 'constructor', label: 'constructor', type: 'integer', required: false, source: 'FR-1' },
        { name: 'default', label: 'default', type: 'boolean', required: true, default: false, source: 'FR-1' },
        { name: 'state', label: words.label, type: 'enum', required: true, values: [words.value, 'b'], source: 'FR-1' },
      ],
      relations: [relation('record', 'Record', true, words.label)],
      states: {
        field: 'state',
        initial: words.value,
        states: [words.value, 'b'],
        transitions: [{ action: 'delete', from: words.value, to: 'b', requirement: 'FR-1' }],
      },
      operations: [
        ...OPERATIONS,
        { kind: 'action', action: 'return', requirement: 'FR-1' },
        { kind: 'action', action: 'reabrir', requirement: 'FR-1' },
      ],
    }),
  ],
  rules: [],
  assumptions: [],
});

/** As little as an application can be made of. */
export const smallModel: DomainModel = {
  version: 1,
  product: 'Notes',
  language: 'en',
  entities: [
    entity('Note', 'notes', {
      fields: [
        { name: 'title', label: 'Title', type: 'string', required: true, max: 20, source: 'FR-1' },
        { name: 'stars', label: 'Stars', type: 'integer', required: false, min: 1, max: 5, source: 'FR-1' },
      ],
    }),
  ],
  rules: [],
  assumptions: [],
};

export const designOf = (model: DomainModel) => ({ model, openapi: writeOpenApi(model) });
