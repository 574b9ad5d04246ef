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
  /** Completed, every required gate passed or waived, and people have to approve it. */
  AWAITING: 11,
} as const;

export const FLAG = {
  /** The current attempt is enqueued and has not ended. */
  OPEN: 1,
  /** The current attempt no longer counts (skipped, rolled back, retried, enqueued too late): only its end is still awaited. */
  VOID: 2,
  READY: 4,
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
  /** An inputs digest of it is recorded. */
  DIGESTED: 2048,
  /** A dependency was met by a skip, on assumed inputs, by a waiver or not at the first attempt: look at each before building on them. */
  ODD_INPUTS: 4096,
} as const;

/**
 * Bytes of a card's record, one cache line: an event of a card touches its own line and those of its dependents, nothing else.
 * Offsets below are in units of the view that reads them; changing one needs a new FOLD_VERSION.
 */
export const RECORD = 64;

const BYTE = { phase: 0, view: 1, priority: 2, tokenLength: 3 } as const;

/** What `tokenLength` says of tokens of this length or more. */
export const LONG_TOKEN = 255;

const HALF = { flags: 2, agent: 3, retries: 4, deliveries: 5 } as const;
const WORD = {
  project: 3,
  attempt: 4,
  cardRevision: 5,
  unmet: 6,
  dead: 7,
  depStart: 8,
  depCount: 9,
  firstDependent: 10,
  tokenStart: 11,
} as const;
const DOUBLE = { decidedRevision: 6, attemptRevision: 7 } as const;

const BYTES = RECORD;
const HALVES = RECORD / 2;
const WORDS = RECORD / 4;
const DOUBLES = RECORD / 8;

/** Array of records over one buffer: a card is an index, in order of arrival over all projects. */
export class CardTable {
  count = 0;
  private bytes = new Uint8Array(0);
  private halves = new Uint16Array(0);
  private words = new Uint32Array(0);
  private doubles = new Float64Array(0);

  get capacity(): number {
    return this.bytes.length / RECORD;
  }

  /** Room for `more` further cards. */
  reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.capacity) return;
    const grown = new Uint8Array(grownCapacity(this.capacity, needed) * RECORD);
    grown.set(this.bytes);
    this.over(grown.buffer);
  }

  /** The records of all cards, for reading. */
  stored(): Uint8Array {
    return this.bytes.subarray(0, this.count * RECORD);
  }

  /** Replaces the records by the ones given (restore). */
  load(records: Uint8Array): void {
    this.count = records.length / RECORD;
    this.over(records.slice().buffer);
  }

  private over(buffer: ArrayBuffer): void {
    this.bytes = new Uint8Array(buffer);
    this.halves = new Uint16Array(buffer);
    this.words = new Uint32Array(buffer);
    this.doubles = new Float64Array(buffer);
  }

  phase(card: number): number {
    return this.bytes[card * BYTES + BYTE.phase] as number;
  }
  setPhase(card: number, to: number): void {
    this.bytes[card * BYTES + BYTE.phase] = to;
  }
  view(card: number): number {
    return this.bytes[card * BYTES + BYTE.view] as number;
  }
  setView(card: number, to: number): void {
    this.bytes[card * BYTES + BYTE.view] = to;
  }
  priority(card: number): number {
    return this.bytes[card * BYTES + BYTE.priority] as number;
  }
  setPriority(card: number, to: number): void {
    this.bytes[card * BYTES + BYTE.priority] = to;
  }
  flags(card: number): number {
    return this.halves[card * HALVES + HALF.flags] as number;
  }
  setFlags(card: number, to: number): void {
    this.halves[card * HALVES + HALF.flags] = to;
  }
  agent(card: number): number {
    return this.halves[card * HALVES + HALF.agent] as number;
  }
  setAgent(card: number, to: number): void {
    this.halves[card * HALVES + HALF.agent] = to;
  }
  retries(card: number): number {
    return this.halves[card * HALVES + HALF.retries] as number;
  }
  setRetries(card: number, to: number): void {
    this.halves[card * HALVES + HALF.retries] = to;
  }
  deliveries(card: number): number {
    return this.halves[card * HALVES + HALF.deliveries] as number;
  }
  setDeliveries(card: number, to: number): void {
    this.halves[card * HALVES + HALF.deliveries] = to;
  }
  project(card: number): number {
    return this.words[card * WORDS + WORD.project] as number;
  }
  setProject(card: number, to: number): void {
    this.words[card * WORDS + WORD.project] = to;
  }
  attempt(card: number): number {
    return this.words[card * WORDS + WORD.attempt] as number;
  }
  setAttempt(card: number, to: number): void {
    this.words[card * WORDS + WORD.attempt] = to;
  }
  cardRevision(card: number): number {
    return this.words[card * WORDS + WORD.cardRevision] as number;
  }
  setCardRevision(card: number, to: number): void {
    this.words[card * WORDS + WORD.cardRevision] = to;
  }
  unmet(card: number): number {
    return this.words[card * WORDS + WORD.unmet] as number;
  }
  setUnmet(card: number, to: number): void {
    this.words[card * WORDS + WORD.unmet] = to;
  }
  dead(card: number): number {
    return this.words[card * WORDS + WORD.dead] as number;
  }
  setDead(card: number, to: number): void {
    this.words[card * WORDS + WORD.dead] = to;
  }
  depStart(card: number): number {
    return this.words[card * WORDS + WORD.depStart] as number;
  }
  setDepStart(card: number, to: number): void {
    this.words[card * WORDS + WORD.depStart] = to;
  }
  depCount(card: number): number {
    return this.words[card * WORDS + WORD.depCount] as number;
  }
  setDepCount(card: number, to: number): void {
    this.words[card * WORDS + WORD.depCount] = to;
  }
  /** Edge + 1, 0: none. */
  firstDependent(card: number): number {
    return this.words[card * WORDS + WORD.firstDependent] as number;
  }
  setFirstDependent(card: number, to: number): void {
    this.words[card * WORDS + WORD.firstDependent] = to;
  }
  /** Where its token lies in the token bytes; it ends where the next card's begins. */
  tokenStart(card: number): number {
    return this.words[card * WORDS + WORD.tokenStart] as number;
  }
  /** Up to LONG_TOKEN. */
  tokenLength(card: number): number {
    return this.bytes[card * BYTES + BYTE.tokenLength] as number;
  }
  setToken(card: number, start: number, length: number): void {
    this.words[card * WORDS + WORD.tokenStart] = start;
    this.bytes[card * BYTES + BYTE.tokenLength] = Math.min(LONG_TOKEN, length);
  }
  decidedRevision(card: number): number {
    return this.doubles[card * DOUBLES + DOUBLE.decidedRevision] as number;
  }
  setDecidedRevision(card: number, to: number): void {
    this.doubles[card * DOUBLES + DOUBLE.decidedRevision] = to;
  }
  attemptRevision(card: number): number {
    return this.doubles[card * DOUBLES + DOUBLE.attemptRevision] as number;
  }
  setAttemptRevision(card: number, to: number): void {
    this.doubles[card * DOUBLES + DOUBLE.attemptRevision] = to;
  }
}

/** A quarter more than before (slack costs bytes a card, copying costs time), or exactly what is needed when that is more. */
export const grownCapacity = (capacity: number, needed: number): number =>
  Math.max(needed, 64, Math.ceil(capacity * 1.25));
