/** Cards of a chunk, as a power of two, and its words of 32 cards; one more word counts the members. */
const CHUNK = 10;
const WORDS = 32;
const COUNT = WORDS;

/**
 * A set of cards, read in rising order. One bit a card, in chunks that exist only while they hold any: adding and deleting cost the
 * search for the chunk and a bit, memory follows the chunks in use.
 */
export class CardSet {
  /** Numbers of the chunks in use, rising, and the chunks beside them. */
  private readonly numbers: number[] = [];
  private readonly chunks: Uint32Array[] = [];
  /** Where the last chunk was found: neighbours come in runs. */
  private last = 0;
  /** The last chunk that became empty, for the next one that is needed. */
  private spare: Uint32Array | undefined;

  add(card: number): void {
    const at = this.placeOf(card >>> CHUNK);
    if (this.numbers[at] !== card >>> CHUNK) this.open(at, card >>> CHUNK);
    this.setBit(this.chunks[at] as Uint32Array, card, true);
  }

  delete(card: number): void {
    const at = this.placeOf(card >>> CHUNK);
    if (this.numbers[at] !== card >>> CHUNK) return;
    const chunk = this.chunks[at] as Uint32Array;
    this.setBit(chunk, card, false);
    if (chunk[COUNT] === 0) this.close(at, chunk);
  }

  /** Reads only as far as it is asked; the set must not change meanwhile. */
  *[Symbol.iterator](): Generator<number> {
    for (const [at, chunk] of this.chunks.entries())
      for (let word = 0; word < WORDS; word++) {
        const base = ((this.numbers[at] as number) << CHUNK) + 32 * word;
        for (let bits = chunk[word] as number; bits !== 0; bits &= bits - 1) yield base + 31 - Math.clz32(bits & -bits);
      }
  }

  /** Where this chunk is or belongs. */
  private placeOf(number: number): number {
    const { numbers } = this;
    if (numbers[this.last] === number) return this.last;
    let from = 0;
    let to = numbers.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if ((numbers[middle] as number) < number) from = middle + 1;
      else to = middle;
    }
    this.last = from;
    return from;
  }

  private open(at: number, number: number): void {
    this.numbers.splice(at, 0, number);
    this.chunks.splice(at, 0, this.spare ?? new Uint32Array(WORDS + 1));
    this.spare = undefined;
  }

  private close(at: number, chunk: Uint32Array): void {
    this.numbers.splice(at, 1);
    this.chunks.splice(at, 1);
    this.spare = chunk;
  }

  private setBit(chunk: Uint32Array, card: number, on: boolean): void {
    const word = (card >>> 5) & (WORDS - 1);
    const bit = 1 << (card & 31);
    const before = chunk[word] as number;
    if (((before & bit) !== 0) === on) return;
    chunk[word] = before ^ bit;
    chunk[COUNT] = (chunk[COUNT] as number) + (on ? 1 : -1);
  }
}
