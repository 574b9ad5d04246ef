/** Terminal control sequences and other control characters in outside text become visible or vanish; tabs become spaces. */
export const printable = (text: string): string =>
  text.replace(/\t/g, '  ').replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\uFFFD');

/** The same, line breaks kept. */
export const printableLines = (text: string): readonly string[] => text.split(/\r\n|\r|\n/).map(printable);

/** At most `width` characters, the last an ellipsis when something was cut. */
export const shorten = (text: string, width: number): string => {
  const chars = [...printable(text.replace(/\s+/g, ' ').trim())];
  return chars.length <= width ? chars.join('') : `${chars.slice(0, Math.max(width - 1, 0)).join('')}…`;
};
