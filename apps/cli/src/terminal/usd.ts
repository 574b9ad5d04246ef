import { NANO_USD } from '@squados/contracts';

const CENTS = 2;
const FINE = 4;

/** Billionths of a US dollar as people read money: two digits from a dollar on, four below. */
export const usd = (nanoUsd: number): string => {
  const dollars = nanoUsd / NANO_USD;
  return `$${dollars.toFixed(dollars >= 1 || dollars === 0 ? CENTS : FINE)}`;
};
