/** `1 card`, `2 cards`, `0 dependencies`. */
export const counted = (n: number, noun: string): string => `${n} ${n === 1 ? noun : plural(noun)}`;

const plural = (noun: string): string => (/[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`);
