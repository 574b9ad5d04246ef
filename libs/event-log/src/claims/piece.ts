import type { LaneCommit } from '@squados/contracts';

/** One CardEnqueued on its way: the state owns the timer that ends it. */
export interface Piece {
  readonly commit: LaneCommit;
  /** Deliveries so far. */
  delivery: number;
  state:
    | { readonly kind: 'ready' }
    | { readonly kind: 'leased'; readonly timer: NodeJS.Timeout }
    | { readonly kind: 'delayed'; readonly timer: NodeJS.Timeout }
    | { readonly kind: 'settled' };
}

/** Longest wait that a Node timer can hold (24 days); anything above would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const timerMs = (ms: number): number => (ms > 0 ? Math.min(ms, LONGEST_TIMER_MS) : 0);

/** Pieces that wait for a taker, oldest commit first. A binary heap: handed-back pieces come in any order. */
export class ReadyPieces {
  private readonly heap: Piece[] = [];

  get size(): number {
    return this.heap.length;
  }

  push(piece: Piece): void {
    let at = this.heap.push(piece) - 1;
    while (at > 0 && this.isBefore(at, (at - 1) >>> 1)) at = this.swap(at, (at - 1) >>> 1);
  }

  /** The oldest piece that is still ready; those that were settled meanwhile are dropped. */
  pop(): Piece | undefined {
    let piece = this.popAny();
    while (piece !== undefined && piece.state.kind !== 'ready') piece = this.popAny();
    return piece;
  }

  private popAny(): Piece | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (this.heap.length > 0 && last !== undefined) {
      this.heap[0] = last;
      this.sink();
    }
    return first;
  }

  private sink(): void {
    let at = 0;
    for (;;) {
      const left = 2 * at + 1;
      const child = this.isBefore(left + 1, left) ? left + 1 : left;
      if (!this.isBefore(child, at)) return;
      at = this.swap(at, child);
    }
  }

  private isBefore(a: number, b: number): boolean {
    const left = this.heap[a];
    const right = this.heap[b];
    return left !== undefined && right !== undefined && left.commit.position < right.commit.position;
  }

  private swap(a: number, b: number): number {
    [this.heap[a], this.heap[b]] = [this.heap[b] as Piece, this.heap[a] as Piece];
    return b;
  }
}
