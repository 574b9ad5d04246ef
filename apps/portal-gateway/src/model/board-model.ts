import { cards } from '@squados/board';
import type { CardId } from '@squados/contracts';
import type { FoldObserver, FoldView } from '@squados/orchestrator';
import type { WallClock } from '@squados/platform';
import type { CardRow, ProductLinks, ProjectSummary } from '../wire/index.js';
import { cardRow } from './card-row.js';
import { firstProject, type ProjectAt } from './first-project.js';
import { endedCount, summaryOf } from './project-summary.js';

/** The board at one moment, and which of its rows are newer than what a client has. */
export interface BoardState {
  /** Counts up with each look at the fold that found something new. */
  readonly version: number;
  readonly position: number;
  readonly project: ProjectSummary | undefined;
  readonly rows: readonly CardRow[];
  /** Rows that changed after a version, in the order of arrival. */
  since(version: number): readonly CardRow[];
}

export interface BoardModelOptions {
  readonly clock: WallClock;
  /** Where the product answers, as far as it is known. */
  readonly product: (at: ProjectAt) => ProductLinks | undefined;
}

/** At most five looks a second; a look that takes long comes rarer, so that looking never costs more than 4 % of the time. */
const BETWEEN_MS = 200;
const SHARE = 25;

interface Looked extends Pick<BoardState, 'version' | 'position' | 'project'> {
  readonly seen: readonly Seen[];
}

/** Shared by all who ask until the next look: what changed since a version is gathered once for all of them. */
class Look implements BoardState {
  readonly version: number;
  readonly position: number;
  readonly project: ProjectSummary | undefined;
  readonly #seen: readonly Seen[];
  readonly #since = new Map<number, readonly CardRow[]>();

  constructor({ version, position, project, seen }: Looked) {
    this.version = version;
    this.position = position;
    this.project = project;
    this.#seen = seen;
  }

  get rows(): readonly CardRow[] {
    return this.since(-1);
  }

  since(version: number): readonly CardRow[] {
    const known = this.#since.get(version);
    if (known !== undefined) return known;
    const rows = this.#seen.filter((seen) => seen.version > version).map((seen) => seen.row);
    this.#since.set(version, rows);
    return rows;
  }
}

interface Seen {
  readonly row: CardRow;
  readonly print: string;
  readonly version: number;
}

/**
 * What the page shows of the fold, renewed while somebody looks.
 *
 * Invariants:
 * 1. `folded` does nothing but note that something changed: the engine never waits for the page.
 * 2. Nobody looks, nothing is computed; a new look begins at once.
 * 3. A row's version is that of the look that found it changed: `since(v)` holds all that changed after look `v`.
 */
export class BoardModel implements FoldObserver {
  readonly #listeners = new Set<() => void>();
  readonly #seen = new Map<string, Seen>();
  readonly #startedAt: number;
  #fold: FoldView | undefined;
  #state: BoardState = new Look({ version: 0, position: 0, project: undefined, seen: [] });
  #endedBefore: number | undefined;
  #stale = true;
  #costMs = 0;
  #cancel: (() => void) | undefined;

  constructor(private readonly options: BoardModelOptions) {
    this.#startedAt = options.clock.now();
  }

  headReached(fold: FoldView): void {
    this.#fold = fold;
    this.#endedBefore = endedCount(firstProject(fold)?.view.byState ?? {});
    this.changed();
  }

  folded(): void {
    if (!this.#stale) this.changed();
  }

  /** Something that the page shows is new; looked at soon, if anybody is there. */
  changed(): void {
    this.#stale = true; // invariant 1
    if (this.#fold === undefined || this.#listeners.size === 0) return; // invariant 2
    const wait = Math.max(BETWEEN_MS, this.#costMs * SHARE);
    this.#cancel ??= this.options.clock.after(wait, () => {
      this.#cancel = undefined;
      this.look();
    });
  }

  /** Is called after each look that found something; the answer ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (this.#stale) this.changed();
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** The present, looked at now if anything happened since. */
  look(): BoardState {
    if (this.#stale && this.#fold !== undefined) this.#renew(this.#fold);
    return this.#state;
  }

  close(): Promise<void> {
    this.#cancel?.();
    this.#listeners.clear();
    return Promise.resolve();
  }

  #renew(fold: FoldView): void {
    const from = this.options.clock.now();
    this.#stale = false;
    const at = firstProject(fold);
    if (at !== undefined) this.#state = this.#lookAt(fold, at);
    this.#costMs = this.options.clock.now() - from;
    for (const listener of this.#listeners) listener();
  }

  #lookAt(fold: FoldView, at: ProjectAt): BoardState {
    const version = this.#state.version + 1;
    for (const id of cards(fold.board, at.view.id)) this.#renewRow(version, id, cardRow(fold, at, id));
    const seen = [...this.#seen.values()];
    const project = summaryOf({
      at,
      rows: seen.map(({ row }) => row),
      pace: this.#pace(),
      product: this.options.product(at),
    });
    return new Look({ version, position: fold.position, project, seen });
  }

  #renewRow(version: number, id: CardId, row: CardRow | undefined): void {
    if (row === undefined) return;
    const print = JSON.stringify(row);
    if (this.#seen.get(id)?.print !== print) this.#seen.set(id, { row, print, version }); // invariant 3
  }

  #pace(): { endedBefore: number; startedAt: number; now: number } | undefined {
    if (this.#endedBefore === undefined) return undefined;
    return { endedBefore: this.#endedBefore, startedAt: this.#startedAt, now: this.options.clock.now() };
  }
}
