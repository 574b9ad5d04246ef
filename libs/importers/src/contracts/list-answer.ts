import type { GivenFilter, GivenList, GivenParameter, JsonObject, ListMember, ListSource } from './given-plan.js';
import { followed } from './document.js';
import { sameName, wordsOf } from './names.js';
import { isObjectSchema, itemsOf, keyword, shapeOf, typesOf } from './shape.js';

const plain = (name: string): string =>
  wordsOf(name.split('.').at(-1) ?? name)
    .join('')
    .toLowerCase();

const PAGE = new Set(['page', 'pagenumber', 'pageno', 'pagina', 'paginaatual', 'numeropagina', 'currentpage']);
const SIZE = new Set([
  'limit',
  'size',
  'pagesize',
  'perpage',
  'itensporpagina',
  'tamanho',
  'tamanhopagina',
  'pagelimit',
  'maxresults',
  'limite',
  'top',
]);
const OFFSET = new Set(['offset', 'skip', 'inicioem', 'startindex']);
const AFTER = new Set(['inicio', 'since', 'createdafter', 'createdfrom', 'datainicio', 'criadoapos']);
const BEFORE = new Set(['fim', 'until', 'createdbefore', 'createdto', 'datafim', 'criadoate']);

/** Parameters of a list by what they do; what is left does nothing. */
export const listOfParameters = (
  root: JsonObject,
  parameters: readonly GivenParameter[],
  record: JsonObject,
): { readonly list: Omit<GivenList, 'members'>; readonly idle: readonly string[] } => {
  const asked = parameters.filter((p) => p.in === 'query');
  const named = (words: ReadonlySet<string>): GivenParameter | undefined =>
    asked.find((p) => isWhole(p) && words.has(plain(p.name)));
  const [page, size, offset] = [named(PAGE), named(SIZE), named(OFFSET)];
  const rest = asked.filter((p) => p !== page && p !== size && p !== offset);
  const filters = rest.map((p) => [p, filterOf(root, p, record)] as const);
  return {
    list: {
      ...(page ? { page: { name: page.name, first: firstPage(root, page) } } : {}),
      ...(size ? { size: { name: size.name } } : {}),
      ...(offset ? { offset: { name: offset.name } } : {}),
      filters: filters.flatMap(([, filter]) => filter ?? []),
    },
    idle: filters.filter(([, filter]) => !filter).map(([p]) => p.name),
  };
};

const isWhole = (p: GivenParameter): boolean => p.type === 'integer' && !p.isList;

const firstPage = (root: JsonObject, p: GivenParameter): number => {
  const [least, byDefault] = [keyword(root, p.schema, 'minimum'), keyword(root, p.schema, 'default')];
  return least === 0 || byDefault === 0 ? 0 : 1;
};

const filterOf = (root: JsonObject, p: GivenParameter, record: JsonObject): GivenFilter | undefined => {
  const at = memberAt(root, record, p.name.split('.'));
  if (at) return { parameter: p.name, by: 'member', at };
  const isMoment = String(keyword(root, p.schema, 'format')) === 'date-time';
  if (isMoment && AFTER.has(plain(p.name))) return { parameter: p.name, by: 'made-after', at: [] };
  if (isMoment && BEFORE.has(plain(p.name))) return { parameter: p.name, by: 'made-before', at: [] };
  return undefined;
};

/** The record's member of that name that holds one plain value. */
const memberAt = (
  root: JsonObject,
  schema: unknown,
  [first = '', ...rest]: readonly string[],
): readonly string[] | undefined => {
  const members = shapeOf(root, schema).members;
  const name = members.has(first) ? first : [...members.keys()].find((known) => sameName(known, first));
  if (name === undefined) return undefined;
  if (rest.length > 0) {
    const below = memberAt(root, members.get(name), rest);
    return below && [name, ...below];
  }
  const types = typesOf(root, members.get(name));
  return types.some((type) => type === 'object' || type === 'array') || types.length !== 1 ? undefined : [name];
};

/** What a wrapped list needs: where its records stand, and where everything else that it must hold comes from. */
export interface Wrapping {
  readonly items: JsonObject;
  readonly members: readonly ListMember[];
  readonly lost: readonly string[];
}

/** An object with exactly one list of objects; undefined: it is none. */
export const wrappingOf = (
  root: JsonObject,
  schema: unknown,
  parameters: readonly GivenParameter[],
): Wrapping | undefined => {
  const shape = shapeOf(root, schema);
  const lists = [...shape.members].filter(([, member]) => isList(root, member));
  const [first] = lists;
  if (!first || lists.length !== 1) return undefined;
  const [name, member] = first;
  const items = followed(root, itemsOf(root, member)) ?? {};
  const raw = itemsOf(root, member);
  const others = [...shape.members].filter(([other]) => other !== name);
  const found = others.map(([other, sub]) =>
    memberSources(root, { schema: sub, at: [other], isRequired: shape.required.has(other), parameters }),
  );
  return {
    items: (raw as JsonObject | undefined) ?? items,
    members: [{ at: [name], from: 'items' }, ...found.flatMap((f) => f.members)],
    lost: [...found.flatMap((f) => f.lost), ...[...shape.required].filter((other) => !shape.members.has(other))],
  };
};

