import { createContext, useContext, useEffect, useMemo, useState, type ReactNode } from 'react';
import { en } from './en.js';
import { pt } from './pt.js';
import type { Language, Words } from './words.types.js';

export const WORDS: Readonly<Record<Language, Words>> = { en, pt };
const KEY = 'squados.language';

interface Spoken {
  readonly language: Language;
  readonly words: Words;
  speak(language: Language): void;
}

const SpokenContext = createContext<Spoken>({ language: 'en', words: en, speak: () => undefined });

/** What was chosen before, else what the browser asks for. */
export const firstLanguage = (remembered: string | null, asked: string): Language => {
  if (remembered === 'en' || remembered === 'pt') return remembered;
  return /^pt\b/i.test(asked) ? 'pt' : 'en';
};

export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState(() => firstLanguage(localStorage.getItem(KEY), navigator.language));
  useEffect(() => {
    document.documentElement.lang = WORDS[language].locale;
  }, [language]);
  const spoken = useMemo<Spoken>(
    () => ({
      language,
      words: WORDS[language],
      speak: (next) => {
        localStorage.setItem(KEY, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  return <SpokenContext value={spoken}>{children}</SpokenContext>;
};

export const useLanguage = (): Spoken => useContext(SpokenContext);
export const useWords = (): Words => useContext(SpokenContext).words;
