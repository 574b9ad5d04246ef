import type { GivenParameter, GivenResource, JsonObject, ResourceKey } from './given-plan.js';
import { present, textOf } from './document.js';
import type { DraftOperation } from './draft-operations.js';
import { arrayItems, wrappingOf } from './list-answer.js';
import { claimer, humanised, kebab, pascal, sameName, snake, wordsOf } from './names.js';
import { keyword, shapeOf, typesOf } from './shape.js';

/** Operations on records of one kind, with what the record looks like. */
export interface Group {
  readonly place: string;
  readonly collection: string;
  readonly scope: readonly string[];
  readonly operations: readonly DraftOperation[];
  readonly schema: JsonObject;
}

/** The record that an operation answers; undefined where it answers none. */
export const answeredRecord = (root: JsonObject, draft: DraftOperation): JsonObject | undefined => {
  const schema = draft.success?.content?.schema;
  if (!schema) return undefined;
  return draft.kind === 'list'
    ? (arrayItems(root, schema) ?? wrappingOf(root, schema, draft.parameters)?.items)
    : schema;
};

const refOf = (schema: JsonObject | undefined): string => textOf(schema?.['$ref']);

/** Operations of one place belong together; a list of the same records just below a collection is one more list of it. */
export const groupsOf = (root: JsonObject, drafts: readonly DraftOperation[]): readonly Group[] => {
  const places = new Map<string, DraftOperation[]>();
  for (const draft of drafts) places.set(draft.place, [...(places.get(draft.place) ?? []), draft]);
  const lone = [...places.values()].flatMap(([only, ...others]) => (only && others.length === 0 ? [only] : []));
  for (const draft of lone.filter((d) => d.kind === 'list')) moveHome(root, draft, places);
  return [...places].map(([place, operations]) => groupOf(root, place, operations));
};

const moveHome = (root: JsonObject, draft: DraftOperation, places: Map<string, DraftOperation[]>): void => {
  const home = homeOf(root, draft, places);
  if (home === undefined) return;
  places.set(home, [...(places.get(home) ?? []), draft]);
  places.delete(draft.place);
};

const homeOf = (
  root: JsonObject,
  draft: DraftOperation,
  places: ReadonlyMap<string, readonly DraftOperation[]>,
): string | undefined => {
  const ref = refOf(answeredRecord(root, draft));
  const above = draft.place.split('/').slice(0, -1).join('/');
  const there = places.get(above) ?? [];
  return ref !== '' && there.some((d) => refOf(answeredRecord(root, d)) === ref) ? above : undefined;
};

const ORDER = ['read', 'list', 'create', 'put', 'replace', 'update'] as const;

const groupOf = (root: JsonObject, place: string, operations: readonly DraftOperation[]): Group => {
  const isKeyed = operations.some((d) => d.keyParameter !== undefined);
  // Where records have keys, a read without one answers something else: `GET /categories` an object with the categories in it.
  const sound = operations.filter(
    (d) => d.reasons.length === 0 && !(isKeyed && d.kind === 'read' && d.keyParameter === undefined),
  );
  const answered = ORDER.map((kind) => sound.find((d) => d.kind === kind)).flatMap((d): readonly JsonObject[] => {
    const record = d && answeredRecord(root, d);
    return record ? [record] : [];
  });
  const sent = sound.flatMap((d) => (d.body ? [d.body.schema] : []));
  const [first] = operations;
  return {
    place,
    collection: first?.collection ?? place,
    scope: first?.scope ?? [],
    operations,
    schema: answered[0] ?? sent[0] ?? {},
  };
};

const TABLES = [
  'schema_versions',
  'user',
  'order',
  'group',
  'table',
  'select',
  'check',
  'column',
  'default',
  'end',
  'limit',
  'offset',
  'references',
  'primary',
  'grant',
  'all',
  'analyse',
  'analyze',
];
const TYPES = ['Row', 'Record', 'None', 'True', 'False'];

export interface Names {
  readonly name: string;
  readonly table: string;
  readonly segment: string;
}

