import type { KitFile } from '../kit-file.js';

export const appRouter: KitFile = {
  path: 'src/app/router.ts',
  text: `import { useMemo, useSyncExternalStore } from 'react';

/** A place in the application. It lives behind the \`#\`, so that any static server can serve it without rewrite rules. */
export interface Route {
  /** \`#/books/42/edit\` → \`['books', '42', 'edit']\`. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

/** The route that a location's hash names; no hash at all is the start page. */
export const parseRoute = (hash: string): Route => {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  return {
    segments: path
      .split('/')
      .filter((s) => s !== '')
      .map(decoded),
    query: new URLSearchParams(query),
  };
};

/** The place that the address names at this very moment, whether it is shown yet or not. */
export const currentRoute = (): Route => parseRoute(window.location.hash);

/** The link to a place: \`hrefOf(['books', id])\` → \`#/books/42\`. */
export const hrefOf = (segments: readonly string[], query?: URLSearchParams): string => {
  const search = query?.toString() ?? '';
  return \`#/\${segments.map(encodeURIComponent).join('/')}\${search === '' ? '' : \`?\${search}\`}\`;
};

/** Goes to a place as if its link had been followed. */
export const navigate = (href: string): void => {
  window.location.hash = href.replace(/^#/, '');
};

const subscribe = (changed: () => void): (() => void) => {
  window.addEventListener('hashchange', changed);
  return () => {
    window.removeEventListener('hashchange', changed);
  };
};

/** The place that is shown; the component renders again when it changes. */
export const useRoute = (): Route => {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
};
`,
};
