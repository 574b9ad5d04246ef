import type { Actor, CardId, CardSpec, EventData, LaneCommit, ProjectId, Verdict } from '@squados/contracts';

/** One attempt as it stands in the log; times are the events' own (RFC 3339). */
export interface AttemptRecord {
  readonly attempt: number;
  readonly enqueuedAt: string;
  readonly inputs: EventData['CardEnqueued']['inputs'];
  readonly feedback?: string;
  readonly deliveries: number;
  readonly startedAt?: string;
  readonly worker?: string;
  readonly step?: string;
  readonly verdicts: readonly Verdict[];
  /** Calls to a model that ended, in order; absent: none. */
  readonly calls?: readonly EventData['ModelCalled'][];
  /** Calls whose end nobody has told: they count with all that was set aside for them. */
  readonly untold?: readonly EventData['ModelCallBegun'][];
  readonly waivers: readonly { readonly gate: string; readonly by: Actor; readonly reason: string }[];
  readonly end?:
    | ({ readonly kind: 'completed'; readonly at: string } & EventData['CardCompleted'])
    | ({ readonly kind: 'failed'; readonly at: string } & { readonly failure: EventData['CardFailed'] })
    | ({ readonly kind: 'released'; readonly at: string } & { readonly release: EventData['CardReleased'] });
}

/** Everything people and agents ask about a card, texts included. The board decides; the catalog tells. */
export interface CardRecord {
  readonly spec: CardSpec;
  /** 1 when added, +1 with each CardChanged. */
  readonly revision: number;
  readonly addedBy: EventData['CardsAdded']['origin'];
  readonly attempts: readonly AttemptRecord[];
  /** Decisions about it in order: skipped, retried, dead-lettered, escalated, rolled back, retry scheduled. */
  readonly decisions: readonly {
    readonly at: string;
    readonly type: string;
    readonly text: string;
    readonly by?: Actor;
  }[];
}

export interface ProjectRecord {
  readonly id: ProjectId;
  readonly started: EventData['ProjectStarted'];
  readonly cards: ReadonlyMap<CardId, CardRecord>;
  readonly rejected: readonly EventData['CardsRejected'][];
}

/** Where a project went: a file, as of a time (RFC 3339). */
export type ArchivedRecord = { readonly at: string } & EventData['ProjectArchived'];

/** The second fold of the log: texts, attempts, verdicts, manifests. Same value rules as Board. */
export interface CatalogApi {
  emptyCatalog(): Catalog;
  evolveCatalog(catalog: Catalog, commit: LaneCommit): Catalog;
  projectRecord(catalog: Catalog, project: ProjectId): ProjectRecord | undefined;
  cardRecord(catalog: Catalog, project: ProjectId, card: CardId): CardRecord | undefined;
  /** The manifest that counts now: of the attempt that made the card DONE; undefined while it isn't. */
  currentManifest(record: CardRecord): EventData['CardCompleted'] | undefined;
}
export interface Catalog {
  readonly [catalogBrand]: true;
}
declare const catalogBrand: unique symbol;
