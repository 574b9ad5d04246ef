import type { Actor, CardId, CardSpec, EventData, ProjectId, Verdict } from '@squados/contracts';
import type { Board } from '../board.types.js';
import { emptyBoard } from '../evolve.js';
import type { AttemptRecord, CardRecord, Catalog, ProjectRecord } from './catalog.types.js';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface AttemptText extends Omit<Writable<AttemptRecord>, 'verdicts' | 'waivers' | 'calls' | 'untold'> {
  calls?: EventData['ModelCalled'][];
  untold?: EventData['ModelCallBegun'][];
  readonly verdicts: Verdict[];
  readonly waivers: { readonly gate: string; readonly by: Actor; readonly reason: string }[];
}

export class CardText implements CardRecord {
  revision = 1;
  readonly attempts: AttemptText[] = [];
  readonly decisions: CardRecord['decisions'][number][] = [];
  /** The board calls the card DONE (or STALE) by its last attempt. */
  isDone = false;

  constructor(
    public spec: CardSpec,
    readonly addedBy: EventData['CardsAdded']['origin'],
  ) {}

  attempt(number: number): AttemptText | undefined {
    return this.attempts.findLast((attempt) => attempt.attempt === number);
  }
}

export class ProjectText implements ProjectRecord {
  readonly cards = new Map<CardId, CardText>();
  readonly rejected: EventData['CardsRejected'][] = [];

  constructor(
    readonly id: ProjectId,
    readonly started: EventData['ProjectStarted'],
  ) {}
}

/** Texts beside a board of its own: what counts (late attempts, waivers, rollbacks) is judged there and nowhere else. */
export class CatalogState {
  board: Board = emptyBoard();
  readonly projects = new Map<ProjectId, ProjectText>();
}

export const asCatalog = (state: CatalogState): Catalog => state as unknown as Catalog;
export const catalogOf = (catalog: Catalog): CatalogState => catalog as unknown as CatalogState;
