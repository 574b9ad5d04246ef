import type { KitFile } from '../kit-file.js';

export const i18nI18nProvider: KitFile = {
  path: 'src/i18n/i18n-provider.tsx',
  text: `import { useEffect, useMemo, useState, type ReactNode } from 'react';
import { keepPreference, readPreference } from '../app/preferences';
import { I18nContext, localeOf, MESSAGES, type Locale } from './i18n';

interface I18nProviderProps {
  /** Used until the person chooses another one. */
  readonly initial: Locale;
  readonly children: ReactNode;
}

const PREFERENCE = 'locale';

/** Gives the application a language, remembers which one was chosen, and tells the document. */
export function I18nProvider({ initial, children }: I18nProviderProps) {
  const [locale, setLocale] = useState<Locale>(() => localeOf(readPreference(PREFERENCE)) ?? initial);
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const i18n = useMemo(
    () => ({
      locale,
      t: MESSAGES[locale],
      setLocale: (chosen: Locale) => {
        keepPreference(PREFERENCE, chosen);
        setLocale(chosen);
      },
    }),
    [locale],
  );
  return <I18nContext.Provider value={i18n}>{children}</I18nContext.Provider>;
}
`,
};
