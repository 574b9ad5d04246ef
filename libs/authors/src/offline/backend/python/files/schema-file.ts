import type { FieldModel, RelationModel } from '@squados/contracts';
import type { EntityPlan, FilterPlan, ServicePlan } from '../../shared/service-plan.js';
import { attributesOf, namesOf, type EntityNames } from '../python-names.js';
import { docText, file, fitted, pyString } from '../python-text.js';
import { annotation, defaultLiteral, propertySchema, schemaType, type TypedField } from '../python-types.js';

interface Writing {
  readonly entity: EntityPlan;
  readonly plan: ServicePlan;
  readonly names: EntityNames;
  readonly attributes: ReadonlyMap<string, string>;
}

/** `app/schemas/<entity>.py`: bodies and queries as the contract has them. */
export const schemaFile = (entity: EntityPlan, plan: ServicePlan): string => {
  const writing: Writing = { entity, plan, names: namesOf(entity), attributes: attributesOf(entity.model) };
  const choices = choiceTypes(writing);
  const classes = [fieldsClass, inputClass, readClass, pageClass, queryClass].flatMap((write) => [
    '',
    '',
    ...write(writing),
  ]);
  const body = [...choices, ...classes];
  return file([
    `"""Bodies and queries of ${docText(entity.model.labelPlural)}, as the contract has them."""`,
    '',
    ...importsFor(body.join('\n')),
    ...body,
  ]);
};

const importsFor = (body: string): readonly string[] => {
  const typing = ['Annotated', 'Literal'].filter((name) => new RegExp(`\\b${name}\\[`).test(body));
  const standard = [
    ...(/\bDecimal\b/.test(body) ? ['from decimal import Decimal'] : []),
    ...(typing.length > 0 ? [`from typing import ${typing.join(', ')}`] : []),
  ];
  const core = ['paging', 'schema', 'types'].filter((name) => body.includes(`${name}.`));
  return [
    ...(standard.length > 0 ? [...standard, ''] : []),
    ...(body.includes('pydantic.') ? ['import pydantic', ''] : []),
    `from app.core import ${core.join(', ')}`,
    '',
  ];
};

const choiceName = (writing: Writing, field: FieldModel): string =>
  `${writing.entity.model.name}${field.name
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}Choice`;

const choiceTypes = (writing: Writing): readonly string[] => {
  const { entity, names } = writing;
  const enums = entity.model.fields.filter((f) => f.type === 'enum');
  return [
    ...enums.flatMap((f) =>
      fitted(`${choiceName(writing, f)} = Literal[`, [...new Set(f.values ?? [])].map(pyString), ']'),
    ),
    ...fitted(`${names.sort} = Literal[`, entity.sort.values.map(pyString), ']'),
  ];
};

const typeOf = (writing: Writing, field: FieldModel, schema: string): TypedField =>
  schemaType(field, propertySchema(writing.plan, schema, field.name), (f) => choiceName(writing, f));

interface Member {
  readonly name: string;
  readonly type: TypedField;
  readonly nullable: boolean;
  /** Literal that stands for an absent one; undefined: it must be given. */
  readonly byDefault?: string;
}

/** A decimal's default is a plain number in the contract; by itself it would be told as text. */
const shownDefault = (byDefault: string | undefined): readonly string[] => {
  const number = /^Decimal\("(.+)"\)$/.exec(byDefault ?? '')?.[1];
  return number === undefined ? [] : [`json_schema_extra={"default": ${number}}`];
};

const member = ({ attributes }: Writing, { name, type, nullable, byDefault }: Member): readonly string[] => {
  const attribute = attributes.get(name) ?? name;
  const alias = [...shownDefault(byDefault), ...( attribute === name ? [] : [`alias=${pyString(name)}`])];
  const kind = nullable ? nullableType(type, alias) : annotation(type, alias);
  const end = byDefault === undefined ? '' : ` = ${byDefault}`;
  const line = `${attribute}: ${kind}${end}`;
  if (line.length + 4 <= 120) return [`    ${line}`];
  return fitted(`    ${attribute}: Annotated[`, splitParts(kind), `]${end}`).map((l, i, all) =>
    i === 0 ? l : i === all.length - 1 ? `    ${l}` : `    ${l}`,
  );
};

const splitParts = (kind: string): readonly string[] => {
  const inner = /^Annotated\[(.*)\]$/s.exec(kind)?.[1];
  return inner === undefined ? [kind] : topLevel(inner);
};

