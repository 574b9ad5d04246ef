import type { KitFile } from '../kit-file.js';

export const apiHttpContext: KitFile = {
  path: 'src/api/http-context.tsx',
  text: `import { createContext, useContext } from 'react';
import type { Http } from './http';

const unconnected: Http = {
  send: () => Promise.reject(new Error('No API here: put an HttpContext.Provider around the application.')),
};

/** The API that the components below talk to. */
export const HttpContext = createContext<Http>(unconnected);

/** The API of the surrounding application. */
export const useHttp = (): Http => useContext(HttpContext);
`,
};
