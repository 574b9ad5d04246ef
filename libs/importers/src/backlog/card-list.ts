import { agentForCard } from '@squados/contracts';
import { FIELD_NAMES } from './fields.js';

type JsonObject = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Where a file keeps its cards when they are not under a top-level `cards`. */
export interface CardPlace {
  /** Keys that lead to the list; empty: the file is the list. */
  readonly path: readonly string[];
  readonly cards: readonly unknown[];
  /** The object that holds the list; empty for a bare list. */
  readonly holder: JsonObject;
}

/** Names of the list itself, the most common first. */
const LISTS = ['cards', 'cartoes', 'cartões', 'items', 'itens', 'tasks', 'tarefas', 'tickets', 'issues', 'backlog'];
/** Names of what the list may stand in. */
const HOLDERS = ['backlog', 'data', 'dados', 'board', 'quadro', 'project', 'projeto'];

const AGENTS = ['agent', 'squad'];

/** A card of ours: it has an id of a known prefix, is called a card, or says whose it is. */
const isCard = (value: unknown): boolean => {
  if (!isObject(value)) return false;
  const id = FIELD_NAMES.id.map((name) => value[name]).find((one) => one !== undefined);
  if (id === undefined) return false;
  return (
    (typeof id === 'string' && agentForCard(id) !== undefined) ||
    'card_id' in value ||
    'cardId' in value ||
    AGENTS.some((name) => typeof value[name] === 'string')
  );
};

/** A list with cards of ours in it. */
export const isCardList = (value: unknown): value is readonly unknown[] => Array.isArray(value) && value.some(isCard);

const listIn = (holder: JsonObject, path: readonly string[]): CardPlace | undefined => {
  if (Array.isArray(holder['cards']))
    return { path: [...path, 'cards'], cards: holder['cards'] as readonly unknown[], holder };
  const name = LISTS.find((one) => isCardList(holder[one]));
  return name === undefined ? undefined : { path: [...path, name], cards: holder[name] as readonly unknown[], holder };
};

/** The list of cards of a parsed file, wherever it stands; undefined when there is none. */
export const cardPlaceOf = (value: unknown): CardPlace | undefined => {
  if (isCardList(value)) return { path: [], cards: value, holder: {} };
  if (!isObject(value)) return undefined;
  const own = listIn(value, []);
  if (own) return own;
  return HOLDERS.flatMap((name) => {
    const inner = value[name];
    return isObject(inner) ? (listIn(inner, [name]) ?? []) : [];
  })[0];
};

/** How a place differs from a top-level `cards`, so that an export can rebuild it. */
export interface Wrapping {
  readonly path: readonly string[];
  /** The file around the object that holds the list; without the list. */
  readonly around?: JsonObject;
}

export const wrappingOf = (value: unknown, { path }: CardPlace): Wrapping | undefined => {
  if (path.length === 1 && path[0] === 'cards') return undefined;
  const [outer] = path;
  if (path.length < 2 || outer === undefined || !isObject(value)) return { path };
  return { path, around: { ...value, [outer]: null } };
};

/** A holder with its cards under `cards`, as the file wrote it. */
export const wrapped = (holder: JsonObject, wrapping: Wrapping | undefined): unknown => {
  if (!wrapping) return holder;
  const { path, around } = wrapping;
  const list = path.at(-1);
  if (list === undefined) return holder['cards'];
  const named = Object.fromEntries(
    Object.entries(holder).map(([name, value]) => [name === 'cards' ? list : name, value]),
  );
  const [outer] = path;
  return around && outer !== undefined ? { ...around, [outer]: named } : named;
};

const DEEPEST = 4;
const MOST_LISTS = 20;

interface Spot {
  readonly value: unknown;
  readonly path: string;
}

const within = ({ value, path }: Spot): readonly Spot[] => {
  if (Array.isArray(value))
    return value.map((inner: unknown, at) => ({ value: inner, path: `${path}[${String(at)}]` }));
  if (!isObject(value)) return [];
  return Object.entries(value).map(([name, inner]) => ({ value: inner, path: path === '' ? name : `${path}.${name}` }));
};

const holdsLists = (value: unknown): boolean => isObject(value) && Object.values(value).some(isCardList);

const isPlainList = ({ value, path }: Spot): boolean => path !== '' && isCardList(value) && !value.some(holdsLists);

/** Where lists of cards stand that are not the one list of a backlog: `projects[0].cards`, `epics[1].stories`. */
export const listsOfCards = (value: unknown): readonly string[] => {
  const found: string[] = [];
  let spots: readonly Spot[] = [{ value, path: '' }];
  for (let depth = 0; depth <= DEEPEST && found.length < MOST_LISTS; depth++) {
    found.push(...spots.filter(isPlainList).map(({ path }) => path));
    spots = spots.filter((spot) => !isPlainList(spot)).flatMap(within);
  }
  return found;
};