/** Parts of a list at its commas outside brackets and quotes. */
const topLevel = (text: string): readonly string[] => {
  const parts: string[] = [];
  let [depth, start] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    if ('[('.includes(text.charAt(i))) depth++;
    if ('])'.includes(text.charAt(i))) depth--;
    if (depth === 0 && text.startsWith(', ', i)) {
      parts.push(text.slice(start, i));
      start = i + 2;
    }
  }
  return [...parts, text.slice(start)];
};

const nullableType = (type: TypedField, alias: readonly string[]): string => {
  const kind = `${annotation(type)} | None`;
  return alias.length > 0 ? `Annotated[${kind}, pydantic.Field(${alias.join(', ')})]` : kind;
};

const relationMember = (writing: Writing, r: RelationModel): readonly string[] =>
  member(writing, {
    name: r.field,
    type: { type: 'types.Id', bounds: [], markers: [] },
    nullable: !r.required,
    ...(r.required ? {} : { byDefault: 'None' }),
  });

const fieldMember = (writing: Writing, field: FieldModel, defaulted: boolean): readonly string[] => {
  const literal = defaulted ? defaultLiteral(field) : undefined;
  const byDefault = literal ?? (field.required ? undefined : 'None');
  return member(writing, {
    name: field.name,
    type: typeOf(writing, field, writing.entity.schemas.read),
    nullable: !field.required,
    ...(byDefault === undefined ? {} : { byDefault }),
  });
};

const bodyOf = (head: string, doc: string, members: readonly string[]): readonly string[] => [
  head,
  `    """${doc}"""`,
  ...(members.length > 0 ? ['', ...members] : []),
];

const isDefaulted = (field: FieldModel): boolean => defaultLiteral(field) !== undefined;

const fieldsClass = (w: Writing): readonly string[] => {
  const plain = w.entity.writable.fields.filter((f) => !isDefaulted(f));
  const members = [
    ...w.entity.writable.relations.flatMap((r) => relationMember(w, r)),
    ...plain.flatMap((f) => fieldMember(w, f, false)),
  ];
  return bodyOf(
    `class ${w.names.fields}(schema.Schema):`,
    `What is read and written of a ${docText(w.entity.model.label)} alike.`,
    members,
  );
};

const inputClass = (w: Writing): readonly string[] =>
  bodyOf(
    `class ${w.names.input}(${w.names.fields}, schema.Input):`,
    `A ${docText(w.entity.model.label)} as a client sends it.`,
    w.entity.writable.fields.filter(isDefaulted).flatMap((f) => fieldMember(w, f, true)),
  );

const readClass = (w: Writing): readonly string[] => {
  const rest = w.entity.model.fields.filter((f) => isDefaulted(f) || f.name === w.entity.model.states?.field);
  return bodyOf(
    `class ${w.names.read}(${w.names.fields}, schema.Stored):`,
    `A ${docText(w.entity.model.label)} as it is stored.`,
    rest.flatMap((f) => fieldMember(w, f, false)),
  );
};

const pageClass = ({ names, entity }: Writing): readonly string[] =>
  bodyOf(`class ${names.page}(schema.Schema):`, `One page of ${docText(entity.model.labelPlural)}.`, [
    `    items: Annotated[list[${names.read}], pydantic.Field(max_length=100)]`,
    '    page: schema.PageNumber',
    '    size: schema.PageSize',
    '    total: schema.Total',
  ]);

const queryClass = (w: Writing): readonly string[] =>
  bodyOf(
    `class ${w.names.query}(paging.PageQuery):`,
    `What a list of ${docText(w.entity.model.labelPlural)} can be asked for.`,
    [
      `    sort: ${w.names.sort} = ${pyString(w.entity.sort.byDefault)}`,
      ...w.entity.filters.flatMap((f) => filterMember(w, f)),
    ],
  );

const filterMember = (w: Writing, filter: FilterPlan): readonly string[] => {
  const typed: TypedField =
    filter.of === 'relation'
      ? { type: 'types.Id', bounds: [], markers: [] }
      : filter.field.type === 'boolean'
        ? { type: 'types.QueryFlag', bounds: [], markers: [] }
        : typeOf(w, filter.field, w.entity.schemas.read);
  return member(w, { name: filter.name, type: typed, nullable: true, byDefault: 'None' });
};
