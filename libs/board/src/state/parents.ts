import { grownCapacity } from './card-table.js';

/** Parents of parents that are looked at: rings in what people import end there. */
const MOST_STEPS = 64;

/** Of which card a card is a part: 4 bytes a card, from the first one on that has a parent. */
export class Parents {
  /** Up to the last card that was given one. */
  private count = 0;
  /** Parent + 1, 0: none. */
  private words = new Uint32Array(0);

  /** `parent` below 0: it is not known here. */
  set(card: number, parent: number): void {
    if (parent < 0 && card >= this.count) return;
    if (card >= this.words.length) {
      const grown = new Uint32Array(grownCapacity(this.words.length, card + 1));
      grown.set(this.words);
      this.words = grown;
    }
    this.words[card] = parent + 1;
    this.count = Math.max(this.count, card + 1);
  }

  /** Whether a card is another one, or a part of it, of a part of it, … */
  isWithin(card: number, ancestor: number): boolean {
    let at = card;
    for (let step = 0; at >= 0 && step < MOST_STEPS; step++) {
      if (at === ancestor) return true;
      at = (this.words[at] ?? 0) - 1;
    }
    return false;
  }

  /** For reading. */
  stored(): Uint8Array {
    return new Uint8Array(this.words.buffer, 0, this.count * 4);
  }

  load(bytes: Uint8Array): void {
    this.words = new Uint32Array(bytes.slice().buffer);
    this.count = this.words.length;
  }
}
