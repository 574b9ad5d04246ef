import { grownCapacity, type CardTable } from './card-table.js';

/** An edge whose owner has since been given other dependencies; walks skip it. */
const GONE = 0xffffffff;

/** Words of an edge: the card depended upon, the card that depends, and the next edge + 1 with the same target (0: the last). */
const EDGE = 3;
const TARGET = 0;
const OWNER = 1;
const NEXT = 2;

/**
 * Dependencies and dependents in one flat array: an edge says that its owner depends on its target. A card's own edges lie side
 * by side; the edges that point at a card are linked. 12 bytes an edge.
 */
export class Edges {
  count = 0;
  private words = new Uint32Array(0);

  /** Gives a card these dependencies (cards by index) in place of those it had. */
  assign(cards: CardTable, card: number, targets: readonly number[]): void {
    this.drop(cards, card);
    this.reserve(targets.length);
    cards.setDepStart(card, this.count);
    cards.setDepCount(card, targets.length);
    for (const target of targets) {
      const at = EDGE * this.count++;
      this.words[at + TARGET] = target;
      this.words[at + OWNER] = card;
      this.words[at + NEXT] = cards.firstDependent(target);
      cards.setFirstDependent(target, this.count);
    }
  }

  reserve(more: number): void {
    const capacity = this.words.length / EDGE;
    const needed = this.count + more;
    if (needed <= capacity) return;
    const grown = new Uint32Array(grownCapacity(capacity, needed) * EDGE);
    grown.set(this.words);
    this.words = grown;
  }

  /** The card that an edge points at; a card's own edges are `depStart` … `depStart + depCount`. */
  target(edge: number): number {
    return this.words[edge * EDGE + TARGET] as number;
  }

  dependencies(cards: CardTable, card: number): number[] {
    const start = cards.depStart(card);
    return Array.from({ length: cards.depCount(card) }, (_, i) => this.target(start + i));
  }

  /** The first link of a card's dependents, 0: none. Walk with `after` and `dependent`; links are edges + 1. */
  first(cards: CardTable, card: number): number {
    return this.live(cards.firstDependent(card));
  }

  after(link: number): number {
    return this.live(this.words[link * EDGE - EDGE + NEXT] as number);
  }

  dependent(link: number): number {
    return this.words[link * EDGE - EDGE + OWNER] as number;
  }

  dependents(cards: CardTable, card: number): number[] {
    const found: number[] = [];
    for (let link = this.first(cards, card); link !== 0; link = this.after(link)) found.push(this.dependent(link));
    return found;
  }

  /** All edges, for reading. */
  stored(): Uint8Array {
    return new Uint8Array(this.words.buffer, 0, this.count * EDGE * 4);
  }

  load(bytes: Uint8Array): void {
    this.words = new Uint32Array(bytes.slice().buffer);
    this.count = this.words.length / EDGE;
  }

  private live(link: number): number {
    let at = link;
    while (at !== 0 && this.dependent(at) === GONE) at = this.words[at * EDGE - EDGE + NEXT] as number;
    return at;
  }

  private drop(cards: CardTable, card: number): void {
    const start = cards.depStart(card);
    const end = start + cards.depCount(card);
    for (let edge = start; edge < end; edge++) this.words[edge * EDGE + OWNER] = GONE;
  }
}