const isList = (root: JsonObject, member: JsonObject): boolean => {
  if (!typesOf(root, member).includes('array')) return false;
  return isObjectSchema(root, itemsOf(root, member));
};

/** Whether an answer is a bare list of objects. */
export const arrayItems = (root: JsonObject, schema: unknown): JsonObject | undefined => {
  if (!typesOf(root, schema).includes('array')) return undefined;
  const items = itemsOf(root, schema);
  return isObjectSchema(root, items) ? (items as JsonObject) : undefined;
};

interface Sought {
  readonly schema: unknown;
  readonly at: readonly string[];
  readonly isRequired: boolean;
  readonly parameters: readonly GivenParameter[];
}

interface Sources {
  readonly members: readonly ListMember[];
  readonly lost: readonly string[];
}

const NOTHING: Sources = { members: [], lost: [] };
const COUNTERS: readonly (readonly [ListSource, ReadonlySet<string>])[] = [
  ['page', PAGE],
  ['size', SIZE],
  ['offset', OFFSET],
  ['pages', new Set(['pages', 'totalpages', 'pagecount', 'quantidadedepaginas', 'totalpaginas', 'lastpage'])],
  [
    'total',
    new Set([
      'total',
      'totalcount',
      'totalitems',
      'totalelements',
      'totalresults',
      'quantidadetotaldeitens',
      'totalitens',
      'totalrecords',
    ]),
  ],
  ['count', new Set(['count', 'numberofelements', 'quantidade', 'returned'])],
  ['more', new Set(['hasmore', 'hasnext', 'hasnextpage', 'temmais'])],
];

const memberSources = (root: JsonObject, sought: Sought, depth = 0): Sources => {
  const { schema, at, isRequired } = sought;
  const name = at.at(-1) ?? '';
  const echoed = echoedBy(sought.parameters, name);
  const counter = COUNTERS.find(([from, words]) => words.has(plain(name)) && fits(root, schema, from))?.[0];
  if (counter) return { members: [counted(root, schema, { at, from: counter })], lost: [] };
  return echoed ? echo(echoed, at, isRequired) : ownSources(root, sought, depth);
};

/** What a member says of itself, or the members that it holds. */
const ownSources = (root: JsonObject, sought: Sought, depth: number): Sources => {
  const { schema, at, isRequired } = sought;
  const fixed = keyword(root, schema, 'const') ?? keyword(root, schema, 'default');
  if (isRequired && fixed !== undefined) return { members: [{ at, from: 'literal', value: fixed }], lost: [] };
  if (isObjectSchema(root, schema) && depth < 3) return nested(root, sought, depth);
  return isRequired ? { members: [], lost: [at.join('.')] } : NOTHING;
};

/** The query parameter that a member repeats. */
const echoedBy = (parameters: readonly GivenParameter[], name: string): GivenParameter | undefined => {
  const asked = parameters.filter((p) => p.in === 'query');
  return asked.find((p) => p.name === name) ?? asked.find((p) => p.name.split('.').at(-1) === name);
};

const echo = (parameter: GivenParameter, at: readonly string[], isRequired: boolean): Sources => ({
  members: [{ at, from: 'query', name: parameter.name, optional: !isRequired }],
  lost: isRequired && !parameter.required ? [at.join('.')] : [],
});

const nested = (root: JsonObject, sought: Sought, depth: number): Sources => {
  const shape = shapeOf(root, sought.schema);
  const found = [...shape.members].map(([name, schema]) =>
    memberSources(
      root,
      { ...sought, schema, at: [...sought.at, name], isRequired: shape.required.has(name) },
      depth + 1,
    ),
  );
  const lost = found.flatMap((f) => f.lost);
  if (lost.length > 0) return sought.isRequired ? { members: [], lost } : NOTHING;
  return { members: found.flatMap((f) => f.members), lost: [] };
};

const fits = (root: JsonObject, schema: unknown, from: ListSource): boolean => {
  const types = typesOf(root, schema);
  return from === 'more' ? types.includes('boolean') : types.includes('integer') || types.includes('number');
};

/** Some contracts say that there is one page at least. */
const counted = (root: JsonObject, schema: unknown, member: ListMember): ListMember => {
  const least = keyword(root, schema, 'minimum');
  return member.from === 'pages' && typeof least === 'number' ? { ...member, value: least } : member;
};
