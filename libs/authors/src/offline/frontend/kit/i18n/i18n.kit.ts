import type { KitFile } from '../kit-file.js';

export const i18nI18n: KitFile = {
  path: 'src/i18n/i18n.ts',
  text: `import { createContext, useContext } from 'react';
import { en, type Messages } from './en';
import { pt } from './pt';

/** Languages of the interface, as BCP 47 tags. */
export const LOCALES = ['en', 'pt-BR'] as const;
export type Locale = (typeof LOCALES)[number];

/** Words by language. */
export const MESSAGES: Readonly<Record<Locale, Messages>> = { en, 'pt-BR': pt };

/** The language in force, its words, and how to change it. */
export interface I18n {
  readonly locale: Locale;
  readonly t: Messages;
  readonly setLocale: (locale: Locale) => void;
}

export const I18nContext = createContext<I18n>({ locale: 'en', t: en, setLocale: () => undefined });

/** The language of the surrounding application. */
export const useI18n = (): I18n => useContext(I18nContext);

/** A language from outside text, if it is one of ours. */
export const localeOf = (text: string | undefined): Locale | undefined => LOCALES.find((locale) => locale === text);
`,
};
