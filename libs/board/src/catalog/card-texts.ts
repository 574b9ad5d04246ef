import type { CardId } from '@squados/contracts';
import { CardText, type StoredText } from './card-text.js';

/** Texts of cards as a snapshot holds them: one JSON after the other; `ends` says where each is over. */
export interface TextBlock {
  readonly ids: readonly CardId[];
  readonly ends: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Where a text lies that nobody has asked for since the snapshot was read. */
interface Lying {
  readonly block: TextBlock;
  readonly first: number;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * The cards of a project in the order in which they were added. What came from a snapshot is made out of its bytes when it is asked for,
 * and goes into the next snapshot as the same bytes when it never was.
 */
export class CardTexts implements ReadonlyMap<CardId, CardText> {
  /** A number: the place among the stored ones. */
  private readonly all = new Map<CardId, CardText | number>();
  private readonly lying: Lying[] = [];
  private stored = 0;

  get size(): number {
    return this.all.size;
  }

  has(id: CardId): boolean {
    return this.all.has(id);
  }

  get(id: CardId): CardText | undefined {
    const found = this.all.get(id);
    if (typeof found !== 'number') return found;
    const text = cardOf(this.bytesAt(found));
    this.all.set(id, text);
    return text;
  }

  set(id: CardId, text: CardText): void {
    this.all.set(id, text);
  }

  keys(): MapIterator<CardId> {
    return this.all.keys();
  }

  *values(): MapIterator<CardText> {
    for (const [, text] of this) yield text;
  }

  *entries(): MapIterator<[CardId, CardText]> {
    for (const id of this.all.keys()) yield [id, this.get(id) as CardText];
  }

  [Symbol.iterator](): MapIterator<[CardId, CardText]> {
    return this.entries();
  }

  forEach(each: (text: CardText, id: CardId, all: ReadonlyMap<CardId, CardText>) => void): void {
    for (const [id, text] of this) each(text, id, this);
  }

  /** Takes over what a snapshot holds, without looking at the texts. */
  adopt(block: TextBlock): void {
    this.lying.push({ block, first: this.stored });
    for (const id of block.ids) this.all.set(id, this.stored++);
  }

  /** The texts in their order, `most` to a block. */
  *blocks(most: number): Generator<TextBlock> {
    let writer = new BlockWriter();
    for (const [id, text] of this.all) {
      if (typeof text === 'number') writer.bytes(id, this.bytesAt(text));
      else writer.text(id, JSON.stringify(storedOf(text)));
      if (writer.ids.length < most) continue;
      yield writer.block();
      writer = new BlockWriter(writer.capacity);
    }
    if (writer.ids.length > 0) yield writer.block();
  }

  private bytesAt(place: number): Uint8Array {
    const { block, first } = this.lying.findLast((lying) => lying.first <= place) as Lying;
    const at = place - first;
    return block.bytes.subarray(at === 0 ? 0 : block.ends[at - 1], block.ends[at]);
  }
}

/** Texts one behind the other in one run of bytes: an array for each would cost more than its text. */
class BlockWriter {
  readonly ids: CardId[] = [];
  private readonly ends: number[] = [];
  private run: Uint8Array;
  private end = 0;

  /** Blocks are about as large as the one before. */
  constructor(capacity = 256 * 1024) {
    this.run = new Uint8Array(capacity);
  }

  get capacity(): number {
    return this.run.length;
  }

  bytes(id: CardId, bytes: Uint8Array): void {
    while (this.end + bytes.length > this.run.length) this.grow();
    this.run.set(bytes, this.end);
    this.add(id, bytes.length);
  }

  text(id: CardId, text: string): void {
    for (;;) {
      const { read, written } = encoder.encodeInto(text, this.run.subarray(this.end));
      if (read === text.length) return this.add(id, written);
      this.grow();
    }
  }

  block(): TextBlock {
    return { ids: this.ids, ends: Uint32Array.from(this.ends), bytes: this.run.subarray(0, this.end) };
  }

  private add(id: CardId, length: number): void {
    this.end += length;
    this.ids.push(id);
    this.ends.push(this.end);
  }

  private grow(): void {
    const larger = new Uint8Array(2 * this.run.length);
    larger.set(this.run);
    this.run = larger;
  }
}

const storedOf = ({ spec, addedBy, revision, attempts, decisions, isDone }: CardText): StoredText => ({
  ...{ spec, addedBy, revision, attempts, decisions, isDone },
});

const cardOf = (bytes: Uint8Array): CardText => {
  const { spec, addedBy, revision, attempts, decisions, isDone } = JSON.parse(decoder.decode(bytes)) as StoredText;
  const text = new CardText(spec, addedBy);
  text.revision = revision;
  text.isDone = isDone;
  text.attempts.push(...attempts);
  text.decisions.push(...decisions);
  return text;
};
