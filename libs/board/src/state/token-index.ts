import { grownCapacity } from './card-table.js';

const DOT = 46;

/**
 * Card ids as encoded lane tokens: one run of ASCII bytes and an open-addressing index over them, so that a commit's lane is
 * looked up without cutting or decoding a string. Tokens are ASCII by construction (`encodeToken`).
 */
export class TokenIndex {
  bytes = new Uint8Array(0);
  used = 0;
  /** starts[i] … starts[i + 1] is the token of card i. */
  starts = new Uint32Array(64);
  count = 0;
  private table = new Uint32Array(128);

  constructor(private readonly projectOf: (card: number) => number) {}

  /** Where the token that `find` read last ended in its text. */
  end = 0;

  /** Card of this project whose token is the text from `from` to the next dot or the end; -1 when there is none. */
  find(project: number, text: string, from = 0): number {
    const mask = this.table.length - 1;
    let at = this.hashText(project, text, from) & mask;
    for (;;) {
      const card = (this.table[at] as number) - 1;
      if (card < 0) return -1;
      if (this.equals(card, text, from) && this.projectOf(card) === project) return card;
      at = (at + 1) & mask;
    }
  }

  /** Adds the token of card `count`; the card's project must be known to `projectOf` already. */
  add(project: number, token: string): void {
    this.reserve(1, token.length);
    for (let i = 0; i < token.length; i++) this.bytes[this.used + i] = token.charCodeAt(i);
    this.used += token.length;
    this.count++;
    this.starts[this.count] = this.used;
    this.place(this.count - 1, this.hashText(project, token, 0));
  }

  token(card: number): string {
    const to = this.starts[card + 1] as number;
    let text = '';
    for (let i = this.starts[card] as number; i < to; i++) text += String.fromCharCode(this.bytes[i] as number);
    return text;
  }

  /** Room for cards and bytes to come. */
  reserve(cards: number, bytes: number): void {
    if (this.used + bytes > this.bytes.length) this.bytes = resized(this.bytes, this.used + bytes);
    if (this.count + cards + 1 > this.starts.length) {
      const grown = new Uint32Array(grownCapacity(this.starts.length, this.count + cards + 1));
      grown.set(this.starts);
      this.starts = grown;
    }
    if ((this.count + cards) * 4 > this.table.length * 3) this.rehash(this.count + cards);
  }

  /** Takes over stored tokens (restore) and builds the index. */
  load(bytes: Uint8Array, starts: Uint32Array, count: number): void {
    this.bytes = bytes.slice();
    this.used = bytes.length;
    this.starts = starts.slice();
    this.count = count;
    this.rehash(count);
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

  private equals(card: number, text: string, from: number): boolean {
    const start = this.starts[card] as number;
    if ((this.starts[card + 1] as number) - start !== this.end - from) return false;
    for (let i = from, j = start; i < this.end; i++, j++) if (this.bytes[j] !== text.charCodeAt(i)) return false;
    return true;
  }

  private hashText(project: number, text: string, from: number): number {
    let hash = seed(project);
    let i = from;
    for (
      let code = i < text.length ? text.charCodeAt(i) : DOT;
      code !== DOT;
      code = i < text.length ? text.charCodeAt(i) : DOT
    ) {
      hash = Math.imul(hash ^ code, 16777619);
      i++;
    }
    this.end = i;
    return mix(hash);
  }

  private hashStored(card: number): number {
    let hash = seed(this.projectOf(card));
    const to = this.starts[card + 1] as number;
    for (let i = this.starts[card] as number; i < to; i++) hash = Math.imul(hash ^ (this.bytes[i] as number), 16777619);
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
