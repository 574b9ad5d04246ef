import { AsciiBuffer } from './ascii.js';
import { FLAG, grownCapacity, type CardTable } from './card-table.js';

const DIGEST = 8;
const MANIFEST = 32;
const SLOT = DIGEST + MANIFEST;
/** Most texts that wait to be packed. */
const MOST_WAITING = 64;

/**
 * Packed hashes by card, as far as cards have been enqueued or done: the first 8 bytes of the inputs digest (only ever compared)
 * and 32 bytes of the manifest hash. Text that is not 64 hex digits is kept as it came, in a map.
 *
 * A few texts wait to be packed together, which is cheaper than one by one; whoever reads packs them first.
 */
export class HashPool {
  private bytes = new Uint8Array(0);
  private view = new DataView(this.bytes.buffer);
  /** Hashes that are no SHA-256 in hex, by card. */
  readonly odd = new Map<number, string>();
  private readonly text = new AsciiBuffer();
  /** Twice the card, +1 for its manifest. */
  private waiting: number[] = [];
  private waitingTexts: string[] = [];

  constructor(private readonly cards: CardTable) {}

  setManifest(card: number, hex: string): void {
    this.wait(2 * card + 1, hex);
  }

  manifest(card: number): string | undefined {
    this.pack();
    const odd = this.odd.get(card);
    if (odd !== undefined) return odd;
    const at = card * SLOT + DIGEST;
    return isZero(this.bytes, at, MANIFEST) ? undefined : readHex(this.bytes, at, MANIFEST);
  }

  setDigest(card: number, hex: string): void {
    this.cards.setFlags(card, this.cards.flags(card) | FLAG.DIGESTED);
    this.wait(2 * card, hex);
  }

  /** First 16 hex digits of the digest that its last CardEnqueued recorded; undefined before the first. */
  digest(card: number): string | undefined {
    this.pack();
    return (this.cards.flags(card) & FLAG.DIGESTED) === 0 ? undefined : readHex(this.bytes, card * SLOT, DIGEST);
  }

  load(bytes: Uint8Array): void {
    this.hold(bytes, bytes.length);
  }

  /** Hashes up to the last card that has any. */
  stored(): Uint8Array {
    this.pack();
    let end = this.bytes.length;
    while (end > 0 && isZero(this.bytes, end - SLOT, SLOT)) end -= SLOT;
    return this.bytes.subarray(0, end);
  }

  private wait(what: number, text: string): void {
    this.waiting.push(what);
    this.waitingTexts.push(text);
    if (this.waiting.length >= MOST_WAITING) this.pack();
  }

  private pack(): void {
    if (this.waiting.length === 0) return;
    const { waiting, waitingTexts: texts } = this;
    this.waiting = [];
    this.waitingTexts = [];
    const areAscii = this.text.write(texts.join(''));
    let from = 0;
    for (const [i, what] of waiting.entries()) {
      const text = texts[i] as string;
      if (!areAscii) from = this.text.write(text) ? 0 : NOWHERE;
      this.packOne(what, text, from);
      from += text.length;
    }
  }

  /** The text stands at `from` in the buffer, unless it isn't ASCII. */
  private packOne(what: number, text: string, from: number): void {
    const card = what >>> 1;
    const at = this.slot(card);
    if ((what & 1) === 1) this.packManifest(card, text, from);
    else if (text.length < 2 * DIGEST || from < 0 || !this.packHex(at, from, DIGEST))
      this.bytes.fill(0, at, at + DIGEST);
  }

  private packManifest(card: number, text: string, from: number): void {
    const isHash = text.length === 2 * MANIFEST && from >= 0 && this.packHex(card * SLOT + DIGEST, from, MANIFEST);
    if (!isHash) this.odd.set(card, text);
    else if (this.odd.size > 0) this.odd.delete(card);
  }

  /** Four digits at a time. False when one is none, or upper case: it would read back otherwise. Then the bytes mean nothing. */
  private packHex(at: number, from: number, length: number): boolean {
    let wrong = 0;
    for (let i = 0; i < length; i += 2) {
      const digits = this.text.view.getInt32(from + 2 * i, true);
      const values = (digits & 0x0f0f0f0f) + 9 * ((digits >>> 6) & 0x01010101);
      const letters = ((values + 0x06060606) >>> 4) & 0x01010101;
      wrong |= (values & 0xf0f0f0f0) | (digits ^ (values + 0x30303030 + 0x27 * letters));
      const pairs = (values << 4) | (values >>> 8);
      this.view.setUint16(at + i, (pairs & 0xff) | ((pairs >>> 8) & 0xff00), true);
    }
    return wrong === 0;
  }

  private slot(card: number): number {
    const needed = (card + 1) * SLOT;
    if (needed > this.bytes.length) {
      const capacity = Math.min(grownCapacity(this.bytes.length / SLOT, card + 1), this.cards.capacity);
      this.hold(this.bytes, capacity * SLOT);
    }
    return needed - SLOT;
  }

  private hold(bytes: Uint8Array, capacity: number): void {
    this.bytes = new Uint8Array(capacity);
    this.bytes.set(bytes);
    this.view = new DataView(this.bytes.buffer);
  }
}

const NOWHERE = -1;

const readHex = (bytes: Uint8Array, at: number, length: number): string => {
  let hex = '';
  for (let i = at; i < at + length; i++) hex += (bytes[i] ?? 0).toString(16).padStart(2, '0');
  return hex;
};

const isZero = (bytes: Uint8Array, at: number, length: number): boolean => {
  const end = Math.min(at + length, bytes.length);
  for (let i = at; i < end; i++) if (bytes[i] !== 0) return false;
  return true;
};
