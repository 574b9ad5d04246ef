import { grownCapacity, type CardTable } from './card-table.js';

/** An edge whose owner has since been given other dependencies; walks skip it. */
const GONE = 0xffffffff;

/**
 * Dependencies and dependents in flat arrays: edge e says that `owner[e]` depends on `target[e]`. A card's own edges lie side
 * by side; the edges that point at a card are linked through `next`. 12 bytes an edge.
 */
export class Edges {
  count = 0;
  target = new Uint32Array(0);
  owner = new Uint32Array(0);
  /** Edge + 1, 0: the last. */
  next = new Uint32Array(0);

  /** Gives a card these dependencies (cards by index) in place of those it had. */
  assign(cards: CardTable, card: number, targets: readonly number[]): void {
    this.drop(cards, card);
    this.reserve(targets.length);
    cards.depStart[card] = this.count;
    cards.depCount[card] = targets.length;
    for (const target of targets) {
      const edge = this.count++;
      this.target[edge] = target;
      this.owner[edge] = card;
      this.next[edge] = cards.firstDependent[target] as number;
      cards.firstDependent[target] = edge + 1;
    }
  }

  reserve(more: number): void {
    const needed = this.count + more;
    if (needed <= this.target.length) return;
    const capacity = grownCapacity(this.target.length, needed);
    this.target = enlarged(this.target, capacity);
    this.owner = enlarged(this.owner, capacity);
    this.next = enlarged(this.next, capacity);
  }

  dependencies(cards: CardTable, card: number): Uint32Array {
    const start = cards.depStart[card] as number;
    return this.target.subarray(start, start + (cards.depCount[card] as number));
  }

  /** The first link of a card's dependents, 0: none. Walk with `after` and `dependent`; links are edges + 1. */
  first(cards: CardTable, card: number): number {
    return this.live(cards.firstDependent[card] as number);
  }

  after(link: number): number {
    return this.live(this.next[link - 1] as number);
  }

  dependent(link: number): number {
    return this.owner[link - 1] as number;
  }

  dependents(cards: CardTable, card: number): number[] {
    const found: number[] = [];
    for (let link = this.first(cards, card); link !== 0; link = this.after(link)) found.push(this.dependent(link));
    return found;
  }

  load(target: Uint32Array, owner: Uint32Array, next: Uint32Array): void {
    this.target = target.slice();
    this.owner = owner.slice();
    this.next = next.slice();
    this.count = target.length;
  }

  private live(link: number): number {
    let at = link;
    while (at !== 0 && this.owner[at - 1] === GONE) at = this.next[at - 1] as number;
    return at;
  }

  private drop(cards: CardTable, card: number): void {
    const start = cards.depStart[card] as number;
    const end = start + (cards.depCount[card] as number);
    for (let edge = start; edge < end; edge++) this.owner[edge] = GONE;
  }
}

const enlarged = (from: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> => {
  const to = new Uint32Array(capacity);
  to.set(from);
  return to;
};
