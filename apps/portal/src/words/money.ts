const NANO_USD = 1_000_000_000;
const CENTS = 2;
const FINE = 4;

/** Billionths of a US dollar as people read money. */
export const money = (nanoUsd: string | number | undefined): string => {
  const dollars = Number(nanoUsd ?? 0) / NANO_USD;
  return `$${dollars.toFixed(dollars >= 1 || dollars === 0 ? CENTS : FINE)}`;
};
