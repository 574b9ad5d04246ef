import type { FieldModel } from '@squados/contracts';
import type { EntityPlan, JsonObject, ServicePlan } from '../../shared/service-plan.js';
import { namesOf } from '../python-names.js';
import { docText, file, importFrom, indented, natural, pyString, pyValue } from '../python-text.js';
import { defaultLiteral, propertySchema } from '../python-types.js';
import { absentValue, acceptedValues, bodiesFor, refusedValues, sampleValue } from '../sample-values.js';

/** Entities that can be stored at all: what they must refer to does not, in the end, have to refer to them. */
export const isStorable = (entity: EntityPlan, plan: ServicePlan, above: readonly string[] = []): boolean =>
  !above.includes(entity.model.name) &&
  entity.model.relations
    .filter((r) => r.required)
    .every((r) => {
      const target = plan.entities.find((e) => e.model.name === r.target);
      return target !== undefined && isStorable(target, plan, [...above, entity.model.name]);
    });

const schemaOf = (plan: ServicePlan, entity: EntityPlan, field: FieldModel): JsonObject =>
  propertySchema(plan, entity.schemas.read, field.name);

/** A mapping or a tuple as an argument: on one line if it fits, else an entry per line. */
const argument = (name: string, brackets: '()' | '{}', entries: readonly string[]): readonly string[] => {
  const [open, close] = [brackets.charAt(0), brackets.charAt(1)];
  const tuple = open === '(' && entries.length === 1 ? `,${close}` : close;
  const line = `${name}=${open}${entries.join(', ')}${tuple},`;
  if (line.length + 4 <= 120) return [line];
  return [`${name}=${open}`, ...indented(entries.map((entry) => `${entry},`)), `${close},`];
};

const dict = (entries: readonly (readonly [string, string])[]): readonly string[] =>
  entries.map(([key, value]) => `${pyString(key)}: ${value}`);
const pairs = (entries: readonly (readonly [string, string])[]): readonly string[] =>
  entries.map(([key, value]) => `(${pyString(key)}, ${value})`);

const bodies = (entity: EntityPlan, plan: ServicePlan): readonly string[] => {
  const unique = entity.writable.fields.filter((f) => f.unique === true);
  const count = bodiesFor(unique.map((f) => [f, schemaOf(plan, entity, f)] as const));
  const body = (n: number): readonly string[] => {
    const entries = dict(
      entity.writable.fields.map((f) => [f.name, pyValue(sampleValue(f, schemaOf(plan, entity, f), n))]),
    );
    return entries.length === 0 ? ['{},'] : ['{', ...indented(entries.map((e) => `${e},`)), '},'];
  };
  return ['bodies=(', ...indented(Array.from({ length: count }, (_, n) => body(n)).flat()), '),'];
};

const required = (entity: EntityPlan): readonly string[] => [
  ...entity.writable.relations.filter((r) => r.required).map((r) => r.field),
  ...entity.writable.fields.filter((f) => f.required && defaultLiteral(f) === undefined).map((f) => f.name),
];

const absent = (entity: EntityPlan): readonly (readonly [string, string])[] => {
  const must = new Set(required(entity));
  const { states } = entity.model;
  return [
    ...entity.model.relations.filter((r) => !r.required).map((r) => [r.field, 'None'] as const),
    ...entity.model.fields
      .filter((f) => !must.has(f.name))
      .map((f) => [f.name, absentValue(f, f.name === states?.field ? states.initial : undefined)] as const),
  ];
};

/** Keys whose three values differ in a way that every store orders alike. */
const ORDERED = new Set([
  'string',
  'integer',
  'decimal',
  'date',
  'datetime',
  'boolean',
  'time',
  'email',
  'enum',
  'url',
  'uuid',
]);
const sorts = (entity: EntityPlan): readonly string[] => {
  const keys = [...new Set(entity.sort.values.map((v) => v.replace(/^-/, '')))];
  return keys.filter((key) => {
    const field = entity.model.fields.find((f) => f.name === key);
    return field === undefined || ORDERED.has(field.type);
  });
};

const filters = (entity: EntityPlan): readonly string[] =>
  entity.filters.filter((f) => f.of === 'field' || f.relation.required).map((f) => f.name);

const fieldValues = (
  entity: EntityPlan,
  plan: ServicePlan,
  values: (field: FieldModel, schema: JsonObject) => readonly string[],
): readonly string[] =>
  pairs(entity.writable.fields.flatMap((f) => values(f, schemaOf(plan, entity, f)).map((v) => [f.name, v] as const)));

