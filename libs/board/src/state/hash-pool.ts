import { grownCapacity, type CardTable } from './card-table.js';

const DIGEST = 8;
const MANIFEST = 32;
const SLOT = DIGEST + MANIFEST;

/**
 * Packed hashes of the cards that have been enqueued or done: 32 bytes of the manifest hash, and the first 8 of the inputs
 * digest (only ever compared). Text that is not 64 hex digits is kept as it came, in a map.
 */
export class HashPool {
  bytes = new Uint8Array(0);
  count = 0;
  /** Hashes that are no SHA-256 in hex, by card. */
  readonly odd = new Map<number, string>();

  setManifest(cards: CardTable, card: number, hex: string): void {
    const at = this.slot(cards, card) + DIGEST;
    const packed = hex.length === MANIFEST * 2 && writeHex(this.bytes, at, { hex, length: MANIFEST });
    if (!packed) this.odd.set(card, hex);
    else if (this.odd.size > 0) this.odd.delete(card);
  }

  manifest(cards: CardTable, card: number): string | undefined {
    const slot = cards.hashSlot[card] as number;
    if (slot === 0) return undefined;
    const odd = this.odd.get(card);
    if (odd !== undefined) return odd;
    const at = (slot - 1) * SLOT + DIGEST;
    return isZero(this.bytes, at, MANIFEST) ? undefined : readHex(this.bytes, at, MANIFEST);
  }

  setDigest(cards: CardTable, card: number, hex: string): void {
    const at = this.slot(cards, card);
    if (hex.length >= DIGEST * 2 && writeHex(this.bytes, at, { hex, length: DIGEST })) return;
    this.bytes.fill(0, at, at + DIGEST);
  }

  /** First 16 hex digits of the digest that its last CardEnqueued recorded; undefined before the first. */
  digest(cards: CardTable, card: number): string | undefined {
    const slot = cards.hashSlot[card] as number;
    return slot === 0 ? undefined : readHex(this.bytes, (slot - 1) * SLOT, DIGEST);
  }

  load(bytes: Uint8Array): void {
    this.bytes = bytes.slice();
    this.count = bytes.length / SLOT;
  }

  stored(): Uint8Array {
    return this.bytes.subarray(0, this.count * SLOT);
  }

  private slot(cards: CardTable, card: number): number {
    const slot = cards.hashSlot[card] as number;
    if (slot !== 0) return (slot - 1) * SLOT;
    const needed = (this.count + 1) * SLOT;
    if (needed > this.bytes.length) {
      const grown = new Uint8Array(grownCapacity(this.bytes.length, needed));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    cards.hashSlot[card] = ++this.count;
    return (this.count - 1) * SLOT;
  }
}

const hexDigit = (code: number): number => {
  if (code >= 48 && code <= 57) return code - 48;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
};

const writeHex = (
  bytes: Uint8Array,
  at: number,
  { hex, length }: { readonly hex: string; readonly length: number },
): boolean => {
  for (let i = 0; i < 2 * length; i += 2) {
    const value = (hexDigit(hex.charCodeAt(i)) << 4) | hexDigit(hex.charCodeAt(i + 1));
    if (value < 0) return false;
    bytes[at + (i >> 1)] = value;
  }
  return true;
};

const readHex = (bytes: Uint8Array, at: number, length: number): string => {
  let hex = '';
  for (let i = at; i < at + length; i++) hex += (bytes[i] as number).toString(16).padStart(2, '0');
  return hex;
};

const isZero = (bytes: Uint8Array, at: number, length: number): boolean => {
  for (let i = at; i < at + length; i++) if (bytes[i] !== 0) return false;
  return true;
};
