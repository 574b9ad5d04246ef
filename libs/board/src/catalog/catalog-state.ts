import type { EventData, ProjectId } from '@squados/contracts';
import type { Board } from '../board.types.js';
import { emptyBoard } from '../evolve.js';
import { CardTexts } from './card-texts.js';
import type { ArchivedRecord, Catalog, ProjectRecord } from './catalog.types.js';

export class ProjectText implements ProjectRecord {
  readonly cards = new CardTexts();
  readonly rejected: EventData['CardsRejected'][] = [];

  constructor(
    readonly id: ProjectId,
    readonly started: EventData['ProjectStarted'],
  ) {}
}

/** Texts beside the board that they are folded with: what counts (late attempts, waivers, rollbacks) is judged there and nowhere else. */
export class CatalogState {
  constructor(public board: Board = emptyBoard()) {}

  readonly projects = new Map<ProjectId, ProjectText>();
  readonly archived = new Map<ProjectId, ArchivedRecord>();
}

export const asCatalog = (state: CatalogState): Catalog => state as unknown as Catalog;
export const catalogOf = (catalog: Catalog): CatalogState => catalog as unknown as CatalogState;
