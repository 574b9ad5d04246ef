/**
 * Binary heap of (key, card), least first, card breaking ties. Entries are never taken out of the middle: whoever owns the
 * heap says which ones still count, and dead ones are dropped when they reach the top or outnumber the live.
 */
export class LazyHeap {
  private keys: number[] = [];
  private cards: number[] = [];

  get size(): number {
    return this.cards.length;
  }

  push(key: number, card: number): void {
    let at = this.cards.length;
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.before(key, card, up)) break;
      this.move(up, at);
      at = up;
    }
    this.keys[at] = key;
    this.cards[at] = card;
  }

  /** Drops dead entries at the top; the owner hears of each. Amortised: each entry is dropped once. */
  prune(isLive: (key: number, card: number) => boolean, onDrop: (key: number, card: number) => void): void {
    while (this.cards.length > 0) {
      const key = this.keys[0] as number;
      const card = this.cards[0] as number;
      if (isLive(key, card)) return;
      this.removeTop();
      onDrop(key, card);
    }
  }

  /** Rebuilds with live entries only; worth it when the dead outnumber them. */
  compact(isLive: (key: number, card: number) => boolean, onDrop: (key: number, card: number) => void): void {
    const { keys, cards } = this;
    this.keys = [];
    this.cards = [];
    for (let i = 0; i < cards.length; i++) {
      const key = keys[i] as number;
      const card = cards[i] as number;
      if (isLive(key, card)) this.push(key, card);
      else onDrop(key, card);
    }
  }

  /** Entries in order, without changing the heap; cost grows with the entries taken, not with the heap. */
  *inOrder(upTo = Infinity): Generator<{ key: number; card: number }> {
    const frontier = new LazyHeap();
    const slots = new Map<number, number[]>();
    const offer = (slot: number): void => {
      if (slot >= this.cards.length || (this.keys[slot] as number) > upTo) return;
      const card = this.cards[slot] as number;
      const same = slots.get(card);
      if (same) same.push(slot);
      else slots.set(card, [slot]);
      frontier.push(this.keys[slot] as number, card);
    };
    offer(0);
    while (frontier.size > 0) {
      const key = frontier.keys[0] as number;
      const card = frontier.cards[0] as number;
      frontier.removeTop();
      const slot = this.takeSlot(slots, card, key);
      yield { key, card };
      offer(2 * slot + 1);
      offer(2 * slot + 2);
    }
  }

  /** One card may have several entries (an old key and a new one): the slot of the one with this key. */
  private takeSlot(slots: Map<number, number[]>, card: number, key: number): number {
    const of = slots.get(card) as number[];
    const at = of.findIndex((slot) => this.keys[slot] === key);
    const [slot] = of.splice(at, 1) as [number];
    if (of.length === 0) slots.delete(card);
    return slot;
  }

  private removeTop(): void {
    const key = this.keys.pop() as number;
    const card = this.cards.pop() as number;
    if (this.cards.length > 0) this.sink(key, card);
  }

  private sink(key: number, card: number): void {
    const size = this.cards.length;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && !this.before(this.keys[child] as number, this.cards[child] as number, child + 1)) child++;
      if (this.before(key, card, child)) break;
      this.move(child, at);
      at = child;
    }
    this.keys[at] = key;
    this.cards[at] = card;
  }

  private before(key: number, card: number, slot: number): boolean {
    const other = this.keys[slot] as number;
    return key < other || (key === other && card <= (this.cards[slot] as number));
  }

  private move(from: number, to: number): void {
    this.keys[to] = this.keys[from] as number;
    this.cards[to] = this.cards[from] as number;
  }
}
