import { agentForCard, type CardSpec, type CardState } from '@squados/contracts';
import { FIELD_NAMES, nameOf, namedWord, readIds, roleOf, stillSays, type PlainRole } from './fields.js';
import { cardMark, dependencyNames, MARK, plainWording, type CardMark, type FileMark } from './mark.js';
import { STANDING_OF_STATE, standingOf } from './words.js';

/** A card as the exporter needs it: what it is and how it stands. */
export interface ExportedCard {
  readonly spec: CardSpec;
  readonly state: CardState;
  /** Paths of what it produced. */
  readonly artifacts?: readonly string[];
  /** RFC 3339. */
  readonly completedAt?: string;
}

/** Fields in the order in which they are written. */
export type Fields = readonly (readonly [string, unknown])[];

const own = (record: Readonly<Record<string, unknown>> | undefined, name: string): unknown =>
  record !== undefined && Object.hasOwn(record, name) ? record[name] : undefined;

const statusOf = (state: CardState, file: FileMark, raw: unknown): unknown => {
  const standing = STANDING_OF_STATE[state];
  const word = namedWord(raw ?? 'TODO');
  return typeof word === 'string' && standingOf(word) === standing ? (raw ?? word) : file.words[standing];
};

/** The word that stood in the file; undefined for a card that was not in it or had none. */
export const statusBefore = (spec: CardSpec, file: FileMark): unknown => {
  const mark = cardMark(spec);
  const names = mark === undefined ? [] : (file.layouts[mark.layout] ?? []);
  const name = FIELD_NAMES.status.find((n) => names.includes(n));
  return name === undefined ? undefined : namedWord(own(mark?.raw, name) ?? 'TODO');
};

const sameIds = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The ids that a field said, in whatever form. */
const idsSaid = (name: string, raw: unknown): readonly string[] => {
  const reading = readIds(name, raw);
  return 'value' in reading ? reading.value : [];
};

/** Dependencies by field. As long as they are what the file said, in the file's own words; else all under the first name. */
const dependencyFields = (
  spec: CardSpec,
  layout: readonly string[],
  mark: CardMark | undefined,
): ReadonlyMap<string, unknown> => {
  const names = dependencyNames(layout);
  const stated: readonly string[] = spec.dependencies.filter((id) => !mark?.viaBlocks?.includes(id));
  const plain = new Map<string, unknown>(names.map((name, at) => [name, at === 0 ? stated : []]));
  const raw = mark?.raw ?? {};
  const before = new Map(names.map((name) => [name, Object.hasOwn(raw, name) ? raw[name] : plain.get(name)]));
  const inOrder = FIELD_NAMES.dependencies.flatMap((name) => idsSaid(name, before.get(name)));
  return sameIds([...new Set(inOrder)], stated) ? before : plain;
};

const plainField = (
  role: PlainRole,
  name: string,
  { spec, mark, isForeign }: { spec: CardSpec; mark: CardMark | undefined; isForeign: boolean },
): unknown => {
  const hasRaw = mark?.raw !== undefined && Object.hasOwn(mark.raw, name);
  const raw = mark?.raw?.[name];
  return hasRaw && (isForeign || stillSays(role, raw, spec)) ? raw : plainWording(role, spec);
};

const knownFields = (card: ExportedCard, layout: readonly string[], file: FileMark): Fields => {
  const { spec, state } = card;
  const mark = cardMark(spec);
  const dependencies = dependencyFields(spec, layout, mark);
  return layout.map((name): readonly [string, unknown] => {
    const role = roleOf(name);
    if (role === 'status') return [name, statusOf(state, file, own(mark?.raw, name))];
    if (role === 'dependencies') return [name, dependencies.get(name)];
    if (role === undefined) return [name, own(spec.extra, name)];
    return [name, plainField(role, name, { spec, mark, isForeign: nameOf(role, layout) !== name })];
  });
};

/** What a layout has no place for but an import would otherwise lose. */
const missingFields = ({ spec, state }: ExportedCard, layout: readonly string[], file: FileMark): Fields => {
  const roles = new Set(layout.map(roleOf));
  const lacks = (role: ReturnType<typeof roleOf>, isSaying: boolean): boolean => isSaying && !roles.has(role);
  const mark = cardMark(spec);
  const stated = spec.dependencies.filter((id) => !mark?.viaBlocks?.includes(id));
  return [
    ...(lacks('status', state !== 'TODO') ? [['status', file.words[STANDING_OF_STATE[state]]] as const] : []),
    ...(lacks('dependencies', stated.length > 0) ? [['dependencies', stated] as const] : []),
    ...(lacks('parent', spec.parent !== undefined) ? [['parent_card', spec.parent] as const] : []),
    ...(agentForCard(spec.id) === undefined && !layout.includes('agent') && mark === undefined
      ? [['agent', spec.agent] as const]
      : []),
  ];
};

/** Paths join what the file listed, in its form: plain texts, or objects with a path. */
const artifactsWith = (before: unknown, paths: readonly string[]): readonly unknown[] => {
  const listed = Array.isArray(before) ? (before as readonly unknown[]) : [];
  const isObject = (item: unknown): item is Readonly<Record<string, unknown>> =>
    typeof item === 'object' && item !== null;
  const pathOf = (item: unknown): unknown => (isObject(item) ? item['path'] : item);
  const known = new Set(listed.map(pathOf));
  const more = paths.filter((path) => !known.has(path));
  return [...listed, ...(listed.some(isObject) ? more.map((path) => ({ path })) : more)];
};

const outcome = ({ artifacts, completedAt }: ExportedCard, extra: CardSpec['extra']): Fields => [
  ...(completedAt !== undefined && (own(extra, 'completed_at') ?? null) === null
    ? [['completed_at', completedAt] as const]
    : []),
  ...(artifacts !== undefined && artifacts.length > 0
    ? [['artifacts', artifactsWith(own(extra, 'artifacts'), artifacts)] as const]
    : []),
];

/** A later value replaces the field of the same name in its place. */
const merged = (...lists: readonly Fields[]): Fields => [
  ...new Map(lists.flat().map(([name, value]) => [name, [name, value] as const])).values(),
];

/** Order of fields for cards that came later: the known ones of the layout that most cards of the file have. */
const laterLayout = (file: FileMark, spec: CardSpec): readonly string[] => [
  ...(file.layouts[file.dominant] ?? []).filter((name) => roleOf(name) !== undefined),
  ...Object.keys(spec.extra ?? {}).filter((name) => name !== MARK && roleOf(name) === undefined),
];

/** A card in the words and the field order of the file. */
export const exportCard = (card: ExportedCard, file: FileMark): Fields => {
  const mark = cardMark(card.spec);
  const layout = (mark && file.layouts[mark.layout]) ?? laterLayout(file, card.spec);
  return merged(knownFields(card, layout, file), missingFields(card, layout, file), outcome(card, card.spec.extra));
};
