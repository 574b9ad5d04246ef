import type { KitFile } from '../kit-file.js';

export const appShell: KitFile = {
  path: 'src/app/shell.tsx',
  text: `import { useEffect, useState, type ReactNode } from 'react';
import { LOCALES, localeOf, MESSAGES, useI18n } from '../i18n/i18n';
import type { Feature } from './feature';
import { keepPreference, readPreference } from './preferences';
import { hrefOf, type Route } from './router';

interface ShellProps {
  readonly product: string;
  readonly features: readonly Feature[];
  readonly route: Route;
  readonly children: ReactNode;
}

const CONTENT = 'content';

/** What is around every page: the product's name, the way to each list, language and appearance. */
export function Shell({ product, features, route, children }: ShellProps) {
  const { t } = useI18n();
  const current = route.segments[0];
  return (
    <div className="shell">
      <button
        type="button"
        className="skip-link"
        onClick={() => {
          document.getElementById(CONTENT)?.focus();
        }}
      >
        {t.skipToContent}
      </button>
      <header className="shell-header">
        <a className="brand" href="#/">
          {product}
        </a>
        <div className="shell-settings">
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
      </header>
      <nav className="shell-nav" aria-label={t.mainNavigation}>
        <ul>
          <li>
            <a href="#/" aria-current={current === undefined ? 'page' : undefined}>
              {t.home}
            </a>
          </li>
          {features.map(({ resource, label }) => (
            <li key={resource}>
              <a href={hrefOf([resource])} aria-current={current === resource ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <main id={CONTENT} className="shell-main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}

function LanguageSwitch() {
  const { locale, setLocale, t } = useI18n();
  return (
    <label className="setting">
      <span className="visually-hidden">{t.language}</span>
      <select
        value={locale}
        onChange={(event) => {
          setLocale(localeOf(event.target.value) ?? locale);
        }}
      >
        {LOCALES.map((known) => (
          <option key={known} value={known} lang={known}>
            {MESSAGES[known].languageName}
          </option>
        ))}
      </select>
    </label>
  );
}

const THEMES = ['system', 'light', 'dark'] as const;
const THEME_PREFERENCE = 'theme';

function ThemeSwitch() {
  const { t } = useI18n();
  const [theme, setTheme] = useState(() => readPreference(THEME_PREFERENCE) ?? 'system');
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  return (
    <label className="setting">
      <span className="visually-hidden">{t.theme.label}</span>
      <select
        value={theme}
        onChange={(event) => {
          keepPreference(THEME_PREFERENCE, event.target.value);
          setTheme(event.target.value);
        }}
      >
        {THEMES.map((known) => (
          <option key={known} value={known}>
            {t.theme[known]}
          </option>
        ))}
      </select>
    </label>
  );
}
`,
};
