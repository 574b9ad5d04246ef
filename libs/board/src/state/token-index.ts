import { hashAt, tailMask, type AsciiBuffer } from './ascii.js';
import { grownCapacity, LONG_TOKEN, type CardTable } from './card-table.js';
import type { TokenQueries, TokenQuery } from './token-queries.js';

type TokenAt = Omit<TokenQuery, 'tag'>;

/** Words are read up to 3 bytes beyond the last token. */
const SPARE = 4;
const SMALLEST = 128;

/**
 * Card ids as encoded lane tokens: one run of ASCII bytes and an open-addressing index over them, so that a commit's lane is
 * looked up without cutting or decoding a string. Tokens are ASCII by construction (`encodeToken`).
 *
 * A slot holds card + 1 in as many bits as number the slots, and above them those bits of the token's hash: cards whose
 * hashes differ there aren't touched. 0: free.
 */
export class TokenIndex {
  private bytes = new Uint8Array(SPARE);
  private view = new DataView(this.bytes.buffer);
  private used = 0;
  private count = 0;
  private table = new Int32Array(SMALLEST);

  constructor(
    private readonly cards: CardTable,
    private readonly text: AsciiBuffer,
  ) {}

  /** Card of this project whose token stands there in the text buffer; -1 when there is none. */
  private find({ project, from, length }: TokenAt, hash: number): number {
    const mask = this.table.length - 1;
    let at = hash & mask;
    for (;;) {
      const slot = this.table[at] as number;
      if (slot === 0) return -1;
      const card = (slot & mask) - 1;
      if (((slot ^ hash) & ~mask) === 0 && this.isOf(project, card) && this.equals(card, from, length)) return card;
      at = (at + 1) & mask;
    }
  }

  /** Card of this project with this token; -1 when there is none. Overwrites the text buffer. */
  findToken(project: number, token: string): number {
    if (!this.text.write(token)) return -1;
    const { length } = token;
    return this.find({ project, from: 0, length }, hashOf(project, hashAt(this.text.view, 0, length)));
  }

  /** Finds the cards of the first queries, in passes: reads of memory that don't wait for each other go side by side. */
  findAll(queries: TokenQueries, count: number): void {
    const { project, from, length, hash, found } = queries;
    const { view } = this.text;
    for (let i = 0; i < count; i++)
      hash[i] = hashOf(project[i] as number, hashAt(view, from[i] as number, length[i] as number));
    const mask = this.table.length - 1;
    for (let i = 0; i < count; i++) found[i] = this.table[(hash[i] as number) & mask] as number;
    for (let i = 0; i < count; i++) found[i] = this.cards.project(Math.max(0, ((found[i] as number) & mask) - 1));
    for (let i = 0; i < count; i++) found[i] = this.answer(queries, i);
  }

  private answer({ project, from, length, hash }: TokenQueries, i: number): number {
    if (length[i] === 0) return -1;
    const at = { project: project[i] as number, from: from[i] as number, length: length[i] as number };
    return this.find(at, hash[i] as number);
  }

  /** Adds the token of the next card; its record must be there already. */
  add(project: number, token: string): void {
    this.reserve(1, token.length);
    const card = this.count++;
    const start = this.used;
    for (let i = 0; i < token.length; i++) this.bytes[start + i] = token.charCodeAt(i);
    this.used += token.length;
    this.cards.setToken(card, start, token.length);
    this.place(card, hashOf(project, hashAt(this.view, start, token.length)));
  }

  token(card: number): string {
    const start = this.cards.tokenStart(card);
    const end = start + this.lengthOf(card);
    let text = '';
    for (let i = start; i < end; i++) text += String.fromCharCode(this.bytes[i] as number);
    return text;
  }

  /** Room for cards and bytes to come. */
  reserve(cards: number, bytes: number): void {
    const needed = this.used + bytes + SPARE;
    if (needed > this.bytes.length) this.hold(this.bytes, grownCapacity(this.bytes.length, needed));
    if ((this.count + cards) * 4 > this.table.length * 3) this.rehash(this.count + cards);
  }

  /** The tokens of all cards, for reading. */
  stored(): Uint8Array {
    return this.bytes.subarray(0, this.used);
  }

  /** Takes over stored tokens of the cards that the table holds (restore) and builds the index. */
  load(bytes: Uint8Array): void {
    this.hold(bytes, bytes.length + SPARE);
    this.used = bytes.length;
    this.count = this.cards.count;
    this.rehash(this.count);
  }

  private hold(bytes: Uint8Array, capacity: number): void {
    this.bytes = new Uint8Array(capacity);
    this.bytes.set(bytes);
    this.view = new DataView(this.bytes.buffer);
  }

  private lengthOf(card: number): number {
    const length = this.cards.tokenLength(card);
    if (length < LONG_TOKEN) return length;
    const end = card + 1 < this.count ? this.cards.tokenStart(card + 1) : this.used;
    return end - this.cards.tokenStart(card);
  }

  private rehash(cards: number): void {
    let size = SMALLEST;
    while (cards * 4 > size * 3) size *= 2;
    this.table = new Int32Array(size);
    for (let card = 0; card < this.count; card++)
      this.place(
        card,
        hashOf(this.cards.project(card), hashAt(this.view, this.cards.tokenStart(card), this.lengthOf(card))),
      );
  }

  private place(card: number, hash: number): void {
    const mask = this.table.length - 1;
    let at = hash & mask;
    while (this.table[at] !== 0) at = (at + 1) & mask;
    this.table[at] = (hash & ~mask) | (card + 1);
  }

  private isOf(project: number, card: number): boolean {
    return this.cards.project(card) === project;
  }

  private equals(card: number, from: number, length: number): boolean {
    if (this.lengthOf(card) !== length) return false;
    const start = this.cards.tokenStart(card);
    const text = this.text.view;
    const whole = length & ~3;
    for (let i = 0; i < whole; i += 4)
      if (text.getInt32(from + i, true) !== this.view.getInt32(start + i, true)) return false;
    const rest = text.getInt32(from + whole, true) ^ this.view.getInt32(start + whole, true);
    return (rest & tailMask(length)) === 0;
  }
}

const hashOf = (project: number, hash: number): number => {
  const mixed = Math.imul(hash ^ Math.imul(project + 1, -1640531527), -2048144789);
  const more = Math.imul(mixed ^ (mixed >>> 13), -1028477387);
  return more ^ (more >>> 16);
};
