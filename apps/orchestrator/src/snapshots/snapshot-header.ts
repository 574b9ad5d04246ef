import type { Position } from '@squados/contracts';

/** What a snapshot names, so that it is used only on the log it came from. */
export interface SnapshotHeader {
  readonly logId: string;
  readonly position: Position;
  /** Id of the last event of the commit at that position. */
  readonly eventId: string;
  /** Bytes of each piece that follows. */
  readonly pieces: readonly number[];
}

const EIGHT = 8;

/** A line of JSON, filled up with spaces so that what follows lies on a boundary of eight bytes. */
export const headerLine = (header: SnapshotHeader): Buffer => {
  const text = JSON.stringify(header);
  const length = Math.ceil((Buffer.byteLength(text) + 1) / EIGHT) * EIGHT;
  return Buffer.from(`${text.padEnd(text.length + length - 1 - Buffer.byteLength(text))}\n`);
};

/** The header and the pieces behind it; undefined for bytes that are none of ours. */
export const takeApart = (
  bytes: Uint8Array,
): { readonly header: SnapshotHeader; readonly pieces: readonly Uint8Array[] } | undefined => {
  const end = bytes.indexOf(10);
  const header = headerIn(bytes.subarray(0, Math.max(0, end)));
  if (header === undefined) return undefined;
  let at = end + 1;
  const pieces = header.pieces.map((length) => bytes.subarray(at, (at += length)));
  return at === bytes.length ? { header, pieces } : undefined;
};

const headerIn = (line: Uint8Array): SnapshotHeader | undefined => {
  try {
    const value = JSON.parse(new TextDecoder().decode(line)) as Partial<SnapshotHeader>;
    return Array.isArray(value.pieces) ? (value as SnapshotHeader) : undefined;
  } catch {
    return undefined;
  }
};
