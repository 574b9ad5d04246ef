import type { Language } from '../text/language.js';

/** Says a thing in the card's language. */
export type Say = (pt: string, en: string) => string;
export const sayIn = (language: Language): Say => (language === 'pt' ? (pt) => pt : (_pt, en) => en);
