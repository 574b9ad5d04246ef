import { emptyBoard, emptyCatalog, evolve, evolveCatalog, position, type Board, type Catalog } from '@squados/board';
import { START, type LaneCommit, type Position } from '@squados/contracts';

/** What a fold of the log shows at one moment. Read it and let it go: the next commit changes it. */
export interface FoldView {
  readonly board: Board;
  readonly catalog: Catalog;
  /** Everything up to and including it is in the board and the catalog. */
  readonly position: Position;
}

/** Board and catalog of one log, folded side by side. Begins empty, or with a board that a snapshot gave back. */
export class LogFold implements FoldView {
  #board: Board;
  #catalog: Catalog = emptyCatalog();
  #position: Position = START;

  constructor(restored?: Board) {
    this.#board = restored ?? emptyBoard();
  }

  get board(): Board {
    return this.#board;
  }

  get catalog(): Catalog {
    return this.#catalog;
  }

  get position(): Position {
    return this.#position;
  }

  /** A restored board skips what it already holds; the catalog is always folded from the start. */
  apply(commit: LaneCommit): void {
    if (commit.position > position(this.#board)) this.#board = evolve(this.#board, commit);
    this.#catalog = evolveCatalog(this.#catalog, commit);
    this.#position = commit.position;
  }

  /** Nothing that matters lies between the last commit and this position. */
  passed(at: Position): void {
    if (at > this.#position) this.#position = at;
  }
}
