import type { EventType, Sha256, SquadEvent, UnknownEvent } from '@squados/contracts';

/** The array of an event's data that may lie beside the log, by event type. */
const OFFLOADED_FIELDS: { readonly [T in EventType]?: string } = { CardsAdded: 'cards', CardCompleted: 'proposals' };

/** What stands in the log for an array that lies in the artifact store. */
export interface ArtifactReference {
  readonly $artifact: Sha256;
  readonly bytes: number;
  /** Length of the array. */
  readonly count: number;
}

/** An event of the log with a reference where its type has an array: not yet a SquadEvent. */
export interface OffloadedEvent {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const fieldOf = (type: unknown): string | undefined =>
  typeof type === 'string' && Object.hasOwn(OFFLOADED_FIELDS, type) ? OFFLOADED_FIELDS[type as EventType] : undefined;

const isReference = (value: unknown): value is ArtifactReference =>
  isRecord(value) && typeof value['$artifact'] === 'string';

export const isOffloaded = (value: unknown): value is OffloadedEvent => {
  if (!isRecord(value)) return false;
  const field = fieldOf(value['type']);
  return field !== undefined && isRecord(value['data']) && isReference(value['data'][field]);
};

export const referenceOf = (event: OffloadedEvent): ArtifactReference =>
  event.data[fieldOf(event.type) ?? ''] as ArtifactReference;

/** The array that could be moved out of an event; undefined when its type has none or it is empty. */
export const offloadableOf = (event: SquadEvent): readonly unknown[] | undefined => {
  const field = fieldOf(event.type);
  const items = field === undefined ? undefined : (event.data as Readonly<Record<string, unknown>>)[field];
  return Array.isArray(items) && items.length > 0 ? items : undefined;
};

/** The same event with another value (a reference, or the array itself) in the place of its array. */
export const withField = <E extends SquadEvent | OffloadedEvent>(event: E, value: unknown): E => ({
  ...event,
  data: { ...event.data, [fieldOf(event.type) ?? '']: value },
});

const originals = new WeakMap<UnknownEvent, OffloadedEvent>();

/**
 * What a reader without `withOffloading` gets: an Unknown event, so that a fold stops loudly instead of seeing no cards.
 * The event as it stands in the log stays reachable through `originalOf`.
 */
export const sealed = (event: OffloadedEvent): UnknownEvent => {
  const reason = `its data lies in artifact ${referenceOf(event).$artifact}: read this log through withOffloading`;
  const unknown: UnknownEvent = {
    type: 'Unknown',
    originalType: event.type,
    version: event.version,
    id: event.id,
    reason,
  };
  originals.set(unknown, event);
  return unknown;
};

export const originalOf = (event: SquadEvent | UnknownEvent): OffloadedEvent | undefined =>
  event.type === 'Unknown' ? originals.get(event) : undefined;
