import type { FieldModel, RelationModel } from '@squados/contracts';
import type { EntityPlan, FilterPlan, ServicePlan } from '../../shared/service-plan.js';
import { attributesOf, namesOf, type EntityNames } from '../python-names.js';
import { LINE, docText, file, fitted, indented, pyString } from '../python-text.js';
import { annotation, defaultLiteral, propertySchema, schemaType, type TypedField } from '../python-types.js';

interface Writing {
  readonly entity: EntityPlan;
  readonly plan: ServicePlan;
  readonly names: EntityNames;
  readonly attributes: ReadonlyMap<string, string>;
  /** Name of a type → the lines that define it, filled while fields are written. */
  readonly hoisted: Map<string, readonly string[]>;
}

/** `app/schemas/<entity>.py`: bodies and queries as the contract has them. */
export const schemaFile = (entity: EntityPlan, plan: ServicePlan): string => {
  const writing: Writing = {
    entity,
    plan,
    names: namesOf(entity),
    attributes: attributesOf(entity.model),
    hoisted: new Map(),
  };
  const choices = choiceTypes(writing);
  const classes = [fieldsClass, inputClass, readClass, pageClass, queryClass].flatMap((write) => [
    '',
    '',
    ...write(writing),
  ]);
  const body = [...choices, ...[...writing.hoisted.values()].flat(), ...classes];
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
  `${writing.entity.model.name}${pascal(field.name)}Choice`;

const pascal = (column: string): string =>
  column
    .split('_')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');

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

const member = (writing: Writing, { name, type, nullable, byDefault }: Member): readonly string[] => {
  const attribute = writing.attributes.get(name) ?? name;
  const more = [...shownDefault(byDefault), ...(attribute === name ? [] : [`alias=${pyString(name)}`])];
  const lineOf = (typed: TypedField): string => {
    const kind = nullable ? nullableType(typed, more) : annotation(typed, more);
    return `    ${attribute}: ${kind}${byDefault === undefined ? '' : ` = ${byDefault}`}`;
  };
  const line = lineOf(type);
  if (line.length <= LINE) return [line];
  const short = { type: namedType(writing, name, type), bounds: [], markers: [] };
  const named = lineOf(short);
  if (named.length <= LINE || more.length === 0) return [named];
  const parts = [nullable ? `${short.type} | None` : short.type, `pydantic.Field(${more.join(', ')})`];
  const end = byDefault === undefined ? ']' : `] = ${byDefault}`;
  return indented(fitted(`${attribute}: Annotated[`, parts, [end, 4]));
};

/** A type that is too long for its field's line gets a name above the classes. */
const namedType = ({ entity, hoisted }: Writing, field: string, type: TypedField): string => {
  const name = `${entity.model.name}${pascal(field)}Type`;
  const bounds = type.bounds.length > 0 ? [`pydantic.Field(${type.bounds.join(', ')})`] : [];
  const parts = [type.type, ...bounds, ...type.markers];
  hoisted.set(name, parts.length === 1 ? [`${name} = ${type.type}`] : fitted(`${name} = Annotated[`, parts, ']'));
  return name;
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
