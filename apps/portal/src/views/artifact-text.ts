export type ArtifactText =
  { readonly kind: 'text'; readonly text: string; readonly isCut: boolean } | { readonly kind: 'binary' };

const MOST = 300_000;
/** Whatever turns the reading direction or can't be seen is shown, not obeyed. */
const UNSEEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;

const shown = (char: string): string => `\\u{${char.charCodeAt(0).toString(16)}}`;

/** Bytes as a text for a page: valid UTF-8 without NUL, at most 300,000 characters of it. */
export const textOf = (bytes: ArrayBuffer): ArtifactText => {
  const text = decoded(bytes);
  if (text === undefined || text.includes('\0')) return { kind: 'binary' };
  return { kind: 'text', text: text.slice(0, MOST).replace(UNSEEN, shown), isCut: text.length > MOST };
};

const decoded = (bytes: ArrayBuffer): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};
