/** Letters and digits of outside text, as ASCII words. */
export const wordsOf = (text: string): readonly string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .match(/[A-Za-z0-9]+/g) ?? [];

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const MAX = 48;
const startingWithLetter = (text: string, prefix: string): string =>
  /^[A-Za-z]/.test(text) ? text : `${prefix}${text}`;

export const pascal = (text: string): string =>
  startingWithLetter(wordsOf(text).map(capital).join('').slice(0, MAX), 'R');
export const snake = (text: string): string =>
  startingWithLetter(wordsOf(text).join('_').toLowerCase().slice(0, MAX).replace(/_+$/, ''), 'r_');
export const kebab = (text: string): string =>
  startingWithLetter(wordsOf(text).join('-').toLowerCase().slice(0, MAX).replace(/-+$/, ''), 'r-');
export const humanised = (text: string): string => capital(wordsOf(text).join(' ').toLowerCase());

/** Same words, whatever their case and signs: `pet_id`, `petId`. */
export const sameName = (a: string, b: string): boolean =>
  wordsOf(a).join('').toLowerCase() === wordsOf(b).join('').toLowerCase();

/** Draws names that were not drawn before; the second gets a number. Names that differ by capitals alone count as the same. */
export const claimer = (reserved: readonly string[] = [], join = ''): ((wish: string) => string) => {
  const taken = new Set(reserved.map((name) => name.toLowerCase()));
  return (wish) => {
    let name = wish;
    for (let n = 2; taken.has(name.toLowerCase()); n += 1) name = `${wish}${join}${n}`;
    taken.add(name.toLowerCase());
    return name;
  };
};
