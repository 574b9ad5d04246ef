import type { KitFile } from '../kit-file.js';

export const testingRenderApp: KitFile = {
  path: 'src/testing/render-app.tsx',
  text: `import { act, render } from '@testing-library/react';
import axe from 'axe-core';
import { App } from '../app/app';
import { createHttp } from '../api/http';
import type { Feature } from '../app/feature';
import { FEATURES } from '../app/product';
import type { Locale } from '../i18n/i18n';
import type { FakeServer } from './fake-server';

interface AppOptions {
  readonly server: FakeServer;
  /** \`#/books\`. */
  readonly at: string;
  readonly features?: readonly Feature[];
  readonly locale?: Locale;
}

/** Renders the whole application at an address, with an API that is under the test's control. */
export const renderApp = async ({
  server,
  at,
  features = FEATURES,
  locale = 'en',
}: AppOptions): Promise<HTMLElement> => {
  window.location.hash = at;
  const http = createHttp({ apiBase: '', fetch: server.fetch });
  const { container } = render(<App http={http} product="Product" features={features} locale={locale} />);
  await act(async () => {
    await Promise.resolve();
  });
  return container;
};

/** Rules that axe finds broken in what is shown now. Contrast needs a browser: jsdom paints nothing. */
export const brokenRules = async (container: Element): Promise<readonly string[]> =>
  (await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations.map(
    ({ id, nodes }) => \`\${id}: \${nodes.map((n) => n.html).join(' ')}\`,
  );
`,
};
