/** The text at a place of a list or a match; empty where there is none. */
export const textAt = (list: ArrayLike<string | undefined> | null | undefined, place: number): string =>
  list?.[place] ?? '';
