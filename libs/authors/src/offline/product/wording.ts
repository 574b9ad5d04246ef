export type Language = 'pt' | 'en';

/** Picks a phrase by language: `say(language)('Story', 'História')`. */
export const say =
  (language: Language) =>
  (en: string, pt: string): string =>
    language === 'pt' ? pt : en;

export const lowerFirst = (text: string): string =>
  /^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
export const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
export const withoutFullStop = (text: string): string => text.replace(/[.;:,\s]{1,20}$/, '');

/** At most `max` characters, cut at a word; a cut text ends with an ellipsis. */
export const shortened = (text: string, max: number): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= max) return line;
  const cut = line.lastIndexOf(' ', max - 1);
  return `${line.slice(0, cut > max / 2 ? cut : max - 1)}…`;
};

/** `a` or `an` by the sound of the next letter. */
export const article = (word: string): string => (/^[aeiou]/i.test(word) ? 'an' : 'a');
