/**
 * Version of what a snapshot holds and of how events are folded. Raise it with every change to either: older snapshots are
 * then refused and the log is folded from the start, which is always right.
 */
export const FOLD_VERSION = 7;

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

/** The sections again, copied out; undefined when the version is another one or a byte is missing, added or changed. */
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

/** On a boundary of eight bytes, where a checksum reads words; as an array whose slices are copies, which those of a Buffer aren't. */
const aligned = (bytes: Uint8Array): Uint8Array =>
  bytes.byteOffset % 8 === 0 ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : new Uint8Array(bytes);

const sectionsOf = (bytes: Uint8Array, view: DataView): Uint8Array[] => {
  const sections: Uint8Array[] = [];
  for (let at = HEAD; at < bytes.length;) {
    const length = view.getUint32(at, true);
    sections.push(bytes.slice(at + 8, at + 8 + length));
    at += 8 + padded(length);
  }
  return sections;
};

const padded = (length: number): number => (length + 7) & ~7;

/** Two independent 32-bit lanes over the words behind the head and the length; finds damage, doesn't withstand forgery. */
const checksum = (bytes: Uint8Array): readonly [number, number] => {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + HEAD, (bytes.length - HEAD) >> 2);
  let a = bytes.length | 1;
  let b = 0x9e3779b9;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as number; // an iterator would take five times as long
    a = Math.imul(a ^ word, 0x01000193);
    a ^= a >>> 13;
    b = Math.imul(b + word, 0x85ebca6b);
    b ^= b >>> 16;
  }
  return [a >>> 0, b >>> 0];
};
