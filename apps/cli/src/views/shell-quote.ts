/** A word as a shell takes it: quoted only where it must be. */
export const shellQuote = (word: string): string =>
  /^[A-Za-z0-9_./:@=+-]+$/.test(word) ? word : `'${word.replace(/'/g, `'\\''`)}'`;
