export const asciiBytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Whether the text reads so at that place. For a dozen characters the loop is faster than `startsWith`, which isn't inlined. */
export const holds = (text: string, at: number, bytes: Uint8Array): boolean => {
  const { length } = bytes;
  if (at + length > text.length) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(at + i) !== bytes[i]) return false;
  return true;
};
