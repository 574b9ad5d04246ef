import {
  itemsOf,
  keyword,
  shapeOf,
  type GivenParameter,
  type Json,
  type JsonObject,
  type ListMember,
  type ServedOperation,
} from '@squados/importers/contracts';
import { callOf, type EntityContext } from './entity-context.js';
import { memberField, partField } from './member-fields.js';
import type { WireFilter, WireList, WirePlace } from './wire-view.js';

const PAGE_SIZE = 100;

/** How a list is asked for, and where its records stand in the answer. */
export const wireList = (context: EntityContext, operation: ServedOperation): WireList => {
  const { root } = context;
  const { list, success } = operation;
  const at = placesOf(root, success.schema, memberFrom(list?.members, 'items')?.at ?? []);
  const total = totalOf(root, operation);
  return {
    ...callOf(operation),
    kind: 'list',
    shape: context.shapeFor(recordsOf(root, success.schema, at)),
    at,
    ...(total ? { total } : {}),
    ...pagingOf(root, operation),
    asked: [...scopeFilters(context), ...queryFilters(context, operation)],
  };
};

const pagingOf = (
  root: JsonObject,
  { list, parameters }: ServedOperation,
): Pick<WireList, 'page' | 'offset' | 'size'> => {
  const size = parameters.find((p) => p.in === 'query' && p.name === list?.size?.name);
  return {
    ...(list?.page ? { page: list.page } : {}),
    ...(list?.offset ? { offset: list.offset.name } : {}),
    ...(size ? { size: { name: size.name, max: largest(root, size) } } : {}),
  };
};

const largest = (root: JsonObject, { schema }: GivenParameter): number => {
  const most = keyword(root, schema, 'maximum');
  return typeof most === 'number' && most >= 1 ? Math.min(Math.floor(most), PAGE_SIZE) : PAGE_SIZE;
};

const memberFrom = (members: readonly ListMember[] | undefined, from: ListMember['from']): ListMember | undefined =>
  members?.find((m) => m.from === from);

const COUNTS = ['total', 'pages', 'more'] as const;

const totalOf = (root: JsonObject, { list, success }: ServedOperation): WireList['total'] => {
  const from = COUNTS.find((count) => memberFrom(list?.members, count));
  const member = from && memberFrom(list?.members, from);
  return from && member ? { from, at: placesOf(root, success.schema, member.at) } : undefined;
};

/** Each step of a path into an answer, and whether it is sure to be there. */
const placesOf = (root: JsonObject, schema: Json | undefined, at: readonly string[]): readonly WirePlace[] => {
  const places: WirePlace[] = [];
  let here: unknown = schema;
  for (const name of at) {
    const shape = shapeOf(root, here);
    places.push({ name, isRequired: shape.required.has(name) });
    here = shape.members.get(name);
  }
  return places;
};

const recordsOf = (root: JsonObject, schema: Json | undefined, at: readonly WirePlace[]): unknown => {
  const list = at.reduce<unknown>((here, { name }) => shapeOf(root, here).members.get(name), schema);
  return itemsOf(root, list);
};

/** Whose records are listed: the parents that the path names. */
const scopeFilters = ({ resource, idParts }: EntityContext): readonly WireFilter[] =>
  idParts.slice(0, resource.scope.length).map(({ parameter, name, label }) => ({
    wire: parameter,
    name,
    isRequired: true,
    field: partField(name, label),
  }));

/** Parameters that narrow the list, and those that it can't do without. */
const queryFilters = (context: EntityContext, { parameters, list }: ServedOperation): readonly WireFilter[] => {
  const effective = new Set(list?.filters.map((f) => f.parameter));
  const paging = new Set([list?.page?.name, list?.offset?.name, list?.size?.name]);
  return parameters
    .filter((p) => p.in === 'query' && !p.isList && !paging.has(p.name) && (p.required || effective.has(p.name)))
    .flatMap((p) => filterOf(context, p));
};

const filterOf = ({ members }: EntityContext, { name, schema, required }: GivenParameter): readonly WireFilter[] => {
  const member = memberField(members, { wire: name, schema, isRequired: required });
  if (!member || member.field.kind === 'json') return [];
  return [{ wire: name, name: member.field.name, isRequired: required, field: member.field }];
};
