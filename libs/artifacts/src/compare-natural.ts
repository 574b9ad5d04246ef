const CHUNKS = /\d+|\D+/g;

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Runs of digits of any length compared by value: leading zeros fall away, then the longer one is the greater one. */
const byNumber = (a: string, b: string): number => {
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  return left.length - right.length || byCodeUnit(left, right);
};

const isDigits = (chunk: string): boolean => /^\d/.test(chunk);

const byChunk = (a: string, b: string): number => (isDigits(a) && isDigits(b) ? byNumber(a, b) : byCodeUnit(a, b));

/**
 * Total order of ids as people read them: `PROD-2` before `PROD-10`. Independent of locale; texts that differ only in leading
 * zeros (`A-1`, `A-01`) are ordered by code unit, so only equal texts compare as 0.
 */
export const compareNatural = (a: string, b: string): number => {
  const left = a.match(CHUNKS) ?? [];
  const right = b.match(CHUNKS) ?? [];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = byChunk(left[i] as string, right[i] as string);
    if (order !== 0) return order;
  }
  return left.length - right.length || byCodeUnit(a, b);
};