const references = (entity: EntityPlan, plan: ServicePlan, isRequired: boolean): readonly string[] =>
  dict(
    entity.model.relations
      .filter((r) => r.required === isRequired)
      .flatMap((r) =>
        plan.entities
          .filter((e) => e.model.name === r.target)
          .map((e) => [r.field, pyString(namesOf(e).module)] as const),
      ),
  );

const actions = (entity: EntityPlan): readonly string[] =>
  entity.operations
    .filter((o) => o.kind === 'action')
    .map((o) => {
      const moves = new Map<string, string>();
      for (const { from, to } of o.moves) if (!moves.has(from)) moves.set(from, to);
      return `${pyString(o.action ?? '')}: {${dict([...moves].map(([from, to]) => [from, pyString(to)])).join(', ')}}`;
    });

/** A limit is tested over HTTP by rows that count from their beginning. */
const limits = (entity: EntityPlan): readonly string[] =>
  entity.limits.map(
    ({ relation, most, states }) =>
      `(${pyString(relation.field)}, ${most}, (${states.map(pyString).join(', ')}${states.length === 1 ? ',' : ''}))`,
  );

const stateLines = (entity: EntityPlan): readonly string[] =>
  entity.model.states
    ? [
        `state=${pyString(entity.model.states.field)},`,
        ...argument('states', '()', [...new Set(entity.model.states.states)].map(pyString)),
      ]
    : [];

/** `tests/samples/<entity>.py`: data alone. */
export const sampleFile = (entity: EntityPlan, plan: ServicePlan): string => {
  const names = namesOf(entity);
  const refusedReferences = pairs(
    entity.model.relations.flatMap((r) => [
      [r.field, '"x"'] as const,
      ...(r.required ? [[r.field, 'None'] as const] : []),
    ]),
  );
  return file([
    `"""${docText(entity.model.labelPlural)} that the contract accepts and refuses."""`,
    '',
    `from app.models.${names.module} import ${names.row}`,
    `from app.repositories.${names.module} import ${names.repository}`,
    ...importFrom(`app.schemas.${names.module}`, [names.read, names.input]),
    `from app.services.${names.module} import ${names.service}`,
    'from tests.samples.sample import Sample',
    '',
    'SAMPLE = Sample(',
    ...indented([
      `path=${pyString(`/${entity.model.resource}`)},`,
      `row=${names.row},`,
      `repository=${names.repository},`,
      `service=${names.service},`,
      `input=${names.input},`,
      `read=${names.read},`,
      ...bodies(entity, plan),
      ...argument('required', '()', required(entity).map(pyString)),
      ...argument('absent', '{}', dict(absent(entity))),
      ...argument('accepted', '()', fieldValues(entity, plan, acceptedValues)),
      ...argument('refused', '()', [...refusedReferences, ...fieldValues(entity, plan, refusedValues)]),
      ...argument(
        'unique',
        '()',
        entity.writable.fields.filter((f) => f.unique === true).map((f) => pyString(f.name)),
      ),
      ...argument('parents', '{}', references(entity, plan, true)),
      ...argument('optional', '{}', references(entity, plan, false)),
      ...argument('on_delete', '{}', dict(entity.model.relations.map((r) => [r.field, pyString(r.onDelete)]))),
      ...argument('sorts', '()', sorts(entity).map(pyString)),
      ...argument('filters', '()', filters(entity).map(pyString)),
      ...argument('actions', '{}', actions(entity)),
      ...(entity.limits.length > 0 ? argument('limits', '()', limits(entity)) : []),
      ...stateLines(entity),
    ]),
    ')',
  ]);
};

const testClass = (entity: EntityPlan, suite: string, base: string): string =>
  file([
    ...[`from tests.${suite} import ${base}`, `from tests.samples.${namesOf(entity).module} import SAMPLE`].sort(
      (a, b) => natural(a, b),
    ),
    '',
    '',
    `class Test${entity.model.name}(${base}):`,
    '    sample = SAMPLE',
  ]);

/** `tests/unit/test_<entity>.py`. */
export const unitTestFile = (entity: EntityPlan): string => testClass(entity, 'rules', 'RulesContract');

/** `tests/integration/test_<entity>.py`. */
export const integrationTestFile = (entity: EntityPlan): string => testClass(entity, 'crud', 'CrudContract');
