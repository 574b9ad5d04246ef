import { boardOf, emptyCatalog, evolveCatalog, position, type Board, type Catalog } from '@squados/board';
import type { LaneCommit, Position } from '@squados/contracts';

/** What a fold of the log shows at one moment. Read it and let it go: the next commit changes it. */
export interface FoldView {
  readonly board: Board;
  readonly catalog: Catalog;
  /** Everything up to and including it is in the board and the catalog. */
  readonly position: Position;
}

/** Board and catalog of one log, folded as one. Begins empty, or with what a snapshot gave back. */
export class LogFold implements FoldView {
  #catalog: Catalog;
  #position: Position;

  constructor(restored: Catalog = emptyCatalog()) {
    this.#catalog = restored;
    this.#position = this.folded;
  }

  get board(): Board {
    return boardOf(this.#catalog);
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  get position(): Position {
    return this.#position;
  }

  /** Position of the last commit that was folded. */
  get folded(): Position {
    return position(boardOf(this.#catalog));
  }

  apply(commit: LaneCommit): void {
    this.#catalog = evolveCatalog(this.#catalog, commit);
    this.#position = commit.position;
  }

  /** Nothing that matters lies between the last commit and this position. */
  passed(at: Position): void {
    if (at > this.#position) this.#position = at;
  }
}
