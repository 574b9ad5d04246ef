import { grownCapacity, type CardTable } from './card-table.js';

const DOT = 46;

/**
 * Card ids as encoded lane tokens: one run of ASCII bytes and an open-addressing index over them, so that a commit's lane is
 * looked up without cutting or decoding a string. Tokens are ASCII by construction (`encodeToken`).
 */
export class TokenIndex {
  private bytes = new Uint8Array(0);
  private used = 0;
  private count = 0;
  private table = new Uint32Array(128);

  constructor(private readonly cards: CardTable) {}

  /** Where the token that `find` read last ended in its text. */
  end = 0;

  /** Card of this project whose token is the text from `from` to the next dot or the end; -1 when there is none. */
  find(project: number, text: string, from = 0): number {
    const mask = this.table.length - 1;
    let at = this.hashText(project, text, from) & mask;
    for (;;) {
      const card = (this.table[at] as number) - 1;
      if (card < 0) return -1;
      if (this.cards.project(card) === project && this.equals(card, text, from)) return card;
      at = (at + 1) & mask;
    }
  }

  /** Adds the token of the next card; its record must be there already. */
  add(project: number, token: string): void {
    this.reserve(1, token.length);
    const card = this.count++;
    this.cards.setTokenStart(card, this.used);
    for (let i = 0; i < token.length; i++) this.bytes[this.used + i] = token.charCodeAt(i);
    this.used += token.length;
    this.place(card, this.hashText(project, token, 0));
  }

  token(card: number): string {
    const to = this.endOf(card);
    let text = '';
    for (let i = this.cards.tokenStart(card); i < to; i++) text += String.fromCharCode(this.bytes[i] as number);
    return text;
  }

  /** Room for cards and bytes to come. */
  reserve(cards: number, bytes: number): void {
    if (this.used + bytes > this.bytes.length) this.bytes = resized(this.bytes, this.used + bytes);
    if ((this.count + cards) * 4 > this.table.length * 3) this.rehash(this.count + cards);
  }

  /** The tokens of all cards, for reading. */
  stored(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  /** Takes over stored tokens of the cards that the table holds (restore) and builds the index. */
  load(bytes: Uint8Array): void {
    this.bytes = bytes.slice();
    this.used = bytes.length;
    this.count = this.cards.count;
    this.rehash(this.count);
  }

  private endOf(card: number): number {
    return card + 1 < this.count ? this.cards.tokenStart(card + 1) : this.used;
  }

  private rehash(cards: number): void {
    let size = 128;
    while (cards * 4 > size * 3) size *= 2;
    this.table = new Uint32Array(size);
    for (let card = 0; card < this.count; card++) this.place(card, this.hashStored(card));
  }

  private place(card: number, hash: number): void {
    const mask = this.table.length - 1;
    let at = hash & mask;
    while (this.table[at] !== 0) at = (at + 1) & mask;
    this.table[at] = card + 1;
  }

  /** Backwards, because ids that begin alike are the rule. */
  private equals(card: number, text: string, from: number): boolean {
    const { bytes, end } = this;
    const start = this.cards.tokenStart(card);
    if (this.endOf(card) - start !== end - from) return false;
    for (let i = end - from - 1; i >= 0; i--) if (bytes[start + i] !== text.charCodeAt(from + i)) return false;
    return true;
  }

  private hashText(project: number, text: string, from: number): number {
    const { length } = text;
    let hash = seed(project);
    let i = from;
    for (; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === DOT) break;
      hash = Math.imul(hash ^ code, 16777619);
    }
    this.end = i;
    return mix(hash);
  }

  private hashStored(card: number): number {
    let hash = seed(this.cards.project(card));
    const to = this.endOf(card);
    for (let i = this.cards.tokenStart(card); i < to; i++) hash = Math.imul(hash ^ (this.bytes[i] as number), 16777619);
    return mix(hash);
  }
}

const seed = (project: number): number => Math.imul(project + 1, -1640531527) ^ -2128831035;
const mix = (hash: number): number => (hash ^ (hash >>> 15)) >>> 0;

const resized = (from: Uint8Array, needed: number): Uint8Array<ArrayBuffer> => {
  const to = new Uint8Array(grownCapacity(from.length, needed));
  to.set(from);
  return to;
};
