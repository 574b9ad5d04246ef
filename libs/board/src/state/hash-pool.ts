import { FLAG, grownCapacity, type CardTable } from './card-table.js';

const DIGEST = 8;
const MANIFEST = 32;
const SLOT = DIGEST + MANIFEST;

/**
 * Packed hashes by card, as far as cards have been enqueued or done: the first 8 bytes of the inputs digest (only ever compared)
 * and 32 bytes of the manifest hash. Text that is not 64 hex digits is kept as it came, in a map.
 */
export class HashPool {
  private bytes = new Uint8Array(0);
  /** Hashes that are no SHA-256 in hex, by card. */
  readonly odd = new Map<number, string>();

  setManifest(cards: CardTable, card: number, hex: string): void {
    const at = this.slot(cards, card) + DIGEST;
    const packed = hex.length === MANIFEST * 2 && writeHex(this.bytes, at, { hex, length: MANIFEST });
    if (!packed) this.odd.set(card, hex);
    else if (this.odd.size > 0) this.odd.delete(card);
  }

  manifest(card: number): string | undefined {
    const odd = this.odd.get(card);
    if (odd !== undefined) return odd;
    const at = card * SLOT + DIGEST;
    return isZero(this.bytes, at, MANIFEST) ? undefined : readHex(this.bytes, at, MANIFEST);
  }

  setDigest(cards: CardTable, card: number, hex: string): void {
    const at = this.slot(cards, card);
    cards.setFlags(card, cards.flags(card) | FLAG.DIGESTED);
    if (hex.length >= DIGEST * 2 && writeHex(this.bytes, at, { hex, length: DIGEST })) return;
    this.bytes.fill(0, at, at + DIGEST);
  }

  /** First 16 hex digits of the digest that its last CardEnqueued recorded; undefined before the first. */
  digest(cards: CardTable, card: number): string | undefined {
    return (cards.flags(card) & FLAG.DIGESTED) === 0 ? undefined : readHex(this.bytes, card * SLOT, DIGEST);
  }

  load(bytes: Uint8Array): void {
    this.bytes = bytes.slice();
  }

  /** Hashes up to the last card that has any. */
  stored(): Uint8Array {
    let end = this.bytes.length;
    while (end > 0 && isZero(this.bytes, end - SLOT, SLOT)) end -= SLOT;
    return this.bytes.subarray(0, end);
  }

  private slot(cards: CardTable, card: number): number {
    const needed = (card + 1) * SLOT;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(Math.min(grownCapacity(this.bytes.length / SLOT, card + 1), cards.capacity) * SLOT);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    return needed - SLOT;
  }
}

/** Value of a hex digit by its character, -1 for any other: hashes are random, so a branch on each digit would miss half the time. */
const DIGITS = new Int8Array(128).fill(-1);
for (const [value, char] of [...'0123456789abcdef'].entries()) DIGITS[char.charCodeAt(0)] = value;

const hexDigit = (code: number): number => (code < 128 ? (DIGITS[code] as number) : -1);

const writeHex = (
  bytes: Uint8Array,
  at: number,
  { hex, length }: { readonly hex: string; readonly length: number },
): boolean => {
  let all = 0;
  for (let i = 0; i < length; i++) {
    const value = (hexDigit(hex.charCodeAt(2 * i)) << 4) | hexDigit(hex.charCodeAt(2 * i + 1));
    all |= value;
    bytes[at + i] = value;
  }
  return all >= 0;
};

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
