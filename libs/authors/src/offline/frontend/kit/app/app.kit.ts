import type { KitFile } from '../kit-file.js';

export const appApp: KitFile = {
  path: 'src/app/app.tsx',
  text: `import { HttpContext } from '../api/http-context';
import type { Http } from '../api/http';
import { I18nProvider } from '../i18n/i18n-provider';
import type { Locale } from '../i18n/i18n';
import { FlashProvider } from '../ui/flash';
import { ErrorBoundary } from './error-boundary';
import type { Feature } from './feature';
import { Pages } from './pages';
import { useRoute } from './router';
import { Shell } from './shell';

interface AppProps {
  readonly http: Http;
  readonly product: string;
  readonly features: readonly Feature[];
  /** Language until the person chooses one. */
  readonly locale: Locale;
}

/** The whole application, given an API and its features. */
export function App({ http, product, features, locale }: AppProps) {
  const route = useRoute();
  return (
    <HttpContext.Provider value={http}>
      <I18nProvider initial={locale}>
        <Shell product={product} features={features} route={route}>
          <FlashProvider>
            <ErrorBoundary key={route.segments.join('/')}>
              <Pages features={features} route={route} />
            </ErrorBoundary>
          </FlashProvider>
        </Shell>
      </I18nProvider>
    </HttpContext.Provider>
  );
}
`,
};
