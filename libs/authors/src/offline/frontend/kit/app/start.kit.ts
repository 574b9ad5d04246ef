import type { KitFile } from '../kit-file.js';

export const appStart: KitFile = {
  path: 'src/app/start.tsx',
  text: `import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { createHttp, type Fetch } from '../api/http';
import { App } from './app';
import { loadConfig } from './config';
import { FEATURES, LOCALE, PRODUCT } from './product';

/** Reads the configuration, then puts the application into the page. */
export const start = async (element: Element, fetch: Fetch, builtInApiBase?: string): Promise<Root> => {
  const config = await loadConfig(fetch, builtInApiBase);
  const root = createRoot(element);
  root.render(
    <StrictMode>
      <App http={createHttp({ ...config, fetch })} product={PRODUCT} features={FEATURES} locale={LOCALE} />
    </StrictMode>,
  );
  return root;
};
`,
};
