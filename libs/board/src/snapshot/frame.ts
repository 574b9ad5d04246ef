/**
 * Version of what a snapshot holds and of how events are folded. Raise it with every change to either: older snapshots are
 * then refused and the log is folded from the start, which is always right.
 */
export const FOLD_VERSION = 8;

const MAGIC = 0x31425153; // "SQB1"
const HEAD = 24;

/** Bytes on 8-byte boundaries behind a head of magic, fold version, length and checksum. */
export const frame = (sections: readonly Uint8Array[]): Uint8Array => {
  const total = sections.reduce((sum, section) => sum + 8 + padded(section.length), HEAD);
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  let at = HEAD;
  for (const section of sections) {
    view.setUint32(at, section.length, true);
    bytes.set(section, at + 8);
    at += 8 + padded(section.length);
  }
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, FOLD_VERSION, true);
  view.setFloat64(8, total, true);
  const [a, b] = checksum(bytes);
  view.setUint32(16, a, true);
  view.setUint32(20, b, true);
  return bytes;
};

/** Views of the sections; undefined when the version is another one or a byte is missing, added or changed. */
export const unframe = (bytes: Uint8Array): readonly Uint8Array[] | undefined => {
  if (bytes.length < HEAD || bytes.length % 8 !== 0) return undefined;
  const own = aligned(bytes);
  const view = new DataView(own.buffer, own.byteOffset);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== FOLD_VERSION) return undefined;
  if (view.getFloat64(8, true) !== own.length) return undefined;
  const [a, b] = checksum(own);
  if (view.getUint32(16, true) !== a || view.getUint32(20, true) !== b) return undefined;
  return sectionsOf(own, view);
};

/** On a boundary of eight bytes, where a checksum reads words; as a plain array, whose slices are copies, which those of a Buffer aren't. */
const aligned = (bytes: Uint8Array): Uint8Array =>
  bytes.byteOffset % 8 === 0 ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : new Uint8Array(bytes);

const sectionsOf = (bytes: Uint8Array, view: DataView): Uint8Array[] => {
  const sections: Uint8Array[] = [];
  for (let at = HEAD; at < bytes.length;) {
    const length = view.getUint32(at, true);
    sections.push(bytes.subarray(at + 8, at + 8 + length));
    at += 8 + padded(length);
  }
  return sections;
};

const padded = (length: number): number => (length + 7) & ~7;

/** Odd, so that no bit of a word is lost. */
const FACTORS = [0x01000193, 0x85ebca6b, 0xc2b2ae35, 0x9e3779b1] as const;

/**
 * Two 32-bit words over the bytes behind the head, and their length. Words go to four lanes in turn, which the processor works on side by
 * side; each is turned before it is multiplied, so that its high bits count on. Finds damage, doesn't withstand forgery.
 */
const checksum = (bytes: Uint8Array): readonly [number, number] => {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + HEAD, (bytes.length - HEAD) >> 2);
  const [ka, kb, kc, kd] = FACTORS;
  let [a, b, c, d] = [bytes.length | 0, ka | 0, kb | 0, kc | 0];
  const whole = words.length & ~3;
  // An iterator would take five times as long. An odd pair of words is left at the end.
  for (let i = 0; i < whole; i += 4) {
    a = Math.imul(((a << 5) | (a >>> 27)) ^ (words[i] as number), ka);
    b = Math.imul(((b << 5) | (b >>> 27)) ^ (words[i + 1] as number), kb);
    c = Math.imul(((c << 5) | (c >>> 27)) ^ (words[i + 2] as number), kc);
    d = Math.imul(((d << 5) | (d >>> 27)) ^ (words[i + 3] as number), kd);
  }
  if (whole < words.length) {
    a = Math.imul(((a << 5) | (a >>> 27)) ^ (words[whole] as number), ka);
    b = Math.imul(((b << 5) | (b >>> 27)) ^ (words[whole + 1] as number), kb);
  }
  return [mixed(a, c), mixed(b, d)];
};

/** A lane that differs alone changes the result. */
const mixed = (one: number, other: number): number =>
  (one ^ Math.imul((other << 16) | (other >>> 16), 0x27d4eb2d)) >>> 0;
