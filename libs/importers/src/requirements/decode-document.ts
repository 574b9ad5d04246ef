/** 16 MiB: above that a requirements document is something else. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** A warning in both languages; people read it in that of their document. */
export type Warning = Readonly<Record<'en' | 'pt', string>>;

export type Decoded =
  | { readonly kind: 'text'; readonly text: string; readonly warnings: readonly Warning[] }
  | { readonly kind: 'rejected'; readonly code: 'empty' | 'not-text' | 'too-large'; readonly reason: string };

const rejected = (code: 'empty' | 'not-text' | 'too-large', reason: string): Decoded => ({
  kind: 'rejected',
  code,
  reason,
});

const byteOrderMark = (bytes: Uint8Array): { encoding: string; length: number } | undefined => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', length: 2 };
  return undefined;
};

const utf16be = (bytes: Uint8Array): string => {
  const swapped = new Uint8Array(bytes.length - (bytes.length % 2));
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    swapped[i] = bytes[i + 1] ?? 0;
    swapped[i + 1] = bytes[i] ?? 0;
  }
  return new TextDecoder('utf-16le').decode(swapped);
};

const decodeUtf8 = (bytes: Uint8Array): Decoded => {
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), warnings: [] };
  } catch {
    const text = new TextDecoder('windows-1252').decode(bytes);
    return {
      kind: 'text',
      text,
      warnings: [
        {
          en: 'The file is not valid UTF-8; it was read as Windows-1252 (Latin-1). Save it as UTF-8 if letters look wrong.',
          pt: 'O arquivo não é UTF-8 válido; foi lido como Windows-1252 (Latin-1). Salve-o em UTF-8 se houver letras erradas.',
        },
      ],
    };
  }
};

const encodingNote = (name: string): Warning => ({
  en: `The file is ${name}; it was read as such.`,
  pt: `O arquivo está em ${name}; foi lido assim.`,
});

const withMark = (bytes: Uint8Array, mark: { encoding: string; length: number }): Decoded => {
  const rest = bytes.subarray(mark.length);
  if (mark.encoding === 'utf-8') return decodeUtf8(rest);
  const text = mark.encoding === 'utf-16be' ? utf16be(rest) : new TextDecoder('utf-16le').decode(rest);
  return { kind: 'text', text, warnings: [encodingNote(mark.encoding.toUpperCase())] };
};

const isControl = (code: number): boolean =>
  (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) || code === 127;

/** Text has hardly any control characters; binary files are full of them. */
const looksBinary = (text: string): boolean => {
  let controls = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0) return true;
    if (isControl(code)) controls++;
  }
  return controls * 50 > text.length;
};

const checked = (decoded: Decoded): Decoded => {
  if (decoded.kind === 'rejected') return decoded;
  if (decoded.text.trim() === '') return rejected('empty', 'it holds nothing but white space');
  if (looksBinary(decoded.text)) return rejected('not-text', 'it holds binary data, not text');
  return decoded;
};

/** Bytes of a document to text: UTF-8 with or without a mark, UTF-16 with one, Windows-1252 as a last resort with a warning. */
export const decodeDocument = (bytes: Uint8Array): Decoded => {
  if (bytes.length === 0) return rejected('empty', 'it is empty (0 bytes)');
  if (bytes.length > MAX_DOCUMENT_BYTES)
    return rejected(
      'too-large',
      `it has ${String(bytes.length)} bytes; at most ${String(MAX_DOCUMENT_BYTES)} are read`,
    );
  const mark = byteOrderMark(bytes);
  if (mark) return checked(withMark(bytes, mark));
  if (bytes.includes(0))
    return rejected('not-text', 'it holds NUL bytes and no byte order mark, so it is binary or UTF-16 without a mark');
  return checked(decodeUtf8(bytes));
};
