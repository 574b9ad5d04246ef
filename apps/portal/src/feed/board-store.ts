import type {
  Abilities,
  BoardMessage,
  BoardPatch,
  CardRow,
  FeedMessage,
  FeedRow,
  ProjectSummary,
} from '@squados/portal-gateway/wire';

export type Connection = 'connecting' | 'live' | 'reconnecting' | 'signed-out';

/** A row and when this page last saw it change: what is done shows its newest first. */
export interface BoardCard {
  readonly row: CardRow;
  readonly touched: number;
}

/** What the page shows; a new object with each change, so that React sees it. */
export interface BoardView {
  readonly connection: Connection;
  /** The whole board has come at least once. */
  readonly isLoaded: boolean;
  readonly project: ProjectSummary | undefined;
  readonly abilities: Abilities;
  /** In the order in which the cards were added. */
  readonly cards: ReadonlyMap<string, BoardCard>;
  /** Newest first, the last few hundred. */
  readonly feed: readonly FeedRow[];
}

const NO_ABILITIES: Abilities = { commands: [], intake: false, maxDocumentBytes: 0 };
const MOST_FEED = 400;

const EMPTY: BoardView = {
  connection: 'connecting',
  isLoaded: false,
  project: undefined,
  abilities: NO_ABILITIES,
  cards: new Map(),
  feed: [],
};

/** The page's state, kept by the messages of the feed. Knows nothing of how they came. */
export class BoardStore {
  #view = EMPTY;
  #touched = 0;
  readonly #listeners = new Set<() => void>();

  readonly current = (): BoardView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  connection(connection: Connection): void {
    if (connection !== this.#view.connection) this.#set({ connection });
  }

  /** Another log stands behind the page: what was shown belongs to none of it. */
  reset(): void {
    this.#set({ ...EMPTY, connection: this.#view.connection });
  }

  board({ project, rows, abilities }: BoardMessage): void {
    this.#set({ isLoaded: true, project, abilities, cards: this.#merged(new Map(), rows) });
  }

  patch({ project, rows }: BoardPatch): void {
    this.#set({ project, cards: rows.length === 0 ? this.#view.cards : this.#merged(this.#view.cards, rows) });
  }

  log({ rows }: FeedMessage): void {
    this.#set({ feed: [...rows.toReversed(), ...this.#view.feed].slice(0, MOST_FEED) });
  }

  #merged(cards: ReadonlyMap<string, BoardCard>, rows: readonly CardRow[]): ReadonlyMap<string, BoardCard> {
    const next = new Map(cards);
    const touched = ++this.#touched;
    for (const row of rows) next.set(row.id, { row, touched });
    return next;
  }

  #set(change: Partial<BoardView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of this.#listeners) listener();
  }
}
