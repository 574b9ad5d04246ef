import type { GivenParameter, GivenPlan, GivenResource, ServedOperation } from '@squados/importers/contracts';

/** Which operation serves which page of one resource. */
export interface PageOperations {
  readonly list?: ServedOperation;
  /** One record; without a list it is looked up by its key, or is the only one. */
  readonly get?: ServedOperation;
  readonly create?: ServedOperation;
  readonly update?: ServedOperation;
  readonly remove?: ServedOperation;
  /** Operations that no page reaches, and why. */
  readonly left: readonly Left[];
}

export interface Left {
  readonly operation: ServedOperation;
  readonly reason: string;
}

type Kind = ServedOperation['kind'];

/** Whether a page can send everything that a request of this operation must hold beside its body. */
const unsendable = (operation: ServedOperation): string | undefined => {
  const isEntered = (p: GivenParameter): boolean =>
    p.in === 'path' || (p.in === 'query' && operation.kind === 'list' && !p.isList);
  const missing = operation.parameters.find((p) => p.required && !isEntered(p) && !isCredential(p));
  return missing && `the ${missing.in} parameter ${missing.name} is required, and no page has a place for it`;
};

const isCredential = ({ in: place, name }: GivenParameter): boolean =>
  place === 'header' && name.toLowerCase() === 'authorization';

interface Sorted {
  readonly usable: readonly ServedOperation[];
  readonly left: readonly Left[];
}

const sorted = (operations: readonly ServedOperation[]): Sorted => {
  const judged = operations.map((operation) => ({ operation, reason: unsendable(operation) }));
  return {
    usable: judged.filter((j) => j.reason === undefined).map((j) => j.operation),
    left: judged.flatMap(({ operation, reason }) => (reason === undefined ? [] : [{ operation, reason }])),
  };
};

/** What the pages of a resource call, and what of it no page reaches. */
export const pageOperations = (plan: GivenPlan, resource: GivenResource): PageOperations => {
  const mine = plan.operations.filter(
    (o): o is ServedOperation => o.support === 'served' && o.resource === resource.name,
  );
  const { usable, left } = sorted(mine);
  const first = (...kinds: readonly Kind[]): ServedOperation | undefined =>
    kinds.flatMap((kind) => usable.filter((o) => o.kind === kind))[0];
  const list = first('list');
  const get = readable(resource, list, first('read'));
  const isOpen = list !== undefined || get !== undefined;
  const create = isOpen ? first('create', 'put') : undefined;
  const update = get && first('update', 'replace', 'put');
  const remove = get && first('delete');
  const used = new Set([list, get, create, update, remove]);
  const rest = usable
    .filter((o) => !used.has(o))
    .map((operation) => ({ operation, reason: whyLeft(operation, isOpen) }));
  return { ...present({ list, get, create, update, remove }), left: [...left, ...rest] };
};

/** A listed row that does not tell its key leads nowhere. */
const readable = (
  { key }: GivenResource,
  list: ServedOperation | undefined,
  read: ServedOperation | undefined,
): ServedOperation | undefined =>
  list !== undefined && key !== undefined && key.property === undefined ? undefined : read;

const whyLeft = ({ kind }: ServedOperation, isOpen: boolean): string => {
  if (!isOpen) return 'nothing lists or reads these records, so no page could lead to it or show what it did';
  if (kind === 'list') return 'another list of the same records is shown';
  if (kind === 'read') return 'the rows of the list do not tell the key that it asks for';
  if (kind === 'put' || kind === 'replace') return 'the pages make and change these records by other operations';
  return 'no page shows one of these records alone, so none can change or delete it';
};

const present = <T extends object>(record: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as never;