/** Unique names for each group, in its order. */
export const namesOf = (groups: readonly Group[]): ReadonlyMap<Group, Names> => {
  const [type, table, segment] = [claimer(TYPES), claimer(TABLES, '_'), claimer([], '-')];
  return new Map(
    groups.map((group) => {
      const literal =
        group.place
          .split('/')
          .filter((s) => s !== '{}' && s !== '')
          .join(' ') || 'record';
      return [
        group,
        { name: type(typeWish(group, literal)), table: table(snake(literal)), segment: segment(kebab(literal)) },
      ];
    }),
  );
};

const typeWish = (group: Group, literal: string): string => {
  const ref = refOf(group.schema).split('/').at(-1) ?? '';
  return pascal(ref === '' ? literal : ref);
};

export const labelsOf = (group: Group, { name }: Names): Pick<GivenResource, 'label' | 'labelPlural'> => {
  const last =
    group.place
      .split('/')
      .filter((s) => s !== '{}' && s !== '')
      .at(-1) ?? name;
  return { label: humanised(name), labelPlural: humanised(last) };
};

const keyParameterOf = ({ operations }: Group): GivenParameter | undefined =>
  operations.flatMap((d) => d.parameters.filter((p) => p.in === 'path' && p.name === d.keyParameter))[0];

/** What tells the group's records apart; undefined: there is one record only. */
export const keyOf = (root: JsonObject, group: Group): ResourceKey | undefined => {
  const parameter = keyParameterOf(group);
  const isCollection = group.operations.some((d) => d.kind === 'list' || d.kind === 'create');
  if (!parameter && !isCollection) return undefined;
  return describedKey(root, group, parameter);
};

const describedKey = (root: JsonObject, group: Group, parameter: GivenParameter | undefined): ResourceKey => {
  const { members } = shapeOf(root, group.schema);
  const property = keyProperty([...members.keys()], parameter?.name, group);
  const schema = members.get(property ?? '') ?? parameter?.schema ?? { type: 'string', format: 'uuid' };
  const isNumber = typesOf(root, schema).includes('integer');
  return {
    ...present('property', property),
    type: isNumber ? 'integer' : 'string',
    ...present('made', isNumber ? 'number' : madeText(root, schema)),
  };
};

const keyProperty = (members: readonly string[], parameter: string | undefined, group: Group): string | undefined => {
  const wishes = [...(parameter === undefined ? [] : [parameter]), ...ownIds(group, parameter)];
  return wishes.flatMap((wish) => members.find((m) => m === wish) ?? members.find((m) => sameName(m, wish)) ?? [])[0];
};

/** `petId` of a record that says `id`; and, where no path names one, the ids that a record may have. */
const ownIds = (group: Group, parameter: string | undefined): readonly string[] => {
  const last =
    group.place
      .split('/')
      .filter((s) => s !== '{}')
      .at(-1) ?? '';
  const singular = wordsOf(last).join(' ').replace(/s$/, '');
  const words = wordsOf(parameter ?? '').map((w) => w.toLowerCase());
  if (parameter !== undefined && !words.includes('id') && !words.some((w) => w.endsWith('id'))) return [];
  return ['id', `${singular} id`, `${pascal(refOf(group.schema).split('/').at(-1) ?? '')}Id`, 'uuid'];
};

const HEX = '0123456789abcdef0123456789abcdef';
const madeText = (root: JsonObject, schema: unknown): ResourceKey['made'] => {
  if (keyword(root, schema, 'format') === 'uuid') return 'uuid';
  const pattern = keyword(root, schema, 'pattern');
  const [least, most] = [
    Number(keyword(root, schema, 'minLength') ?? 0),
    Number(keyword(root, schema, 'maxLength') ?? 1000),
  ];
  const fits = (text: string): boolean => text.length >= least && text.length <= most && matches(pattern, text);
  if (fits('018f4c1e-6a4d-7b7e-9c55-0d1e2f3a4b5c')) return 'uuid';
  return fits(HEX) ? 'hex' : undefined;
};

const matches = (pattern: unknown, text: string): boolean => {
  if (typeof pattern !== 'string') return true;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return false;
  }
};
