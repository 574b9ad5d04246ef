/** Where a card is in its lifecycle, as folded. BLOCKED and STALE are derived on top; see `deriveState`. */
export const PHASE = {
  TODO: 0,
  ENQUEUED: 1,
  EXECUTING: 2,
  VERIFYING: 3,
  EVALUATING: 4,
  /** Completed, but a required gate is neither passed nor waived yet. Seen from outside: EVALUATING. */
  HELD: 5,
  /** The attempt failed and the orchestrator hasn't decided what follows. Seen from outside: EVALUATING. */
  FAILED: 6,
  DONE: 7,
  RETRYING: 8,
  DEAD_LETTERED: 9,
  SKIPPED: 10,
} as const;

export const FLAG = {
  /** The current attempt is enqueued and has not ended. */
  OPEN: 1,
  /** The current attempt no longer counts (skipped, rolled back, retried, enqueued too late): only its end is still awaited. */
  VOID: 2,
  READY: 4,
  /** An entry for it lies in its project's ready queue, live or not. */
  QUEUED: 8,
  /** Counted as met by its dependents. */
  MET: 16,
  /** Counted as never to be met by its dependents: dead-lettered or blocked itself. */
  DEAD: 32,
  /** Its attempt was enqueued on assumed inputs. */
  ASSUMED: 64,
  WAIVED: 128,
  STALE: 256,
  /** Its inputs may have changed since CardEnqueued: compare digests when it completes. */
  SUSPECT: 512,
  /** Waits for a time: RETRYING, or released until later. */
  TIMED: 1024,
} as const;

/** Every per-card column: name → bytes per card. One table drives growth, snapshot and restore. */
const COLUMNS = {
  phase: Uint8Array,
  view: Uint8Array,
  priority: Uint8Array,
  flags: Uint16Array,
  agent: Uint16Array,
  retries: Uint16Array,
  deliveries: Uint16Array,
  project: Uint32Array,
  attempt: Uint32Array,
  cardRevision: Uint32Array,
  unmet: Uint32Array,
  dead: Uint32Array,
  depStart: Uint32Array,
  depCount: Uint32Array,
  firstDependent: Uint32Array,
  hashSlot: Uint32Array,
  decidedRevision: Float64Array,
  attemptRevision: Float64Array,
} as const;
export type ColumnName = keyof typeof COLUMNS;
export const COLUMN_NAMES = Object.keys(COLUMNS) as readonly ColumnName[];
type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** Struct of arrays: a card is an index, in order of arrival over all projects. 67 bytes a card. */
export class CardTable {
  count = 0;
  phase = new Uint8Array(0);
  view = new Uint8Array(0);
  priority = new Uint8Array(0);
  flags = new Uint16Array(0);
  agent = new Uint16Array(0);
  retries = new Uint16Array(0);
  deliveries = new Uint16Array(0);
  project = new Uint32Array(0);
  attempt = new Uint32Array(0);
  cardRevision = new Uint32Array(0);
  unmet = new Uint32Array(0);
  dead = new Uint32Array(0);
  depStart = new Uint32Array(0);
  depCount = new Uint32Array(0);
  /** Edge + 1, 0: none. */
  firstDependent = new Uint32Array(0);
  /** Slot + 1, 0: none. */
  hashSlot = new Uint32Array(0);
  decidedRevision = new Float64Array(0);
  attemptRevision = new Float64Array(0);

  /** Room for `more` further cards; grows by half, or to exactly what a big import needs. */
  reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.phase.length) return;
    this.resize(grownCapacity(this.phase.length, needed));
  }

  column(name: ColumnName): Column {
    return this[name];
  }

  /** Replaces the columns by the ones given (restore). */
  load(columns: Readonly<Record<ColumnName, Column>>, count: number): void {
    Object.assign(this, columns);
    this.count = count;
  }

  private resize(capacity: number): void {
    const grown = Object.fromEntries(COLUMN_NAMES.map((name) => [name, grow(this[name], new COLUMNS[name](capacity))]));
    Object.assign(this, grown);
  }
}

const grow = (from: Column, to: Column): Column => {
  to.set(from);
  return to;
};

/** Half more than before, or exactly what is needed when that is more. */
export const grownCapacity = (capacity: number, needed: number): number =>
  Math.max(needed, 64, Math.ceil(capacity * 1.5));

/** An empty column of the right kind and length (restore). */
export const newColumn = (name: ColumnName, length: number): Column => new COLUMNS[name](length);
