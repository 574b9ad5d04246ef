import type { Place, ProblemCode } from './problem.js';

/** Above that a backlog is something else; half of it would already be a hundred thousand cards. */
export const MAX_BACKLOG_BYTES = 64 * 1024 * 1024;

/** What is wrong with a file as a whole; `offset` is a place in its text. */
export interface Fault {
  readonly code: ProblemCode;
  readonly offset?: number;
  readonly message: string;
  readonly remedy: string;
}

export type Decoded =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'fault'; readonly fault: Fault };

const fault = (code: ProblemCode, message: string, remedy: string): Decoded => ({
  kind: 'fault',
  fault: { code, message, remedy },
});

export const tooLarge = (bytes: number): Fault => ({
  code: 'too-large',
  message: `the file has ${Math.ceil(bytes / 1024 / 1024)} MB; at most ${MAX_BACKLOG_BYTES / 1024 / 1024} MB are read`,
  remedy: 'Check that it is the right file, or split it into several backlogs',
});

/** Place of the first byte that is no UTF-8, given that there is one. A replacement character that really stands there is skipped. */
const firstBadByte = (bytes: Uint8Array): number => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const encoder = new TextEncoder();
  let offset = 0;
  let from = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', from)) {
    offset += encoder.encode(text.slice(from, at)).length;
    const genuine = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd;
    if (!genuine) return offset;
    offset += 3;
    from = at + 1;
  }
  return offset;
};

const utf8 = (bytes: Uint8Array, skipped: number): Decoded => {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const offset = skipped + firstBadByte(bytes);
    return fault(
      'not-text',
      `the byte at offset ${offset} is not valid UTF-8`,
      'Save the file as UTF-8 (Latin-1 and Windows-1252 are not read)',
    );
  }
};

const utf16 = (bytes: Uint8Array, bigEndian: boolean): Decoded => {
  if (bytes.length % 2 === 1)
    return fault('not-text', `the file is UTF-16 and ends in the middle of a character`, 'Save it again as UTF-8');
  const little = bigEndian ? bytes.map((_, i) => bytes[i ^ 1] ?? 0) : bytes;
  return { kind: 'text', text: new TextDecoder('utf-16le').decode(little) };
};

const beginsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, i) => bytes[i] === byte);

const decodeMarked = (bytes: Uint8Array): Decoded => {
  if (beginsWith(bytes, 0xef, 0xbb, 0xbf)) return utf8(bytes.subarray(3), 3);
  if (beginsWith(bytes, 0xff, 0xfe)) return utf16(bytes.subarray(2), false);
  if (beginsWith(bytes, 0xfe, 0xff)) return utf16(bytes.subarray(2), true);
  if (bytes.subarray(0, 64).includes(0))
    return fault('not-text', 'the file holds NUL bytes: it is binary, or UTF-16 without its mark', 'Save it as UTF-8');
  return utf8(bytes, 0);
};

/** Bytes to text: UTF-8 with or without its mark, UTF-16 (either order) with its mark. */
export const decodeBacklog = (bytes: Uint8Array): Decoded => {
  if (bytes.length > MAX_BACKLOG_BYTES) return { kind: 'fault', fault: tooLarge(bytes.length) };
  if (bytes.length === 0) return fault('empty', 'the file is empty (0 bytes)', 'Restore it, or write {"cards": []}');
  const decoded = decodeMarked(bytes);
  if (decoded.kind === 'text' && decoded.text.trim() === '')
    return fault('empty', 'the file holds nothing but white space', 'Restore it, or write {"cards": []}');
  return decoded;
};

/** Line and column of an offset, both from 1. */
export const placeOf = (text: string, offset: number): Place => {
  const before = text.slice(0, offset);
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
};

/** Places of rising offsets, in one pass over the text. */
export const placesOf = (text: string, offsets: readonly number[]): readonly Place[] => {
  let line = 1;
  let lineStart = 0;
  let next = text.indexOf('\n');
  return offsets.map((offset) => {
    while (next >= 0 && next < offset) {
      line++;
      lineStart = next + 1;
      next = text.indexOf('\n', lineStart);
    }
    return { line, column: offset - lineStart + 1 };
  });
};

/** The text around an offset, on one line, the place marked with »«. */
export const excerptOf = (text: string, offset: number): string => {
  const start = Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - 40);
  const newline = text.indexOf('\n', offset);
  const end = Math.min(newline < 0 ? text.length : newline, offset + 30);
  const clean = (part: string): string => part.replace(/\p{Cc}/gu, ' ');
  return `${clean(text.slice(start, offset))}»${clean(text.slice(offset, offset + 1))}«${clean(text.slice(offset + 1, end))}`.trim();
};
